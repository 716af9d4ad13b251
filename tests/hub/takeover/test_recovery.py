"""A machine carries the journal on: nothing acknowledged is lost by one failure, and by two it is named."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.hub.journal.losses import NUMBER, Loss
from kiosk.hub.journal.reader import Reader
from kiosk.hub.journal.schema import DATABASE
from kiosk.hub.takeover.recovery import RESERVE, GivenBack, Recovered
from kiosk.wire.kept import Parcel
from tests.factory import DAY_MS, clerk_of, token_of
from tests.hub.machines import Machine, command_of
from tests.hub.takeover.story import Story, hashes, number

STEPS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 9), st.integers(1, 3)), min_size=3, max_size=25)


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
