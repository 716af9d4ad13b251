"""A code held to the kiosk's reader: answered on any screen, and nothing that was there is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from kiosk.flows import kiosk_events as e
from kiosk.flows.kiosk import step
from kiosk.flows.kiosk_events import TimerKind
from kiosk.flows.kiosk_state import KioskState, Screen
from kiosk.flows.kiosk_timers import timer_of
from kiosk.flows.scan import Code, Scan, ScanKind, read_code
from kiosk.ids import new_token
from tests.flows.test_kiosk import EVENTS, STORIES, TIMING, TO_ISSUING, TO_PROCEDURE, attempt, issued, run, wishes

TICKET = e.Scanned("c1", token="7k3m9q2xw4hz8rtc")
ANSWER = e.ScanAnswered("c1", Scan(ScanKind.RETURNED, number="A027", ahead=3))
DOSSIER = e.Scanned("c2", dossier="H12.34-260101-0001")


def plain(state: KioskState) -> KioskState:
    return structs.replace(state, scan=None, warned=False, touched_since=False)


@pytest.mark.parametrize("turn", range(20))
def test_every_token_we_make_is_read_from_its_page_from_its_letters_and_in_capitals(turn: int) -> None:
    token = new_token()
    for text in (
        f"https://moi.vamduoc.example/t/{token}",
        f"http://127.0.0.1:8080/t/{token}",
        f"https://dichvucong.example/xa/moi/t/{token}/",
        token,
        f"HTTPS://MOI.VAMDUOC.EXAMPLE/T/{token.upper()}",
        f"  {token}\t",
    ):
        assert read_code(text) == Code(token=token)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "8934563138164",
        "https://moi.vamduoc.example/t/7k3m9q2xw4hz8rt",
        "https://moi.vamduoc.example/t/7k3m9q2xw4hz8rtc7k3m9q2xw4hz8rtc",
        "https://moi.vamduoc.example/t/7k3m9q2xw4hz8rtchttps://moi.vamduoc.example/t/7k3m9q2xw4hz8rtc",
        "079200001234|281234567|Trần Văn A|01011990|Nam|Ấp 3|01012021",
        "https://moi.vamduoc.example/" + "x" * 5000 + "/t/7k3m9q2xw4hz8rtc",
        "javascript:/t/7k3m9q2xw4hz8rtc",
    ],
)
def test_what_is_nothing_of_ours_is_forgotten_at_once(text: str) -> None:
    assert read_code(text) == Code()


@given(st.text(max_size=600))
def test_no_text_breaks_the_reading(text: str) -> None:
    code = read_code(text)
    assert not (code.token and code.dossier)


@pytest.mark.parametrize("code", ["H12.34-260101-0001", "000.00.25.H12-260101-00017", "H12-260101-0001"])
def test_a_dossiers_code_is_read_in_both_forms(code: str) -> None:
    assert read_code(code) == read_code(code.lower()) == Code(dossier=code)


@given(STORIES)
def test_a_scan_is_asked_about_on_every_screen_and_leaves_everything_behind_it_as_it_was(story: list[e.Event]) -> None:
    state = structs.replace(run(*story)[0], scan=None)
    after, effects = step(state, TICKET, TIMING)
    assert e.AskAboutTicket("c1", TICKET.token) in effects
    assert after.scan is not None
    assert after.scan.kind is ScanKind.ASKING
    assert timer_of(after) is TimerKind.SCAN
    told, _ = step(after, ANSWER, TIMING)
    assert told.scan == ANSWER.scan
    for back in (e.ScanClosed(), e.TimedOut(TimerKind.SCAN)):
        assert plain(step(told, back, TIMING)[0]) == plain(state)


@given(STORIES, st.lists(EVENTS.filter(lambda event: not isinstance(event, e.Touch)), max_size=5))
def test_what_happens_behind_an_answer_happens_as_if_it_were_not_there(
    story: list[e.Event], meanwhile: list[e.Event]
) -> None:
    """A number that comes, a paper that ends: nothing waits for somebody to read."""
    known = [event for event in meanwhile if not isinstance(event, (e.TimedOut, e.ScanAnswered))]
    state = structs.replace(run(*story)[0], scan=None, warned=False)
    behind, _ = run(*known, state=step(state, TICKET, TIMING)[0])
    alone, _ = run(*known, state=state)
    assert plain(behind) == plain(alone)


def test_the_same_code_twice_is_one_question_and_a_second_code_is_answered_last() -> None:
    state, effects = run(TICKET, TICKET, structs.replace(TICKET, command_id="c9"))
    assert [x for x in effects if isinstance(x, e.AskAboutTicket)] == [e.AskAboutTicket("c1", TICKET.token)]
    state, _ = run(e.Scanned("c3", token="0000000000000000"), ANSWER, state=state)
    assert state.scan is not None
    assert (state.scan.kind, state.scan.command_id) == (ScanKind.ASKING, "c3")


def test_garbage_takes_no_answer_away_that_is_still_awaited() -> None:
    state, _ = run(TICKET, e.Scanned("c4"))
    assert state.scan is not None
    assert state.scan.kind is ScanKind.ASKING
    state, _ = run(ANSWER, e.Scanned("c4"), state=state)
    assert state.scan == Scan(ScanKind.NO_TICKET)


def test_letters_that_came_among_the_words_are_taken_out_again() -> None:
    state, _ = run(e.SearchWanted(), e.QueryTyped("kh"), e.QueryTyped("khhttp"), e.Scanned("c1", query="kh"))
    assert (state.screen, state.query) == (Screen.SEARCH, "kh")


def test_a_question_without_an_answer_says_so_and_then_goes_back() -> None:
    state, _ = run(*TO_PROCEDURE, e.PaperTouched(0), TICKET, e.TimedOut(TimerKind.SCAN))
    assert state.scan == Scan(ScanKind.UNREACHABLE)
    state, _ = run(e.TimedOut(TimerKind.SCAN), ANSWER, state=state)
    assert (state.scan, state.screen, state.have) == (None, Screen.PROCEDURE, (0,))


def test_the_token_is_forgotten_with_the_answer() -> None:
    state, _ = run(TICKET, ANSWER)
    assert TICKET.token not in repr(state)


def test_a_dossiers_receipt_leads_to_a_number_for_its_result_only_when_asked_for() -> None:
    state, effects = run(*TO_PROCEDURE, DOSSIER)
    assert (state.screen, wishes(effects)) == (Screen.PROCEDURE, [])
    state, effects = run(e.ResultWanted(attempt(), "K"), state=state)
    assert wishes(effects) == [e.Issue(attempt(), "K", None, (), "vi", dossier=DOSSIER.dossier)]
    assert (state.screen, state.queue, state.procedure, state.scan) == (Screen.ISSUING, "K", None, None)
    _, effects = run(issued(), state=state)
    assert [one.dossier for one in effects if isinstance(one, e.PrintTicket)] == [DOSSIER.dossier]
    state, _ = run(e.HubRefused("Không được."), e.BackPressed(), state=state)
    assert (state.screen, state.asked) == (Screen.HOME, None)


def test_while_a_number_is_on_its_way_no_second_one_is_asked_for() -> None:
    state, effects = run(*TO_ISSUING, DOSSIER, e.ResultWanted(attempt(2), "K"))
    assert state.scan is not None
    assert state.scan.kind is ScanKind.BUSY
    assert len(wishes(effects)) == 1
    state, effects = run(issued(), e.ScanClosed(), DOSSIER, e.ResultWanted(attempt(2), "K"), state=state)
    assert [wish.attempt for wish in wishes(effects)] == [attempt(2)]
