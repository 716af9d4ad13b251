"""Machines that went on apart carry the journal on: nothing is given twice, and whose way is taken is no chance."""

from pathlib import Path

import msgspec

from kiosk.domain import commands as cmd
from kiosk.hub.journal.losses import NUMBER, Loss
from kiosk.hub.journal.verbatim import parcel_of
from kiosk.hub.takeover.recovery import RESERVE, GivenBack
from tests.factory import clerk_of, token_of
from tests.hub.machines import Machine
from tests.hub.takeover.story import Story, hashes, number


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
