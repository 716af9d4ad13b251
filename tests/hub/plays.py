"""Random days, as journals: whatever people may do in a hall, in whatever order."""

from dataclasses import dataclass
from pathlib import Path
from random import Random

from hypothesis import strategies as st

from kiosk.domain import commands as cmd
from kiosk.domain.apply import apply
from kiosk.domain.counter import CounterState
from kiosk.domain.events import Recorded, SideData, SideErased
from kiosk.domain.ticket import Outcome, TicketState
from kiosk.hub.journal.journal import Append, Journal, draft
from kiosk.hub.journal.projection import rows_of
from kiosk.hub.journal.schema import DATABASE
from tests.factory import DAY_MS, SITE, Play, clerk_of, token_of

BY_DAY = [dice for dice in range(1, 100) if dice not in (88, 98)]
"""All that happens while a day is open: these two close it."""
STEPS = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 9), st.integers(1, 3)), min_size=5, max_size=60)


def steps_of(seed: int, count: int, *, nights: int = 0) -> list[tuple[int, int, int]]:
    """Return steps that are the same at every run; a night goes by `nights` times."""
    random = Random(seed)
    steps = [(random.choice(BY_DAY), random.randint(0, 9), random.randint(1, 3)) for _ in range(count)]
    for night in range(nights):
        steps.insert((night + 1) * count // (nights + 1), (0, 0, 1))
    return steps


@dataclass
class Played:
    """What a day wrote: its rows and the side data that came with them, by the seq of its row."""

    rows: list[Recorded]
    side: dict[int, list[SideData]]

    def kept(self) -> dict[str, SideData]:
        """Return by ref the side data that was not forgotten again."""
        erased = {ref for row in self.rows if isinstance(row.event, SideErased) for ref in row.event.refs}
        return {one.ref: one for several in self.side.values() for one in several if one.ref not in erased}


def played(steps: list[tuple[int, int, int]]) -> Played:
    """Play a day (or three); a step the rules refuse leaves nothing."""
    play, side = Play(), dict[int, list[SideData]]()
    play.open(1, 2, 3)
    for index, (dice, which, counter) in enumerate(steps):
        play.now += 20_000 if which % 2 else 4_000
        if dice == 0:
            play.now += DAY_MS
        known = len(play.side)
        play.try_(_command(play, dice, which, counter, f"t{index}"))
        if len(play.side) > known:
            side[play.hall.seq] = play.side[known:]
    return Played(play.journal, side)


def journal_of(steps: list[tuple[int, int, int]]) -> list[Recorded]:
    """Return what a day wrote into the journal."""
    return played(steps).rows


def store(journal: Journal, day: Played) -> None:
    """Append a day's rows as the writer does, in one batch."""
    hall, head, batch = journal.hall, journal.head, []
    for recorded in day.rows:
        after, command = apply(hall, recorded), f"c{recorded.seq}"
        row = draft(recorded, journal.epoch, command, head)
        side = tuple((recorded.seq, one) for one in day.side.get(recorded.seq, ()))
        rows = tuple(rows_of(hall, after, recorded))
        batch.append(Append(command, "kiosk", "h", b"{}", after.day or after.closed_day, (row,), side, rows))
        hall, head = after, row.hash
    journal.append(batch)


def made(folder: Path, day: Played) -> Path:
    """Make a data folder with a day in it; returns the journal's file."""
    path = folder / DATABASE
    journal = Journal(path, SITE.info.id)
    store(journal, day)
    journal.close()
    return path


def _command(play: Play, dice: int, which: int, counter: int, fresh: str) -> cmd.AnyCommand:
    tickets = sorted(t.id for t in play.hall.tickets.values())
    picked = tickets[which % len(tickets)] if tickets else "t-none"
    here = play.hall.counter(counter).ticket or picked
    desk = play.hall.counter(counter)
    if desk.state is not CounterState.OPEN and dice % 2:
        return cmd.OpenCounter(counter, clerk_of(counter)) if not desk.staff else cmd.ResumeCounter(counter)
    if dice < 30:
        return cmd.IssueTicket(
            fresh,
            token_of(fresh),
            "ABC"[which % 3],
            priority="elderly" if which == 9 else None,
            kiosk=which % 2,
            training=which == 8,
            confirmed=which != 7,
            dossiers=1 + which // 5,
        )
    if dice < 75 and desk.ticket is None:
        return cmd.CallNext(counter)
    if dice < 75 and which < 7:
        there = play.hall.ticket(here)
        called = there is not None and there.state is TicketState.CALLED
        return cmd.StartTicket(here, counter) if called else cmd.FinishTicket(here, counter, Outcome.SERVED)
    if dice < 80:
        return _at_desk(here, counter, which)
    others: tuple[cmd.AnyCommand, ...] = (
        cmd.TransferTicket(here, counter, "ABC"[which % 3]),
        cmd.ReturnTicket(picked, counter),
        cmd.CancelTicket(picked),
        cmd.MarkPrinted(picked, cmd.PrintResult.PRINTED),
        cmd.PauseCounter(counter),
        cmd.ResumeCounter(counter),
        cmd.CloseCounter(counter),
        cmd.OpenCounter(counter, clerk_of(counter)),
        cmd.CloseDay(),
        cmd.RateTicket(play.hall.counter(counter).last_finished or picked, b"sealed", "2025"),
    )
    more: tuple[cmd.AnyCommand, ...] = (
        cmd.Undo(counter),
        cmd.ReturnTicket(picked),
        cmd.TimeUp(picked, (there.until if (there := play.hall.ticket(picked)) else None) or 0),
        cmd.SetCounterQueues(counter, (("A", "B", "C"),) if which % 2 else ()),
        cmd.ScanTicket(token_of(picked)),
        cmd.BookTicket(fresh, token_of(fresh), "ABC"[which % 3], play.now + (which % 3) * DAY_MS + 3_600_000),
        cmd.DeferTicket(picked),
        cmd.ArriveTicket(picked),
        cmd.AbandonTicket(picked),
        cmd.RecordTicket(fresh, token_of(fresh), f"A1-{dice:03}", "A", play.now - 60_000, 1),
        cmd.CloseQueue("C", "no_staff") if which % 2 else cmd.OpenQueue("C"),
        cmd.CloseKiosk(1, "broken") if which % 2 else cmd.OpenKiosk(1),
        cmd.OpenDay(),
        cmd.NoteClock(play.now, play.now + 5000),
        cmd.EraseSide((f"{picked}/token",)),
    )
    return others[dice % len(others)] if which < 5 else more[(dice + which) % len(more)]


def _at_desk(ticket_id: str, counter: int, which: int) -> cmd.AnyCommand:
    moves: tuple[cmd.AnyCommand, ...] = (
        cmd.RecallTicket(ticket_id, counter),
        cmd.NoShowTicket(ticket_id, counter),
        cmd.ParkTicket(ticket_id, counter, minutes=20, note="back soon"),
        cmd.SendForPapers(ticket_id, counter, (0,), minutes=60),
        cmd.SendForPapers(ticket_id, counter, (1,), days=3),
        cmd.NoteTicket(ticket_id, counter, "deaf in one ear"),
        cmd.JudgePriority(ticket_id, counter, which % 2 == 0),
        cmd.TransferTicket(ticket_id, counter, to_counter=which % 3 + 1, come_back=True),
    )
    return moves[which % len(moves)]
