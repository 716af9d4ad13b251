"""A restart from a snapshot gives the hall the whole journal gives, and a snapshot that could not is never used."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.domain.apply import replay
from kiosk.domain.events import DayClosed, Recorded
from kiosk.domain.hall import Hall
from kiosk.domain.pmap import PMap
from kiosk.hub.journal import snapshots
from kiosk.hub.journal.chain import JournalDamagedError, hash_at
from kiosk.hub.journal.journal import Journal
from kiosk.hub.journal.schema import open_for_reading
from kiosk.hub.journal.snapshots import Keeper, folder_of, save
from tests.hub.plays import STEPS, Played, journal_of, made, played, steps_of

PLAYED = played(steps_of(1, 200))
DAY = PLAYED.rows


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A journal that ends in the middle of a day."""
    return made(tmp_path, PLAYED)


def keep(path: Path, seq: int, hall: Hall | None = None) -> Path:
    """Keep the hall as it was after a row; returns the file."""
    db = open_for_reading(path)
    row_hash = hash_at(db, seq)
    db.close()
    assert row_hash is not None
    save(folder_of(path), replay(Hall(), DAY[:seq]) if hall is None else hall, row_hash)
    return folder_of(path) / f"{seq:012}.hall"


def restarted(path: Path) -> tuple[Hall, int]:
    """Open the journal; returns its hall and the row the replay began after."""
    journal = Journal(path, "s-test")
    journal.close()
    return journal.hall, journal.replayed_from


@settings(max_examples=60, deadline=None)
@given(steps=STEPS, share=st.floats(0, 1))
def test_the_hall_from_a_snapshot_is_the_hall_from_a_full_replay(
    steps: list[tuple[int, int, int]], share: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows = journal_of(steps)
    cut = max(1, int(share * len(rows)))
    folder, db = tmp_path_factory.mktemp("snapshots"), NoJournal()
    save(folder, replay(Hall(), rows[:cut]), b"h" * 32)
    kept = snapshots.newest(folder, db, 0)  # type: ignore[arg-type]
    assert kept is not None
    assert kept[0] == replay(Hall(), rows[:cut])
    assert replay(kept[0], rows[cut:]) == replay(Hall(), rows)


class NoJournal:
    """Holds every row, each with the same hash."""

    def execute(self, *_: object) -> "NoJournal":
        return self

    def fetchone(self) -> tuple[bytes]:
        return (b"h" * 32,)


def test_a_restart_reads_only_what_came_after_the_newest_snapshot(path: Path) -> None:
    keep(path, 40)
    keep(path, 70)
    assert restarted(path) == (replay(Hall(), DAY), 70)


def test_without_a_snapshot_the_day_is_replayed_from_its_beginning(path: Path) -> None:
    assert restarted(path) == (replay(Hall(), DAY), 0)


@settings(max_examples=25, deadline=None)
@given(steps=STEPS, nights=st.integers(0, 2))
def test_a_replay_from_the_last_days_end_gives_the_hall_the_whole_journal_gives(
    steps: list[tuple[int, int, int]], nights: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    day = played(steps + [(0, 0, 1), *steps] * nights)
    hall, after = restarted(made(tmp_path_factory.mktemp("days"), day))
    assert hall == replay(Hall(), day.rows)
    assert (after > 0) == any(isinstance(row.event, DayClosed) for row in day.rows)


def test_a_snapshot_from_before_the_days_beginning_is_of_no_use_and_no_harm(tmp_path: Path) -> None:
    day = played([(10, 1, 1), (0, 1, 1), (10, 2, 1)])
    path, rows = made(tmp_path, day), day.rows
    keep(path, 3, replay(Hall(), rows[:3]))
    hall, after = restarted(path)
    assert hall == replay(Hall(), rows)
    assert after > 3


@pytest.mark.parametrize("where", [0, 30, 0.3, 0.9])
def test_a_snapshot_with_a_changed_byte_is_dropped(path: Path, where: float, caplog: pytest.LogCaptureFixture) -> None:
    file, older = keep(path, 70), keep(path, 40)
    content = bytearray(file.read_bytes())
    content[int(where if where >= 1 else where * len(content))] ^= 1
    file.write_bytes(content)
    assert restarted(path) == (replay(Hall(), DAY), 40)
    assert [f.name for f in folder_of(path).iterdir()] == [older.name]
    assert "The snapshot at row 70 is dropped: UselessError" in caplog.text


def test_half_a_snapshot_is_dropped(path: Path) -> None:
    file = keep(path, 70)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    assert restarted(path) == (replay(Hall(), DAY), 0)


def test_a_snapshot_of_another_journal_is_dropped(path: Path, tmp_path: Path) -> None:
    other = made(_made(tmp_path / "other"), Played([Recorded(r.seq, r.at + 1, r.event) for r in DAY], {}))
    keep(other, 70).rename(_made(folder_of(path)) / f"{70:012}.hall")
    assert restarted(path) == (replay(Hall(), DAY), 0)


def test_a_snapshot_of_a_row_the_journal_does_not_have_is_dropped(path: Path) -> None:
    file = keep(path, 70)
    file.rename(file.with_name(f"{len(DAY) + 1:012}.hall"))
    hall = replay(Hall(), DAY)
    save(folder_of(path), Hall(seq=len(DAY) + 5, day=hall.day), b"x" * 32)
    assert restarted(path)[0] == hall


def test_a_snapshot_made_by_other_rules_is_dropped(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "rules_hash", lambda: b"other rules")
    keep(path, 70)
    monkeypatch.undo()
    assert restarted(path) == (replay(Hall(), DAY), 0)


def test_a_bug_in_reading_a_snapshot_costs_only_a_replay(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(path, 70)
    monkeypatch.setattr(snapshots, "hall_of", lambda _: 1 // 0)
    assert restarted(path) == (replay(Hall(), DAY), 0)


@pytest.mark.parametrize(
    "seq", [r.seq for r in DAY if type(r.event).__name__ in ("TicketIssued", "TicketCalled")][3:30:9]
)
def test_a_row_filed_as_the_end_of_a_day_is_damage_and_no_beginning(path: Path, seq: int) -> None:
    db = sqlite3.connect(path)
    db.execute("UPDATE journal SET type = 'day_closed/1' WHERE seq = ?", (seq,))
    db.commit()
    db.close()
    with pytest.raises(JournalDamagedError, match="filed as the end of a day and is none"):
        Journal(path, "s-test")


def test_only_the_newest_are_kept(path: Path) -> None:
    names = [keep(path, seq).name for seq in (20, 40, 60)]
    (folder_of(path) / "000000000050.new").write_bytes(b"a crash left this")
    names.append(keep(path, 80).name)
    assert sorted(f.name for f in folder_of(path).iterdir()) == names[-snapshots.KEPT :]


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    keeper = Keeper(tmp_path / "kept", 0)
    keeper.start()
    yield keeper
    if keeper.is_alive():
        keeper.close()


def test_a_hall_is_kept_every_some_thousand_rows_while_a_day_is_open(keeper: Keeper, tmp_path: Path) -> None:
    every = snapshots.EVERY
    for seq in (1, every - 1, every, every + 1, 2 * every - 1, 2 * every + 3):
        keeper.committed(Hall(seq=seq, day="2026-11-23"), b"h" * 32)
    keeper.committed(Hall(seq=9 * every), b"h" * 32)
    keeper.close()
    assert [int(f.stem) for f in sorted((tmp_path / "kept").iterdir())] == [every, 2 * every + 3]


def test_a_hall_of_many_tickets_is_kept_less_often_so_that_a_row_costs_no_more_in_it(
    keeper: Keeper, tmp_path: Path
) -> None:
    every, ticket = snapshots.EVERY, next(replay(Hall(), DAY[:20]).tickets.values())
    tickets = PMap.of((str(n), ticket) for n in range(snapshots.TICKETS_PER_ROW * every + 200))
    full = Hall(day="2026-11-23", tickets=tickets)
    for seq in (every, every + 99, every + 100, 2 * every + 199, 2 * every + 200):
        keeper.committed(replace(full, seq=seq), b"h" * 32)
    keeper.close()
    assert [int(f.stem) for f in sorted((tmp_path / "kept").iterdir())] == [every + 100, 2 * every + 200]


def test_a_folder_that_cannot_be_used_costs_the_snapshot_and_nothing_else(
    keeper: Keeper, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "kept").write_bytes(b"not a folder")
    for n in (1, 2):
        keeper.committed(Hall(seq=n * snapshots.EVERY, day="2026-11-23"), b"h" * 32)
    keeper.close()
    assert [r.levelname for r in caplog.records if "No snapshot" in r.message] == ["WARNING", "WARNING"]


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
