from pathlib import Path

import pytest

from kiosk.catalogue import store
from kiosk.catalogue.cli import FAILED, OK, REFUSALS, run_check, run_import
from tests.catalogue.sources import SITE_FILE, SOURCE_FILE, row, source


class Lines(list[str]):
    def __call__(self, line: str) -> None:
        self.append(line)


@pytest.fixture
def lines() -> Lines:
    return Lines()


def written(folder: Path, content: bytes) -> Path:
    path = folder / "procedures.json"
    path.write_bytes(content)
    return path


def test_a_check_of_the_real_file_names_the_refused_row_and_changes_nothing(lines: Lines) -> None:
    assert run_check(SOURCE_FILE, SITE_FILE, "en", lines) == REFUSALS
    (refused,) = [line for line in lines if "refused." in line]
    assert refused.startswith("Row 86 (Trợ cấp thờ cúng liệt sĩ), code: refused. The procedure code is missing")
    assert lines[-1] == "88 rows: 87 taken, 1 refused, 15 to look at."


def test_the_report_speaks_vietnamese(lines: Lines) -> None:
    run_check(SOURCE_FILE, SITE_FILE, "vi", lines)
    assert "Dòng 86 (Trợ cấp thờ cúng liệt sĩ), mục code: từ chối. Thiếu mã thủ tục" in "\n".join(lines)
    assert lines[-1] == "88 dòng: nhận 87, từ chối 1, cần xem lại 15 chỗ."


def test_a_check_without_refusals_is_all_good(tmp_path: Path, lines: Lines) -> None:
    assert run_check(written(tmp_path, source(row())), SITE_FILE, "en", lines) == OK


def test_an_import_takes_the_rest_says_what_was_refused_and_is_all_good(tmp_path: Path, lines: Lines) -> None:
    out = tmp_path / "catalogue.json"
    assert run_import(SOURCE_FILE, SITE_FILE, out, "en", lines) == OK
    assert len(store.load(out).procedures) == 87
    assert any(line.startswith("Row 86") for line in lines)
    assert lines[-1] == f"Written to {out}."


@pytest.mark.parametrize("content", [b"{", source(), source(row(code=None)), b"[]"])
def test_an_import_of_which_nothing_can_be_used_touches_no_file(tmp_path: Path, lines: Lines, content: bytes) -> None:
    out = tmp_path / "catalogue.json"
    out.write_bytes(b"the old one")
    assert run_import(written(tmp_path, content), SITE_FILE, out, "en", lines) == FAILED
    assert out.read_bytes() == b"the old one"
    assert lines[-1] == "Nothing was imported; the catalogue in use was not touched."


def test_a_missing_source_or_site_is_said_in_a_sentence(tmp_path: Path, lines: Lines) -> None:
    none = tmp_path / "none.json"
    assert run_check(none, SITE_FILE, "en", lines) == FAILED
    assert run_check(SOURCE_FILE, none, "en", lines) == FAILED
    assert [line.split(":")[0] for line in lines] == [f"Cannot read {none}", f"Cannot read the site file {none}"]


def test_a_check_of_which_nothing_can_be_used_has_failed(tmp_path: Path, lines: Lines) -> None:
    assert run_check(written(tmp_path, source(row(code=None))), SITE_FILE, "en", lines) == FAILED
