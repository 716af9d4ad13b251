"""What may be done to a ticket wherever it is (DESIGN §4)."""

import hashlib

import pytest
from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain.events import NoteTaken, TicketPrinted, TicketRated, TicketReprintWanted
from kiosk.domain.site import KioskSetup
from kiosk.domain.ticket import TicketState
from tests.factory import SITE, Play


def test_a_ballot_is_counted_once_and_only_after_the_visit() -> None:
    play = Play()
    play.open(1)
    ticket_id = play.issue("A")
    ballot = cmd.RateTicket(ticket_id, b"sealed", "2025")
    assert play.refusal(ballot) == "wrong_state"
    play.serve(1)
    (event,) = play.do(ballot)
    assert play.ticket(ticket_id).rated
    assert play.refusal(ballot) == "already_rated"
    assert isinstance(event, TicketRated)
    assert event.ballot_hash == hashlib.sha256(b"sealed").hexdigest()
    assert (play.side[-1].ref, play.side[-1].payload) == (event.ballot_ref, b"sealed")


@pytest.mark.parametrize("result", list(cmd.PrintResult))
def test_what_became_of_the_paper_is_kept_in_every_state(result: cmd.PrintResult) -> None:
    play = Play()
    ticket_id = play.issue("A")
    play.do(cmd.CancelTicket(ticket_id))
    assert play.do(cmd.MarkPrinted(ticket_id, result, "paper_out")) == (
        TicketPrinted(ticket_id, result.value, "paper_out"),
    )
    assert play.ticket(ticket_id).printed == (result is cmd.PrintResult.PRINTED)
    assert play.ticket(ticket_id).state is TicketState.CANCELLED


def test_a_second_print_that_fails_does_not_unprint_the_first() -> None:
    play = Play()
    ticket_id = play.issue("A")
    play.do(cmd.MarkPrinted(ticket_id, cmd.PrintResult.PRINTED))
    play.do(cmd.MarkPrinted(ticket_id, cmd.PrintResult.REFUSED, "paper_out"))
    assert (play.ticket(ticket_id).printed, play.ticket(ticket_id).paper_lost) == (True, False)


def test_a_cancelled_ticket_waits_no_more_and_frees_its_counter() -> None:
    play = Play()
    play.open(1)
    called, waits = play.issue("A"), play.issue("A")
    play.call(1)
    play.do(cmd.CancelTicket(called))
    play.do(cmd.CancelTicket(waits))
    assert play.hall.counter(1).ticket is None
    assert play.hall.lines == {}


def test_what_a_clerk_notes_is_side_data_and_the_journal_knows_only_where() -> None:
    play = Play()
    play.open(1)
    ticket_id = play.issue("A")
    play.call(1)
    (event,) = play.do(cmd.NoteTicket(ticket_id, 1, "cần gặp chị Đào"))
    assert isinstance(event, NoteTaken)
    assert play.ticket(ticket_id).note_ref == event.note_ref == play.side[-1].ref
    assert (play.side[-1].kind, play.side[-1].payload.decode()) == ("note", "cần gặp chị Đào")
    assert "Đào" not in repr(play.journal)
    play.do(cmd.NoteTicket(ticket_id, 1, "đã gặp"))
    assert len({side.ref for side in play.side}) == len(play.side)


def test_a_note_is_taken_by_the_counter_the_ticket_belongs_to_and_says_something() -> None:
    play = Play()
    play.open(1, 2)
    ticket_id = play.issue("A")
    play.call(1)
    assert play.refusal(cmd.NoteTicket(ticket_id, 2, "x")) == "wrong_counter"
    assert play.refusal(cmd.NoteTicket(ticket_id, 1, "")) == "note_empty"


def test_a_paper_wanted_once_more_is_wanted_once_until_its_kiosk_has_spoken() -> None:
    play = Play()
    ticket_id = play.issue("A", kiosk=2)
    wish = cmd.ReprintTicket(ticket_id)
    assert play.do(wish) == (TicketReprintWanted(ticket_id, 2),)
    assert play.do(wish) == ()
    first = play.hall.reprints[ticket_id].at
    play.pass_minutes(1)
    play.do(cmd.MarkPrinted(ticket_id, cmd.PrintResult.REFUSED, "paper_out"))
    told = play.hall.reprints[ticket_id]
    assert (told.at, told.result, told.detail) == (first, "refused", "paper_out")
    assert play.do(wish) == (TicketReprintWanted(ticket_id, 2),), "its fate is known, so it may be wanted again"
    assert (play.hall.reprints[ticket_id].at > first, play.hall.reprints[ticket_id].result) == (True, "")


def test_a_wish_for_a_paper_is_not_meant_for_ever() -> None:
    play = Play()
    ticket_id, other = play.issue("A", kiosk=2), play.issue("A", kiosk=1)
    play.do(cmd.ReprintTicket(ticket_id))
    play.pass_minutes(3)
    assert play.do(cmd.ReprintTicket(other)) != ()
    assert set(play.hall.reprints) == {other}
    assert play.do(cmd.ReprintTicket(ticket_id)) != ()


def test_a_paper_may_be_wanted_of_another_kiosk_than_its_own_and_of_one_that_has_none() -> None:
    play = Play(replace(SITE, kiosks=(KioskSetup(1, "A"), KioskSetup(2, "B"))))
    own, nobodys = play.issue("A", kiosk=1), play.issue("A")
    assert play.do(cmd.ReprintTicket(own, kiosk=2)) == (TicketReprintWanted(own, 2),)
    assert play.do(cmd.ReprintTicket(nobodys, kiosk=2)) == (TicketReprintWanted(nobodys, 2),)
    assert play.refusal(cmd.ReprintTicket(nobodys, kiosk=9)) == "unknown_kiosk"


def test_a_paper_no_kiosk_has_cannot_be_wanted() -> None:
    play = Play()
    assert play.refusal(cmd.ReprintTicket(play.issue("A"))) == "no_kiosk"
    assert play.refusal(cmd.ReprintTicket("t-none")) == "unknown_ticket"
