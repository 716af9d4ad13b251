"""What the tests of receipts share: the demo centre, its catalogue, and ways to look into a receipt."""

from datetime import UTC, datetime
from typing import TypeVar

import msgspec

from kiosk.catalogue.site_file import load_site
from kiosk.catalogue.store import load
from kiosk.domain.procedure import Procedure
from kiosk.domain.receipt import Block, Receipt, TextBlock
from kiosk.settings import ASSETS_DIR

SITE = load_site(ASSETS_DIR / "site" / "demo.json")
CATALOGUE = load(ASSETS_DIR / "catalogue" / "catalogue.json")
AT = int(datetime(2026, 11, 23, 1, 42, tzinfo=UTC).timestamp() * 1000)
"""8:42 on Monday 23/11/2026 in the hall."""
URL = "https://vamduoc.example/t/abcdefgh12345678"

B = TypeVar("B", bound=Block)


def procedure(key: str) -> Procedure:
    """Find one that is there."""
    found = CATALOGUE.find(key)
    assert found is not None
    return found


def all_of(receipt: Receipt, kind: type[B]) -> list[B]:
    """Return the blocks of one kind."""
    return [block for block in receipt.blocks if isinstance(block, kind)]


def texts(receipt: Receipt) -> list[str]:
    """Return what its lines of text say."""
    return [block.text for block in all_of(receipt, TextBlock)]


def everything(receipt: Receipt) -> str:
    """Return all of it as JSON."""
    return msgspec.json.encode(receipt.blocks).decode()
