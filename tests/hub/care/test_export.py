"""`journal export` gives away rows that can be checked without this program's database."""

import io
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from kiosk.hub.care import cli
from kiosk.hub.care.cli import Wanted
from kiosk.hub.journal.chain import GENESIS, row_hash
from kiosk.hub.journal.schema import DATABASE
from tests.factory import SITE
from tests.hub.plays import made, played, steps_of

DAY = played(steps_of(2, 200, nights=2))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three days."""
    made(tmp_path, DAY)
    return tmp_path


def exported(folder: Path, wanted: Wanted | None = None) -> tuple[int, bytes, str]:
    lines: list[str] = []
    out = io.BytesIO()
    code = cli.run_export(folder, out, wanted or Wanted(), lines.append, lines.append)
    return code, out.getvalue(), "\n".join(lines)


def checked(folder: Path, content: bytes) -> tuple[int, str]:
    lines: list[str] = []
    file = folder / "rows.jsonl"
    file.write_bytes(content)
    return cli.run_verify_file(file, lines.append, lines.append), "\n".join(lines)


def rows_in(content: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.splitlines()][1:-1]


def test_rows_are_given_as_they_are_stored(folder: Path) -> None:
    code, content, _ = exported(folder)
    db = sqlite3.connect(folder / DATABASE)
    stored = db.execute("SELECT seq, epoch, at, command_id, body, hash FROM journal ORDER BY seq").fetchall()
    db.close()
    assert code == cli.DONE
    rows = rows_in(content)
    assert [(r["seq"], r["epoch"], r["at"], r["command_id"]) for r in rows] == [row[:4] for row in stored]
    assert [r["body"].encode() for r in rows] == [row[4] for row in stored]
    assert [bytes.fromhex(r["hash"]) for r in rows] == [row[5] for row in stored]


def test_whoever_gets_the_file_can_check_it_with_a_few_lines_of_their_own(folder: Path) -> None:
    previous = GENESIS
    for row in rows_in(exported(folder)[1]):
        previous = row_hash(previous, row["epoch"], row["seq"], row["at"], row["command_id"], row["body"].encode())
        assert previous.hex() == row["hash"]


def test_an_export_is_whole_also_after_another_program_wrote_it_anew(folder: Path) -> None:
    content = exported(folder)[1]
    anew = b"\n".join(
        json.dumps(json.loads(line), indent=None, sort_keys=True).encode() for line in content.splitlines()
    )
    for one in (content, anew):
        code, words = checked(folder, one)
        assert code == cli.DONE
        assert f"{len(DAY.rows)} rows of {SITE.info.id}" in words


def test_a_stretch_of_rows_can_be_checked_too(folder: Path) -> None:
    code, content, words = exported(folder, Wanted(first=20, last=31))
    assert code == cli.DONE
    assert [r["seq"] for r in rows_in(content)] == list(range(20, 32))
    assert words.startswith("12 rows, 20 to 31")
    assert checked(folder, content)[0] == cli.DONE


def test_a_day_is_what_happened_from_its_opening_to_the_next_days(folder: Path) -> None:
    days = [r.event.day for r in DAY.rows if type(r.event).__name__ == "DayOpened"]  # type: ignore[union-attr]
    assert len(days) == 3
    parts = [rows_in(exported(folder, Wanted(day=day))[1]) for day in days]
    assert [r["seq"] for part in parts for r in part] == list(range(1, len(DAY.rows) + 1))
    assert [json.loads(part[0]["body"]) for part in parts] == [{"type": "day_opened/1", "day": day} for day in days]


@pytest.mark.parametrize(
    "wanted", [Wanted(first=0), Wanted(first=9, last=8), Wanted(last=10**6), Wanted(day="2020-01-01"), Wanted(day="x")]
)
def test_rows_there_are_none_of_are_refused_in_words(folder: Path, wanted: Wanted) -> None:
    code, content, words = exported(folder, wanted)
    assert code == cli.NOT_TRIED
    assert content == b""
    assert "The journal has" in words


def test_a_broken_journal_is_not_given_away_as_a_whole_one(folder: Path) -> None:
    db = sqlite3.connect(folder / DATABASE)
    db.execute("UPDATE journal SET at = at + 1 WHERE seq = 30")
    db.commit()
    db.close()
    code, content, words = exported(folder)
    assert code == cli.FAILED
    assert "broken at row 30" in words
    assert checked(folder, content) == (cli.FAILED, f"{folder / 'rows.jsonl'} is not whole: its last line is missing.")


def lines(content: bytes) -> list[bytes]:
    return content.splitlines(keepends=True)


SPOILT = {
    "a changed body": (lambda ls: [*ls[:5], ls[5].replace(b"ticket", b"Ticket"), *ls[6:]], "broken at row 5"),
    "a lost row": (lambda ls: [*ls[:5], *ls[6:]], "broken at row 5"),
    "rows in another order": (lambda ls: [*ls[:5], ls[6], ls[5], *ls[7:]], "broken at row 5"),
    "a lost end": (lambda ls: ls[:-1], "its last line is missing"),
    "lost rows before the end": (lambda ls: [*ls[:-2], ls[-1]], "does not end where its last line says"),
    "a lost beginning": (lambda ls: ls[1:], "is not an exported journal"),
    "rows after the end": (lambda ls: [*ls, ls[-2]], "goes on after its last line"),
    "half a line": (lambda ls: [*ls[:-1], ls[-1][:9]], "is no row of a journal"),
    "something else": (lambda ls: [b"\xff\xfe"], "is not an exported journal"),
    "nothing": (lambda ls: [], "is not an exported journal"),
    "a beginning of its own": (lambda ls: [ls[0].replace(b'"previous":"00', b'"previous":"11'), *ls[1:]], "before it"),
}


@pytest.mark.parametrize("what", SPOILT)
def test_a_spoilt_file_is_found_out(folder: Path, what: str) -> None:
    spoil, sentence = SPOILT[what]
    code, words = checked(folder, b"".join(spoil(lines(exported(folder)[1]))))
    assert code == cli.FAILED
    assert sentence in words


def test_a_file_that_is_not_there_is_not_tried(folder: Path) -> None:
    told: list[str] = []
    assert cli.run_verify_file(folder / "none.jsonl", told.append, told.append) == cli.NOT_TRIED
