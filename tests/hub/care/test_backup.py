"""A backup made beside a working hub is the folder as it was at one row, and a restore gives all of it back."""

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from kiosk.domain.events import Recorded, SideErased
from kiosk.hub.access.store import AccessStore
from kiosk.hub.care import backup as module
from kiosk.hub.care import cli
from kiosk.hub.care import restore as restore_module
from kiosk.hub.care.backup import BackupError, backup
from kiosk.hub.care.restore import RESTORED_HASH, RESTORED_SEQ, restore
from kiosk.hub.journal.chain import JournalDamagedError
from kiosk.hub.journal.format import NewerFolderError
from kiosk.hub.journal.journal import Append, Journal, draft
from kiosk.hub.journal.reader import Reader
from kiosk.hub.journal.schema import DATABASE
from tests.factory import SITE
from tests.hub.plays import STEPS, made, played, steps_of

DAY = played(steps_of(2, 200, nights=2))
FILES = {"ballot-key.secret": b"secret", "ballot-key.public": b"public", "certificates/hub.pem": b"-----BEGIN"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three days, with keys and devices beside them."""
    folder = tmp_path / "hub"
    folder.mkdir()
    made(folder, DAY)
    for name, content in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    AccessStore(folder).close()
    return folder


@pytest.fixture
def file(folder: Path, tmp_path: Path) -> Path:
    """A backup of it."""
    return backup(folder, tmp_path / "kept.moi").path


def ask(path: Path, question: str) -> list[tuple[Any, ...]]:
    db = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        return db.execute(question).fetchall()
    finally:
        db.close()


def content(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Say all that is in a folder's journal, but that it was restored."""
    path = folder / DATABASE
    tables = [name for (name,) in ask(path, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    told = {table: ask(path, f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables}
    told["meta"] = [row for row in told["meta"] if row[0] not in (RESTORED_SEQ, RESTORED_HASH)]
    told["schema"] = ask(path, "SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
    return told


def test_a_restored_folder_is_the_one_that_was_backed_up(folder: Path, file: Path, tmp_path: Path) -> None:
    report = restore(file, tmp_path / "anew")
    assert report.rows == len(DAY.rows)
    assert content(tmp_path / "anew") == content(folder)
    assert {name: (tmp_path / "anew" / name).read_bytes() for name in FILES} == FILES
    assert ask(tmp_path / "anew" / "access.db", "SELECT count(*) FROM devices") == [(0,)]
    assert cli.run_verify(tmp_path / "anew", lambda _: None, lambda _: None) == cli.DONE


@settings(max_examples=15, deadline=None)
@given(steps=STEPS)
def test_any_day_comes_back_as_it_was(
    steps: list[tuple[int, int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("any")
    folder = place / "hub"
    folder.mkdir()
    made(folder, played(steps))
    restore(backup(folder, place).path, place / "anew")
    assert content(place / "anew") == content(folder)


def test_a_command_answered_before_the_backup_is_known_after_the_restore(file: Path, tmp_path: Path) -> None:
    restore(file, tmp_path / "anew")
    reader = Reader(tmp_path / "anew" / DATABASE)
    known = reader.answer_to("c30")
    reader.close()
    assert known is not None
    assert known.answer == b"{}"


def test_a_restored_folder_says_from_which_row_on_it_knows_nothing(file: Path, tmp_path: Path) -> None:
    report = restore(file, tmp_path / "anew")
    meta = dict(ask(tmp_path / "anew" / DATABASE, "SELECT key, value FROM meta"))
    assert (meta[RESTORED_SEQ], meta[RESTORED_HASH]) == (str(len(DAY.rows)), report.head.hex())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_nobody_else_may_read_a_backup_or_what_comes_out_of_it(file: Path, tmp_path: Path) -> None:
    restore(file, tmp_path / "anew")
    made = [file, *(p for p in (tmp_path / "anew").rglob("*") if p.is_file())]
    assert {p.name for p in made} >= {DATABASE, "access.db", "ballot-key.secret"}
    assert [p.name for p in made if p.stat().st_mode & 0o077] == []
    assert stat.S_IMODE((tmp_path / "anew").stat().st_mode) == 0o700


# --- beside a working hub


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many pages in a short journal, and something to be told after each."""
    monkeypatch.setattr(module, "PAGE", 10)
    monkeypatch.setattr(module, "TELL_EVERY", 10)


def append_erasing(journal: Journal, *refs: str) -> None:
    hall = journal.hall
    (seq,) = journal._db.execute("SELECT max(seq) + 1 FROM journal").fetchone()
    row = draft(Recorded(seq, hall.at, SideErased(refs)), 1, f"erase-{seq}", journal.head)
    journal.append([Append(f"erase-{seq}", "hub", "", b"{}", hall.day, (row,), (), ())])


@pytest.mark.usefixtures("small_pages")
def test_a_hub_that_goes_on_writing_ends_up_in_the_backup_to_one_row_and_no_further(
    folder: Path, tmp_path: Path
) -> None:
    journal = Journal(folder / DATABASE, SITE.info.id)
    more = iter(range(5))

    def work_goes_on(row: int) -> None:
        for _ in range(20 if next(more, None) is not None else 0):
            append_erasing(journal)

    report = backup(folder, tmp_path / "kept.moi", work_goes_on)
    append_erasing(journal)
    journal.close()
    restore(tmp_path / "kept.moi", tmp_path / "anew")
    assert report.rows == len(DAY.rows) + 100
    upto = f"WHERE seq <= {report.rows} ORDER BY seq"
    assert content(tmp_path / "anew")["journal"] == ask(folder / DATABASE, f"SELECT * FROM journal {upto}")
    answered = {command for (command,) in ask(tmp_path / "anew" / DATABASE, "SELECT id FROM commands")}
    assert answered == {row[3] for row in content(tmp_path / "anew")["journal"]}


def test_what_is_written_in_the_last_moment_is_not_in_half_of_the_backup(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal, real = Journal(folder / DATABASE, SITE.info.id), module._make_tables

    class Names(list[str]):
        """The tables that are copied whole: just before the first of them somebody is answered."""

        def __iter__(self) -> Iterator[str]:
            append_erasing(journal)
            return super().__iter__()

    monkeypatch.setattr(module, "_make_tables", lambda source, target: Names(real(source, target)))
    backup(folder, tmp_path / "kept.moi")
    journal.close()
    restore(tmp_path / "kept.moi", tmp_path / "anew")
    answered = {command for (command,) in ask(tmp_path / "anew" / DATABASE, "SELECT id FROM commands")}
    assert answered == {row[3] for row in content(tmp_path / "anew")["journal"]}


@pytest.mark.usefixtures("small_pages")
def test_while_a_backup_is_made_the_log_file_can_be_folded_back(folder: Path, tmp_path: Path) -> None:
    journal, busy = Journal(folder / DATABASE, SITE.info.id), list[int]()

    def fold(_: int) -> None:
        append_erasing(journal)
        busy.append(journal._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])

    def fold_a_few(row: int) -> None:
        if len(busy) < 10:
            fold(row)

    backup(folder, tmp_path / "kept.moi", fold_a_few)
    journal.close()
    assert busy == [0] * 10


@pytest.mark.usefixtures("small_pages")
def test_what_is_forgotten_while_a_backup_is_made_is_not_in_it(folder: Path, tmp_path: Path) -> None:
    journal = Journal(folder / DATABASE, SITE.info.id)
    first = next(iter(DAY.kept()))
    waiting = [first]

    def forget(row: int) -> None:
        if row >= 50 and waiting:
            append_erasing(journal, waiting.pop())

    backup(folder, tmp_path / "kept.moi", forget)
    journal.close()
    assert waiting == []
    refs = {ref for (ref,) in ask(tmp_path / "kept.moi", "SELECT ref FROM side")}
    assert refs == set(DAY.kept()) - {first}
    restore(tmp_path / "kept.moi", tmp_path / "anew")


# --- refusals


def test_a_backup_never_overwrites_anything(folder: Path, file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(BackupError, match="is there already"):
        backup(folder, file)
    assert file.read_bytes() == before


def test_a_backup_in_the_data_folder_would_be_lost_with_it(folder: Path) -> None:
    with pytest.raises(BackupError, match="would be lost with it"):
        backup(folder, folder / "kept.moi")


def test_a_backup_in_a_folder_gets_a_name_of_its_own(folder: Path, tmp_path: Path) -> None:
    assert backup(folder, tmp_path).path == tmp_path / f"{SITE.info.id}-{len(DAY.rows):012}.moi"


def test_a_broken_journal_is_not_backed_up(folder: Path, tmp_path: Path) -> None:
    db = sqlite3.connect(folder / DATABASE)
    db.execute("UPDATE journal SET at = at + 1 WHERE seq = 9")
    db.commit()
    db.close()
    with pytest.raises(JournalDamagedError, match="row 9"):
        backup(folder, tmp_path / "kept.moi")
    assert [p.name for p in tmp_path.iterdir()] == ["hub"]


@pytest.mark.parametrize("occupied", [lambda f: (f / "x").write_bytes(b""), lambda f: (f / DATABASE).write_bytes(b"")])
def test_a_restore_never_overwrites_anything(file: Path, tmp_path: Path, occupied: Callable[[Path], object]) -> None:
    anew = tmp_path / "anew"
    anew.mkdir()
    occupied(anew)
    with pytest.raises(BackupError, match="is not empty"):
        restore(file, anew)
    assert len(list(anew.iterdir())) == 1


def test_an_empty_folder_may_be_there(file: Path, tmp_path: Path) -> None:
    (tmp_path / "anew").mkdir()
    assert restore(file, tmp_path / "anew").rows == len(DAY.rows)


def spoil_row(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("UPDATE journal SET epoch = 2 WHERE seq = 20")
    db.commit()
    db.close()


def lose_end(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)")
    db.commit()
    db.close()


def lose_table(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("DROP TABLE backup")
    db.commit()
    db.close()


def tear(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    for page in range(3, len(whole) // 4096):
        whole[page * 4096 + 100 : page * 4096 + 900] = bytes(800)
    path.write_bytes(whole)


def halve(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def newer(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('hub', 'm999_later', '')")
    db.commit()
    db.close()


def escaping(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("INSERT INTO backup_files VALUES ('../escaped', x'00')")
    db.commit()
    db.close()


SPOILT: dict[str, tuple[Callable[[Path], object], type[Exception], str]] = {
    "a changed row": (spoil_row, JournalDamagedError, "broken at row 20"),
    "a lost last row": (lose_end, JournalDamagedError, "does not end with the row"),
    "no backup's table": (lose_table, BackupError, "is no backup"),
    "torn pages": (tear, JournalDamagedError, "damaged|broken"),
    "half a file": (halve, JournalDamagedError, "damaged|broken"),
    "a newer program's": (newer, NewerFolderError, "newer Mời"),
    "a file that would lie elsewhere": (escaping, BackupError, "outside the folder"),
    "something else": (lambda p: p.write_bytes(b"holiday.jpg" * 999), BackupError, "is no backup"),
    "nothing": (lambda p: p.unlink(), BackupError, "There is no file"),
}


@pytest.mark.parametrize("what", SPOILT)
def test_nothing_is_made_of_a_spoilt_backup(file: Path, folder: Path, tmp_path: Path, what: str) -> None:
    spoil, kind, words = SPOILT[what]
    spoil(file)
    shutil.rmtree(folder)
    with pytest.raises(kind, match=words):
        restore(file, tmp_path / "anew")
    assert {p.name for p in tmp_path.iterdir()} <= {file.name, f"{file.name}-wal", f"{file.name}-shm"}
    told: list[str] = []
    assert cli.run_restore(file, tmp_path / "anew", told.append, told.append) != cli.DONE
    assert len(told) == 1


def test_a_folder_that_does_not_pass_the_last_check_is_not_there(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise JournalDamagedError("found something")

    monkeypatch.setattr(restore_module, "verify", fails)
    with pytest.raises(JournalDamagedError, match="found something"):
        restore(file, tmp_path / "anew")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["hub", "kept.moi"]
