"""What the end of a day leaves behind: a report, what was promised beyond it, and a hall like new (DESIGN §3)."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain.apply import apply, replay
from kiosk.domain.events import DayClosed, DayReport, Decision, Recorded, TicketSentForPapers
from kiosk.domain.hall import Hall
from kiosk.domain.ticket import TicketState
from tests.domain.moments import MONDAY, TUESDAY, WEDNESDAY, at
from tests.factory import OFFICE, SITE, Play, token_of


def closed(play: Play) -> DayClosed:
    event = play.do(cmd.CloseDay())[-1]
    assert isinstance(event, DayClosed)
    return event


def report(play: Play) -> DayReport:
    found = closed(play).report
    assert found is not None
    return found


def send_away(play: Play, until: int, counter: int = 1) -> str:
    """Send the ticket at a counter for missing papers, until a moment."""
    ticket_id = play.call(counter)
    event = TicketSentForPapers(ticket_id, counter, (0,), until)
    recorded = Recorded(play.hall.seq + 1, play.now, event)
    play.hall, play.journal = apply(play.hall, recorded), [*play.journal, recorded]
    return ticket_id


def test_the_report_counts_the_day_and_names_whose_number_was_still_open() -> None:
    play = Play(OFFICE, at("08:00"))
    play.open(1)
    for _ in range(5):
        play.issue("A")
    play.issue("A", training=True)
    play.serve(1)
    missed = play.call(1)
    play.do(cmd.NoShowTicket(missed, 1))
    given_up = play.call(1)
    play.do(cmd.CancelTicket(given_up))
    play.do(cmd.BookTicket("b", token_of("b"), "A", at("16:00")))
    play.do(cmd.BookTicket("c", token_of("c"), "A", at("09:00", TUESDAY)))
    play.issue("B", defer=True)
    assert report(play) == DayReport(
        issued=5, done=1, no_shows=1, cancelled=1, expired=("A004", "A005"), not_come=1, deferred=1, booked=1
    )


def test_a_day_that_is_opened_again_goes_on_with_its_report() -> None:
    play = Play(SITE, at("08:00"))
    play.open(1)
    play.issue("A")
    play.serve(1)
    play.issue("A")
    play.do(cmd.CloseDay())
    play.hall = replay(Hall(), play.journal[-1:])
    play.open(1)
    play.issue("A")
    play.serve(1)
    assert report(play) == DayReport(issued=3, done=2, expired=("A002",))
    play.now = at("08:00", TUESDAY)
    play.issue("A")
    assert report(play) == DayReport(issued=1, expired=("A001",))


def test_who_fetches_papers_until_a_coming_day_keeps_her_right_over_the_night() -> None:
    play = Play(SITE, at("08:00"))
    play.open(1)
    play.issue("A")
    play.issue("A")
    days = send_away(play, at("16:00", WEDNESDAY))
    minutes = send_away(play, at("16:00"))
    event = closed(play)
    assert [t.id for t in event.carried] == [days]
    assert event.report == DayReport(issued=2, expired=("A002",), away=1)
    assert play.hall.ticket(minutes) is None
    play.now = at("08:00", TUESDAY)
    play.issue("A")
    kept = play.ticket(days)
    assert (kept.state, kept.number, kept.counter) == (TicketState.AWAY, "A001", 1)
    assert play.hall.by_token.get(kept.token_hash) == days
    play.now = at("08:00", WEDNESDAY)
    play.issue("A")
    assert [t.id for t in closed(play).carried] == []


def test_the_next_day_begins_to_estimate_with_the_pace_the_last_one_showed() -> None:
    play = Play(SITE, at("08:00"))
    play.open(1)
    play.issue("A")
    play.serve(1, minutes=16)
    pace = play.hall.pace_ms
    play.now = at("08:00", TUESDAY)
    play.issue("A")
    assert play.hall.pace_ms == pace == {"A": 10 * 60_000}


def test_a_closed_day_says_nothing_of_what_is_forgotten() -> None:
    """The row is sealed: what it carries is what any row may carry."""
    play = Play(SITE, at("08:00"))
    play.do(cmd.BookTicket("c", token_of("c"), "A", at("09:00", TUESDAY)))
    play.issue("A", defer=True, priority="disability")
    assert "disability" not in repr(closed(play))
    assert token_of("c") not in repr(play.journal)


DAYS_OF_A_HALL = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["issue", "defer", "person"]), st.sampled_from("ABC")),
        st.tuples(st.sampled_from(["book", "serve", "away", "close_queue", "close_kiosk", "record"]), st.just("A")),
        st.just(("night", "A")),
        st.just(("end", "A")),
    ),
    max_size=40,
)


@given(DAYS_OF_A_HALL)
def test_a_restart_from_the_end_of_a_day_alone_leads_to_the_same_hall(acts: list[tuple[str, str]]) -> None:
    site = replace(SITE, rules=replace(SITE.rules, appointment_share=1.0))
    play = Play(site, at("08:00"))
    for n, (act, queue) in enumerate(acts):
        wish = cmd.IssueTicket(f"t{n}", token_of(f"t{n}"), queue)
        if act == "night":
            play.now += 24 * 3_600_000
        elif act == "end":
            play.do(cmd.CloseDay())
        elif act == "book":
            play.try_(cmd.BookTicket(f"t{n}", token_of(f"t{n}"), queue, play.now + 30 * 3_600_000))
        elif act in ("serve", "away"):
            if not isinstance(play.try_(cmd.OpenCounter(1, "nv01")), Decision) or not play.line("A"):
                continue
            if act == "serve":
                play.serve(1)
            else:
                send_away(play, play.now + 40 * 3_600_000)
        elif act == "close_queue":
            play.do(cmd.CloseQueue("C", "system"))
        elif act == "close_kiosk":
            play.do(cmd.CloseKiosk(1, "paper"))
        elif act == "record":
            play.do(cmd.RecordTicket(f"t{n}", token_of(f"t{n}"), f"A1-{n:03}", "A", play.now, 1))
        else:
            play.try_(replace(wish, defer=act == "defer", person="ab" if act == "person" else ""))
    ends = [n for n, row in enumerate(play.journal) if isinstance(row.event, DayClosed)]
    whole = replay(Hall(), play.journal)
    assert whole == play.hall
    for end in ends[-2:]:
        assert replay(Hall(), play.journal[end:]) == whole


def test_the_rest_of_a_day_is_the_same_hall_with_all_that_is_promised() -> None:
    play = Play(OFFICE, at("14:30"))
    play.do(cmd.BookTicket("b", token_of("b"), "A", at("09:00", WEDNESDAY)))
    play.issue("A", "d", defer=True)
    play.issue("A", "w")
    play.do(cmd.CloseDay())
    assert sorted(t.id for t in play.hall.tickets.values()) == ["b", "d"]
    assert play.hall.ahead == {"b", "d"}
    assert play.hall.ordinals_ahead == {TUESDAY: {"A": 1}}
    assert play.hall.closed_day == MONDAY
