from hypothesis import given
from hypothesis import strategies as st

from kiosk.central.push import last_seq_where
from kiosk.central.pusher import BackOff
from tests.postgres.journals import MemoryJournal


@given(failures=st.integers(1, 10_000))
def test_a_pause_grows_with_failures_and_never_beyond_its_cap(failures: int) -> None:
    back_off = BackOff(first_s=0.5, cap_s=30)
    longest = min(30, 0.5 * 2 ** min(failures - 1, 10))
    assert longest / 2 <= back_off.pause_s(failures) <= longest


@given(rows=st.integers(0, 200), start=st.integers(0, 200), old=st.integers(0, 200))
def test_the_last_good_row_is_found_wherever_it_is(rows: int, start: int, old: int) -> None:
    journal = MemoryJournal()
    journal.rows = LONG.rows[:rows]
    good = min(old, rows)
    found = last_seq_where(journal, lambda row: row.seq <= good, min(start, good))
    assert found == good


LONG = MemoryJournal()
LONG.add_tickets(200)
