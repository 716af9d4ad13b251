"""A machine carries the journal on: nothing acknowledged is lost by one failure, and by two it is named."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain.commands import AnyCommand
from kiosk.hub.journal.losses import NUMBER, Loss
from kiosk.hub.journal.reader import Reader
from kiosk.hub.journal.schema import DATABASE
from kiosk.hub.journal.verbatim import parcel_of
from kiosk.hub.takeover.recovery import RESERVE, GivenBack, Recovered
from kiosk.wire.kept import Parcel
from tests.factory import DAY_MS, clerk_of, token_of
from tests.hub.machines import Device, Machine, command_of, given_back, place_of

STEPS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 9), st.integers(1, 3)), min_size=3, max_size=25)


class Story:
    """A hub that works, devices that keep what it answers, and a standby that has a part of it."""

    def __init__(self, folder: Path) -> None:
        self.hub, self.standby = Machine(folder / "hub"), Machine(folder / "standby")
        self.devices: dict[str, Device] = {}
        self.all: list[Parcel] = []
        self.acknowledged: list[Parcel] = []
        self.commands: dict[str, AnyCommand] = {}

    def close(self) -> None:
        self.hub.close()
        self.standby.close()

    def do(self, command: AnyCommand, *, answered: bool = True) -> Parcel:
        """Have the hub carry out one command, which must be allowed."""
        return self.batch([command], answered=[answered])[0]

    def batch(self, commands: list[AnyCommand], answered: list[bool]) -> list[Parcel]:
        """Have the hub carry out a batch; `answered` says whose answers reach their devices."""
        self.hub.clock.at += 1000
        ids = [f"command-{len(self.commands) + n}" for n in range(len(commands))]
        self.commands |= dict(zip(ids, commands, strict=True))
        done = []
        for outcome, command, told in zip(
            self.hub.ask(list(zip(ids, commands, strict=True))), commands, answered, strict=True
        ):
            if outcome is None:
                continue
            parcel = outcome[1]
            done.append(parcel)
            if not parcel.rows:
                continue
            self.all.append(parcel)
            if told:
                self.acknowledged.append(parcel)
                device = self.devices.setdefault(place_of(command), Device())
                device.told(parcel, self.hub.stand.mark())
        return done

    def issue(self, ticket_id: str, queue: str = "A", **more: Any) -> Parcel:
        return self.do(cmd.IssueTicket(ticket_id, token_of(ticket_id), queue), **more)

    def promote(self, *without: str) -> Recovered:
        """Lose the hub, and some devices with it; the standby takes over."""
        return self.standby.take_over(given_back(d for name, d in self.devices.items() if name not in without))


@pytest.fixture
def story(tmp_path: Path) -> Any:
    story = Story(tmp_path)
    yield story
    story.close()


def number(machine: Machine, ticket_id: str) -> str:
    ticket = machine.stand.hall.ticket(ticket_id)
    return ticket.number if ticket else ""


def hashes(folder: Path) -> list[str]:
    reader = Reader(folder / DATABASE)
    try:
        return [row.hash for row in reader.rows_after(0, 100_000)]
    finally:
        reader.close()


# --- one failure


@settings(max_examples=25)
@given(steps=STEPS, copied=st.integers(0, 100), unanswered=st.integers(0, 5), sizes=st.randoms(use_true_random=False))
def test_whatever_was_answered_before_the_hub_died_is_in_the_journal_as_it_was(
    steps: list[tuple[int, int, int]], copied: int, unanswered: int, sizes: Any
) -> None:
    with TemporaryDirectory() as folder:
        story = Story(Path(folder))
        batches = _batches(steps, sizes)
        for index, batch in enumerate(batches):
            left = unanswered if index == len(batches) - 1 else 0
            story.batch(
                [command_of(story.hub, *step, f"t{index}-{n}") for n, step in enumerate(batch)],
                answered=[n < len(batch) - left for n in range(len(batch))],
            )
        story.standby.copy(story.all[: len(story.all) * copied // 100])
        recovered = story.promote()
        told_nobody = len(story.all) - len(story.acknowledged)
        assert [one for one in recovered.report.losses if one.what != NUMBER] == []
        assert len(recovered.report.losses) <= told_nobody
        assert recovered.report.entered == ()
        told = [row.hash.hex() for parcel in story.acknowledged for row in parcel.rows]
        assert [one for one in hashes(Path(folder) / "standby") if one in told] == told
        for parcel in story.acknowledged:
            assert story.standby.answer_to(parcel.command_id) == parcel.answer
        story.close()


def test_the_copy_is_the_same_journal_byte_by_byte(story: Story, tmp_path: Path) -> None:
    story.do(cmd.OpenCounter(1, clerk_of(1)))
    story.issue("t1")
    story.do(cmd.CallNext(1))
    story.standby.copy(story.all)
    reader, copy = (Reader(tmp_path / name / DATABASE) for name in ("hub", "standby"))
    assert reader.rows_after(0, 100) == copy.rows_after(0, 100)
    assert reader.batch_after(0, 100).changed == copy.batch_after(0, 100).changed
    assert story.standby.stand == story.hub.stand
    reader.close()
    copy.close()


def test_numbers_go_on_above_a_mark_and_the_old_ones_stay(story: Story) -> None:
    story.issue("t1")
    story.standby.copy(story.all)
    story.issue("t2")
    recovered = story.promote()
    assert (recovered.report.continued, recovered.report.losses) == (1, ())
    assert story.standby.stand.epoch == 2
    story.standby.ask([("new", cmd.IssueTicket("t3", token_of("t3"), "A"))])
    assert [number(story.standby, t) for t in ("t1", "t2", "t3")] == ["A001", "A002", f"A{2 + RESERVE + 1:03}"]


def test_a_row_whose_predecessor_nobody_was_told_of_enters_with_its_own_time(story: Story) -> None:
    story.do(cmd.OpenCounter(1, clerk_of(1)))
    story.issue("t1")
    story.issue("t0", answered=False)
    story.do(cmd.CallNext(1))
    called_at = story.hub.clock.at
    story.do(cmd.StartTicket("t1", 1))
    recovered = story.promote()
    assert len(recovered.report.entered) == 2
    ticket = story.standby.stand.hall.ticket("t1")
    assert ticket is not None
    assert (ticket.state, ticket.called_at) == ("serving", called_at)
    # Nobody was told of t0; it is named all the same, because another device has seen that its number was given.
    assert [(loss.what, loss.number) for loss in recovered.report.losses] == [(NUMBER, "A002")]
    assert recovered.report.missing_rows == 1


def test_the_same_id_is_answered_word_for_word_by_the_next_machine(story: Story) -> None:
    parcel = story.issue("t1")
    story.promote()
    command = story.commands[parcel.command_id]
    story.standby.ask([(parcel.command_id, command)])
    assert story.standby.answer_to(parcel.command_id) == parcel.answer
    assert len(story.standby.stand.hall.tickets) == 1


def test_a_tickets_secret_comes_back_with_it(story: Story, tmp_path: Path) -> None:
    story.issue("t1")
    story.issue("t2", answered=False)
    story.issue("t3")
    story.promote()
    reader = Reader(tmp_path / "standby" / DATABASE)
    kept = {side.ref: side.payload for row in reader.rows_after(0, 100) for side in row.side}
    reader.close()
    assert kept == {f"{t}/token": token_of(t).encode() for t in ("t1", "t3")}


# --- two failures


@settings(max_examples=25)
@given(
    steps=STEPS,
    copied=st.integers(0, 100),
    lost=st.sets(st.sampled_from(["kiosk 0", "kiosk 1", "counter 1", "counter 2", "counter 3", "tablet"])),
    silent=st.sets(st.integers(0, 25)),
)
def test_with_devices_lost_too_every_command_is_there_or_named_and_no_number_is_given_twice(
    steps: list[tuple[int, int, int]], copied: int, lost: set[str], silent: set[int]
) -> None:
    with TemporaryDirectory() as folder:
        story = Story(Path(folder))
        for index, step in enumerate(steps):
            story.batch([command_of(story.hub, *step, f"t{index}")], answered=[index not in silent])
        story.standby.copy(story.all[: len(story.all) * copied // 100])
        recovered = story.promote(*lost)
        _holds(story, recovered, lost)
        before = _numbers(story.hub)
        hall = story.standby.stand.hall
        for queue in "ABC":
            story.standby.ask([(f"new-{queue}", cmd.IssueTicket(f"n{queue}", token_of(f"n{queue}"), queue))])
        after = {t.number for t in story.standby.stand.hall.tickets.values() if hall.ticket(t.id) is None}
        assert len(after) == 3
        assert not after & before
        assert len(_numbers(story.standby)) == len(story.standby.stand.hall.tickets)
        story.close()


def _holds(story: Story, recovered: Recovered, lost: set[str]) -> None:
    """Every command that a device gave back is there or named; every number that was seen is there or named."""
    named = {loss.command for loss in recovered.report.losses}
    for name, device in story.devices.items():
        if name not in lost:
            for parcel in device.parcels:
                there = story.standby.answer_to(parcel.command_id) == parcel.answer
                assert there != (parcel.command_id in named)
    marks = [d.mark for name, d in story.devices.items() if name not in lost and d.mark is not None]
    seen = {f"{q}{n:03}" for mark in marks for q, last in mark.ordinals.items() for n in range(1, last + 1)}
    there = _numbers(story.standby) | {loss.number for loss in recovered.report.losses}
    assert seen <= there


def _numbers(machine: Machine) -> set[str]:
    return {t.number for t in machine.stand.hall.tickets.values()}


def test_a_lost_ticket_is_named_by_its_number(story: Story) -> None:
    story.do(cmd.OpenCounter(1, clerk_of(1)))
    story.issue("t1")
    story.standby.copy(story.all)
    story.do(cmd.IssueTicket("t2", token_of("t2"), "A", kiosk=1))
    given_at = story.hub.clock.at
    story.do(cmd.CallNext(1))
    story.issue("t3")
    recovered = story.promote("kiosk 1")
    assert recovered.report.missing_rows == 1
    assert [(one.number, one.queue, one.what) for one in recovered.report.losses] == [("A002", "A", NUMBER)]
    assert recovered.report.losses[0].at >= given_at
    assert number(story.standby, "t3") == "A003"


def test_practice_goes_on_above_a_mark_too_and_nobody_is_missed_there(story: Story) -> None:
    story.do(cmd.OpenCounter(1, clerk_of(1)))
    story.standby.copy(story.all)
    lost = cmd.IssueTicket("t1", token_of("t1"), "A", kiosk=1, training=True)
    story.do(lost)
    story.do(cmd.CallNext(1))
    recovered = story.promote("kiosk 1")
    assert {one.what for one in recovered.report.losses} == {"ticket_called"}
    story.standby.ask([("new", replace(lost, ticket_id="t2", token=token_of("t2")))])
    assert number(story.standby, "t2") == f"TAP-{1 + RESERVE + 1:03}"


def test_a_call_of_a_ticket_nobody_knows_is_named_and_enters_when_the_ticket_does(story: Story) -> None:
    story.do(cmd.OpenCounter(1, clerk_of(1)))
    story.standby.copy(story.all)
    issued = story.do(cmd.IssueTicket("t1", token_of("t1"), "A", kiosk=1))
    called = story.do(cmd.CallNext(1))
    recovered = story.promote("kiosk 1")
    # The call's answer had said which number it was.
    assert [(one.what, one.number, one.counter) for one in recovered.report.losses] == [
        ("ticket_called", "A001", 1),
        (NUMBER, "A001", None),
    ]
    stand = story.standby.stand
    for parcel in (issued, called):
        entered = story.standby.enter(stand, parcel)
        assert not isinstance(entered, Loss)
        stand = entered[0]
    ticket = stand.hall.ticket("t1")
    assert ticket is not None
    assert (ticket.state, ticket.number) == ("called", "A001")
    assert ticket.issued_at == issued.rows[-1].at
    assert stand.hall.ordinals["A"] > RESERVE


def test_what_the_old_machine_did_after_it_was_overtaken_does_not_undo_what_the_new_one_did(story: Story) -> None:
    story.do(cmd.OpenCounter(1, clerk_of(1)))
    story.do(cmd.OpenCounter(2, clerk_of(2)))
    story.issue("t1")
    story.standby.copy(story.all)
    story.promote()
    story.standby.ask([("new", cmd.CallNext(1))])
    called = story.do(cmd.CallNext(2))
    loss = story.standby.enter(story.standby.stand, called)
    assert isinstance(loss, Loss)
    assert (loss.what, loss.number, loss.counter, loss.why) == ("ticket_called", "A001", 2, "wrong_state")


def test_an_event_of_a_newer_program_is_named_by_what_the_device_was_answered(story: Story) -> None:
    parcel = story.issue("t1")
    strange = parcel.rows[-1].__class__(1, parcel.rows[-1].at, b'{"type":"of_tomorrow/1"}', parcel.rows[-1].hash)
    newer = Parcel(1, "newer", (strange,), answer=parcel.answer)
    recovered = story.standby.take_over(GivenBack((newer,)))
    assert [(one.what, one.number, one.queue) for one in recovered.report.losses] == [("unreadable", "A001", "A")]


# --- days


def test_a_ticket_of_a_day_the_standby_never_saw_open_opens_it(story: Story) -> None:
    story.issue("t1")
    story.standby.copy(story.all)
    story.hub.clock.at += DAY_MS
    story.issue("t2", answered=False)
    story.issue("t3")
    story.promote()
    hall = story.standby.stand.hall
    assert hall.day == story.hub.stand.hall.day
    assert [t.id for t in hall.tickets.values()] == ["t3"]
    story.standby.clock.at = story.hub.clock.at
    story.standby.ask([("new", cmd.IssueTicket("t4", token_of("t4"), "A"))])
    assert number(story.standby, "t4") == f"A{2 + RESERVE + 1:03}"


def test_numbers_of_a_day_that_only_a_mark_tells_of_are_not_given_again(story: Story) -> None:
    story.issue("t1")
    story.standby.copy(story.all)
    story.hub.clock.at += DAY_MS
    story.do(cmd.OpenCounter(1, clerk_of(1)))
    story.do(cmd.IssueTicket("t2", token_of("t2"), "A", kiosk=1))
    story.do(cmd.PauseCounter(1))
    recovered = story.promote("kiosk 1")
    assert [one.number for one in recovered.report.losses if one.what == NUMBER] == ["A001"]
    story.standby.clock.at = story.hub.clock.at
    story.standby.ask([("new", cmd.IssueTicket("t3", token_of("t3"), "A"))])
    assert number(story.standby, "t3") == f"A{1 + RESERVE + 1:03}"


def _batches(steps: list[tuple[int, int, int]], sizes: Any) -> list[list[tuple[int, int, int]]]:
    rest, batches = list(steps), []
    while rest:
        size = sizes.randint(1, 6)
        batches.append(rest[:size])
        rest = rest[size:]
    return batches


# --- twins


def test_a_promoted_machine_and_the_one_it_followed_never_carry_on_alike(story: Story) -> None:
    """Neither knows of the other: were the epochs equal they would recover for ever, and give the same numbers."""
    story.issue("t1")
    story.standby.copy(story.all)
    twin = story.hub.take_over(GivenBack(), "behind")
    promoted = story.standby.take_over(GivenBack())
    assert (twin.stand.epoch, promoted.stand.epoch) == (3, 2)
    for machine in (story.hub, story.standby):
        machine.ask([("next", cmd.IssueTicket("t2", token_of("t2"), "A"))])
    assert number(story.hub, "t2") != number(story.standby, "t2")
    again = story.hub.take_over(GivenBack(), "restored")
    assert again.stand.epoch == 5
    for machine in (story.hub, story.standby):
        machine.ask([("new", cmd.IssueTicket("t3", token_of("t3"), "A"))])
    assert number(story.hub, "t3") != number(story.standby, "t3")


def test_a_later_epoch_than_any_that_was_heard_of_keeps_the_difference(story: Story) -> None:
    parcel = story.issue("t1")
    mark = msgspec.structs.replace(story.hub.stand.mark(), epoch=4)
    assert story.standby.take_over(GivenBack((parcel,), (mark,))).stand.epoch == 6
    assert story.hub.take_over(GivenBack((), (mark,)), "behind").stand.epoch == 5


def test_the_next_days_first_hour_is_not_promised_twice_either(story: Story) -> None:
    """Somebody was given tomorrow's first number by a hub that is lost, and nobody here has heard of it."""
    story.issue("t1")
    story.standby.copy(story.all)
    deferred = story.do(cmd.IssueTicket("t2", token_of("t2"), "A", defer=True))
    story.promote("kiosk 0")
    story.standby.ask([("new", cmd.IssueTicket("t3", token_of("t3"), "A", defer=True))])
    assert number(story.hub, "t2") != number(story.standby, "t3") != ""
    assert not isinstance(story.standby.enter(story.standby.stand, deferred), Loss)


def test_numbers_of_a_coming_day_that_were_promised_and_are_lost_are_named_with_their_day(story: Story) -> None:
    story.issue("t1")
    story.standby.copy(story.all)
    for lost in ("t2", "t3"):
        story.do(cmd.IssueTicket(lost, token_of(lost), "A", kiosk=1, defer=True, confirmed=True))
    story.issue("t4", "B")
    losses = story.promote("kiosk 1").report.losses
    assert [(loss.what, loss.number, loss.day) for loss in losses] == [
        (NUMBER, "A001", "2026-11-24"),
        (NUMBER, "A002", "2026-11-24"),
    ]
    story.standby.ask([("new", cmd.IssueTicket("t5", token_of("t5"), "A", defer=True))])
    assert number(story.standby, "t5") == f"A{2 + RESERVE + 1:03}"


def test_of_two_ways_to_go_on_the_later_epochs_is_taken(story: Story, tmp_path: Path) -> None:
    """The old hub went on for a moment after another machine had taken over: what that one wrote is the journal."""
    story.issue("t1")
    third = Machine(tmp_path / "third")
    for machine in (story.standby, third):
        machine.copy(story.all)
    overtaken = story.issue("t2")
    began = [parcel_of(append) for append in story.standby.take_over(GivenBack()).appends]
    [one] = story.standby.ask([("new", cmd.IssueTicket("t3", token_of("t3"), "A"))])
    assert one is not None
    report = third.take_over(GivenBack((overtaken, *began, one[1])), "behind").report
    assert (report.continued, report.entered, report.losses) == (2, (overtaken.command_id,), ())
    third.close()
    rows = hashes(tmp_path / "standby")
    assert hashes(tmp_path / "third")[: len(rows)] == rows


def test_what_is_left_enters_in_its_old_order_whatever_its_ids(story: Story) -> None:
    story.do(cmd.OpenCounter(1, clerk_of(1)))
    story.standby.copy(story.all)
    story.do(cmd.OpenCounter(2, clerk_of(2)), answered=False)  # nobody has this row: nothing continues the journal
    issued, called = (
        one[1]
        for command_id, command in (("z", cmd.IssueTicket("t1", token_of("t1"), "A")), ("a", cmd.CallNext(1)))
        for one in story.hub.ask([(command_id, command)])
        if one is not None
    )
    report = story.standby.take_over(GivenBack((called, issued))).report
    assert (report.entered, report.losses) == (("z", "a"), ())


def test_what_two_machines_noted_of_a_ticket_in_the_same_row_is_both_there(story: Story) -> None:
    story.do(cmd.OpenCounter(1, clerk_of(1)))
    story.issue("t1")
    story.do(cmd.CallNext(1))
    story.standby.copy(story.all)
    story.standby.take_over(GivenBack())
    story.standby.ask([("here", cmd.NoteTicket("t1", 1, "của máy mới"))])
    story.issue("t2")
    there = story.do(cmd.NoteTicket("t1", 1, "của máy cũ"))
    entered = story.standby.enter(story.standby.stand, there)
    assert not isinstance(entered, Loss)
    story.standby.journal.append([entered[1]])
    kept = story.standby.journal._db.execute("SELECT payload FROM side WHERE kind = 'note'").fetchall()
    assert sorted(payload.decode() for (payload,) in kept) == ["của máy cũ", "của máy mới"]


def test_a_number_that_is_somebody_elses_here_is_named_and_not_given_twice(story: Story) -> None:
    given = story.issue("t1")
    story.standby.ask([("other", cmd.IssueTicket("t2", token_of("t2"), "A"))])
    loss = story.standby.enter(story.standby.stand, given)
    assert isinstance(loss, Loss)
    assert (loss.number, loss.why) == ("A001", "ticket_exists")


def test_a_ticket_that_was_sent_to_a_counter_which_is_closed_here_waits_for_any(story: Story) -> None:
    story.do(cmd.OpenCounter(1, clerk_of(1)), answered=False)
    story.issue("t1")
    moved = story.do(cmd.TransferTicket("t1", None, "A", 1))
    story.promote()
    ticket = story.standby.stand.hall.ticket("t1")
    assert ticket is not None
    assert moved.rows
    assert (ticket.state, ticket.counter) == ("waiting", None)


def test_a_counter_that_was_closed_elsewhere_releases_whoever_waits_for_it_here(story: Story) -> None:
    story.do(cmd.OpenCounter(1, clerk_of(1)))
    story.issue("t1")
    story.standby.copy(story.all)
    closed = story.do(cmd.CloseCounter(1))
    story.standby.ask([("move", cmd.TransferTicket("t1", None, "A", 1))])
    entered = story.standby.enter(story.standby.stand, closed)
    assert not isinstance(entered, Loss)
    ticket = entered[0].hall.ticket("t1")
    assert ticket is not None
    assert (ticket.state, ticket.counter) == ("waiting", None)
