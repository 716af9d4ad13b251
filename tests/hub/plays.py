"""Random days, as journals: whatever people may do in a hall, in whatever order."""

from hypothesis import strategies as st

from kiosk.domain import commands as cmd
from kiosk.domain.events import Recorded
from kiosk.domain.ticket import Outcome
from tests.factory import DAY_MS, Play, clerk_of, token_of

AT_DESK = (
    cmd.RecallTicket,
    cmd.StartTicket,
    lambda ticket_id, counter: cmd.FinishTicket(ticket_id, counter, Outcome.SERVED),
    cmd.NoShowTicket,
    cmd.ParkTicket,
)
STEPS = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 9), st.integers(1, 3)), min_size=5, max_size=60)


def journal_of(steps: list[tuple[int, int, int]]) -> list[Recorded]:
    """Play a day (or three) and return what was written; a step the rules refuse leaves nothing."""
    play = Play()
    play.open(1, 2, 3)
    for index, (dice, which, counter) in enumerate(steps):
        play.now += 20_000
        if dice == 0:
            play.now += DAY_MS
        play.try_(_command(play, dice, which, counter, f"t{index}"))
    return play.journal


def _command(play: Play, dice: int, which: int, counter: int, fresh: str) -> cmd.AnyCommand:
    tickets = sorted(t.id for t in play.hall.tickets.values())
    picked = tickets[which % len(tickets)] if tickets else "t-none"
    here = play.hall.counter(counter).ticket or picked
    if dice < 30:
        return cmd.IssueTicket(
            fresh, token_of(fresh), "ABC"[which % 3], priority="elderly" if which == 9 else None, training=which == 8
        )
    if dice < 50:
        return cmd.CallNext(counter)
    if dice < 80:
        return AT_DESK[which % len(AT_DESK)](here, counter)
    others: tuple[cmd.AnyCommand, ...] = (
        cmd.TransferTicket(here, counter, "ABC"[which % 3]),
        cmd.ReviveTicket(picked),
        cmd.CancelTicket(picked),
        cmd.MarkPrinted(picked, cmd.PrintResult.PRINTED),
        cmd.PauseCounter(counter),
        cmd.ResumeCounter(counter),
        cmd.CloseCounter(counter),
        cmd.OpenCounter(counter, clerk_of(counter)),
        cmd.CloseDay(),
        cmd.RateTicket(play.hall.counter(counter).last_finished or picked, b"sealed", "2025"),
    )
    return others[dice % len(others)]
