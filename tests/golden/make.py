"""Writes the golden files of the release in the making: `python -m tests.golden.make` (README.md).

Two days of a small hall in which every type of event happens, all of it brought about by commands.
"""

import json
from itertools import groupby
from pathlib import Path

import msgspec
from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain.apply import apply
from kiosk.domain.events import Decision, EpochBegan, Refused, SideData
from kiosk.domain.hall import Hall
from kiosk.domain.site import Agency, Journey, ResultLane, Site
from kiosk.domain.ticket import Outcome
from kiosk.hub.journal.journal import Append, Journal, draft
from kiosk.hub.journal.projection import rows_of
from tests.domain.test_golden import GOLDEN, halls_along
from tests.factory import DAY_MS, MINUTE_MS, MORNING, SITE, Play, token_of

RELEASE = "0.2"
SITE_ID = "s-golden"
CENTRE = replace(
    SITE,
    journeys=(Journey("desks", ("C", "A")),),
    agencies=(Agency("s-other", {"vi": "Xã khác", "en": "Another commune"}),),
    results=ResultLane("B", 2),
)
PERSON = "t-first/person"
"""What the hub calls somebody whom a limit counts."""
DOSSIER = "000.00.01.H12-260101-0001"
REFUSED, PRINTED = cmd.PrintResult.REFUSED, cmd.PrintResult.PRINTED


class Story(Play):
    """A day at which clerks have names for what they do; it remembers what belonged to one command."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self.by_row: dict[int, tuple[int, tuple[SideData, ...]]] = {}
        """Each row's last row of the same command, with the command's side data."""

    def try_(self, command: cmd.AnyCommand, not_after: int | None = None) -> Decision | Refused:
        before = self.hall.seq
        decided = super().try_(command, not_after)
        if isinstance(decided, Decision):
            last = self.hall.seq
            self.by_row |= dict.fromkeys(range(before + 1, last + 1), (last, decided.side))
        return decided

    def at(self, counter: int, *commands: cmd.AnyCommand) -> str:
        """Call the next ticket to a counter and do something to it; the ticket's id stands for TICKET in commands."""
        ticket_id = self.call(counter)
        for command in commands:
            self.pass_minutes(3)
            self.do(replace(command, ticket_id=ticket_id) if hasattr(command, "ticket_id") else command)
        return ticket_id


def first_day(story: Story) -> None:
    """Tickets of every kind, every end of a visit, everything that can be taken back, put off or closed."""
    do = story.do
    do(cmd.OpenDay())
    story.open(1, 2, 3)
    plain = story.issue("A", kiosk=1, person=PERSON)
    do(cmd.MarkPrinted(plain, PRINTED))
    do(cmd.ReprintTicket(plain))
    elderly = story.issue("A", priority="elderly", language="en")
    group = story.issue("B", dossiers=3, missing=(0, 2), procedure="1.001193")
    do(cmd.MarkPrinted(group, REFUSED, "paper_out"))
    story.issue("", "t-result", dossier=DOSSIER)
    story.issue("C", "t-journey", journey="desks", competent="s-other")
    story.issue("A", "t-practice", training=True)
    do(cmd.BookTicket("t-booked", token_of("t-booked"), "A", MORNING + 60 * MINUTE_MS, channel="portal"))
    do(cmd.BookTicket("t-ahead", token_of("t-ahead"), "B", MORNING + DAY_MS + 60 * MINUTE_MS))
    story.issue("B", "t-promised", defer=True)
    paper = cmd.RecordTicket("t-offline", token_of("t-offline"), "A1-001", "A", story.now - MINUTE_MS, 1)
    do(paper)
    do(cmd.RecordTicket("t-journey", token_of("t-journey"), "C1-001", "C", story.now, 1))
    do(cmd.SetCounterQueues(2, (("B",), ("A",))))
    do(cmd.CloseQueue("C", "no_staff"))
    do(cmd.CloseKiosk(1, "paper"))

    story.at(1, cmd.JudgePriority("", 1, False), cmd.RecallTicket("", 1), cmd.NoShowTicket("", 1))
    do(cmd.ReturnTicket(elderly))
    story.pass_minutes(20)
    story.at(1, cmd.StartTicket("", 1), cmd.SendForPapers("", 1, (0, 2), minutes=60, note="thiếu bản chính"))
    do(cmd.ArriveTicket("t-booked"))
    called = story.call(1)
    do(cmd.Undo(1))
    do(cmd.CallNext(1, called))
    do(cmd.TransferTicket(called, 1, "B", come_back=True, note="hỏi thêm chứng thực"))
    story.at(3, cmd.StartTicket("", 3), cmd.FinishTicket("", 3, Outcome.GUIDED))
    story.at(2, cmd.StartTicket("", 2), cmd.ParkTicket("", 2, 15))
    do(cmd.PauseCounter(1, "break"))
    story.pass_minutes(15)
    do(cmd.ResumeCounter(1))
    [parked] = [t for t in story.hall.set_aside() if t.state == "parked"]
    do(cmd.TimeUp(parked.id, parked.until or 0))
    do(cmd.ScanTicket(token_of(plain)))
    story.at(1, cmd.StartTicket("", 1), cmd.FinishTicket("", 1, Outcome.SERVED))
    served = story.hall.counter(1).last_finished
    assert served is not None
    do(cmd.RateTicket(served, b"sealed", "legal"))
    do(cmd.CancelTicket(story.issue("A", "t-given-up"), cmd.CancelReason.CITIZEN))
    do(cmd.AbandonTicket(story.issue("A", "t-ghost")))
    do(cmd.DeferTicket(story.issue("A", "t-late")))
    do(cmd.OpenQueue("C"))
    do(cmd.OpenKiosk(1))
    do(cmd.CloseKiosk(1, "repair"))
    story.at(1, cmd.StartTicket("", 1), cmd.SendForPapers("", 1, (1,), days=1))
    story.at(2, cmd.StartTicket("", 2), cmd.FinishTicket("", 2, Outcome.SERVED))
    story.issue("A", "t-open")
    do(cmd.CloseCounter(1))
    do(cmd.CloseDay())


def second_day(story: Story) -> None:
    """What was promised is kept; another machine goes on; something is forgotten."""
    do = story.do
    story.now = MORNING + DAY_MS
    do(cmd.NoteClock(story.now - 90_000, story.now))
    do(cmd.BeginEpoch(2, "promoted", {"A": 20}, {"2026-11-25": {"A": 5}}))
    do(cmd.EraseSide((f"{'t-booked'}/token",)))
    story.open(1)
    story.issue("A", "t-last")
    story.pass_minutes(70)
    do(cmd.ArriveTicket("t-ahead"))
    away = [t.id for t in story.hall.set_aside() if t.state == "away"]
    do(cmd.ReturnTicket(away[0]))
    story.at(1, cmd.StartTicket("", 1))


def write_file(path: Path, story: Story) -> None:
    """Write the hub's own file: the journal in its chain, side data, query tables, and an answer to each command."""
    path.unlink(missing_ok=True)
    journal = Journal(path, SITE_ID)
    hall, epoch = Hall(), 1
    for n, (last, rows) in enumerate(groupby(story.journal, lambda row: story.by_row[row.seq][0]), start=1):
        command_id, drafts, changed, head = f"c-{n:04d}", [], [], journal.head
        for row in rows:
            epoch = row.event.epoch if isinstance(row.event, EpochBegan) else epoch
            after = apply(hall, row)
            drafts.append(draft(row, epoch, command_id, head))
            changed += rows_of(hall, after, row)
            hall, head = after, drafts[-1].hash
        journal.append(
            [
                Append(
                    command_id=command_id,
                    role=cmd.Role.SUPERVISOR.value,
                    request_hash="0" * 64,
                    answer=msgspec.json.encode({"command": command_id}),
                    day=hall.day or hall.closed_day,
                    drafts=tuple(drafts),
                    side=tuple((last, side) for side in story.by_row[last][1]),
                    rows=tuple(changed),
                    notes={"epoch": str(epoch)},
                )
            ]
        )
    journal.close()


def main() -> None:
    """Write journal, halls and the hub's file."""
    story = Story(CENTRE)
    first_day(story)
    second_day(story)
    lines = (msgspec.json.encode(recorded) for recorded in story.journal)
    (GOLDEN / f"journal-{RELEASE}.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
    halls = (json.dumps(hall, ensure_ascii=False) + "\n" for hall in halls_along(story.journal, RELEASE))
    (GOLDEN / f"hall-{RELEASE}.jsonl").write_text("".join(halls), encoding="utf-8")
    write_file(GOLDEN / f"hub-{RELEASE}.db", story)


if __name__ == "__main__":
    main()
