"""Sources to import from in tests: the real one, and small ones with one thing wrong."""

import json
from functools import cache
from typing import Any

from kiosk.catalogue.importer import import_catalogue
from kiosk.catalogue.report import Report
from kiosk.catalogue.site_file import load_site
from kiosk.domain.procedure import Catalogue
from kiosk.domain.site import Site
from kiosk.settings import ASSETS_DIR

SOURCE_FILE = ASSETS_DIR / "catalogue" / "procedures-vn.json"
CATALOGUE_FILE = ASSETS_DIR / "catalogue" / "catalogue.json"
SITE_FILE = ASSETS_DIR / "site" / "demo.json"


@cache
def demo_site() -> Site:
    return load_site(SITE_FILE)


@cache
def real() -> tuple[Catalogue, Report]:
    return import_catalogue(SOURCE_FILE.read_bytes(), demo_site())


def document(**changes: Any) -> dict[str, Any]:
    return {"name_vi": "Tờ khai", "original": 1, "copy": 0, "note": "", **changes}


def row(**changes: Any) -> dict[str, Any]:
    """Return a row that is right in every field, but for `changes`; a change to ... leaves the field out."""
    right = {
        "code": "1.001193",
        "name_vi": "Thủ tục đăng ký khai sinh",
        "short_vi": "Đăng ký khai sinh",
        "name_en": "Birth registration",
        "field_vi": "Hộ tịch",
        "level": "commune",
        "level_source_vi": "Cấp xã",
        "documents": [document()],
        "time_limit_days": 3,
        "time_unit": "working_day",
        "time_text": "3 ngày làm việc",
        "fee_vnd": 0,
        "fee_text": "Miễn phí",
        "decision_no": None,
        "note": "",
        "source": "",
        "verified": True,
        "time_verified": True,
        "fee_verified": True,
    }
    return {name: value for name, value in {**right, **changes}.items() if value is not ...}


def source(*rows: Any, **top: Any) -> bytes:
    whole = {"schema_version": 1, "as_of": "2026-09", "disclaimer_vi": "Mẫu", "procedures": list(rows), **top}
    return json.dumps(whole, ensure_ascii=False).encode()


def import_rows(*rows: Any) -> tuple[Catalogue, Report]:
    return import_catalogue(source(*rows), demo_site())
