"""A counter's own printer: the list comes by itself, once, and its fate is told until the next paper."""

import pytest

from kiosk.domain.commands import PrintResult
from kiosk.flows.counter import BOUNCE_MS, step
from kiosk.flows.counter_events import (
    Answered,
    Asked,
    AskKind,
    Chosen,
    Desk,
    PaperSaid,
    Pressed,
    PrintList,
    Send,
    Viewed,
    Wish,
)
from kiosk.flows.counter_paper import OwnPapers
from kiosk.flows.counter_state import State

SERVING = Desk("open", "nv02", "t1", "serving", 1)
SENT = Desk("open", "nv02", away="t1")
LATER = BOUNCE_MS * 10


def after(state, *events):
    effects = []
    for event in events:
        state, more = step(state, event)
        effects.extend(more)
    return state, effects


def sent_for_papers(state):
    """Tick a paper and send; returns the state with the wish on its way."""
    state, effects = after(
        state,
        Viewed(SERVING, True, 0),
        Asked(AskKind.PAPERS),
        Chosen("1"),
        Pressed(Wish.PAPERS, LATER),
    )
    assert [type(effect) for effect in effects] == [Send]
    return state


@pytest.fixture
def own():
    return State(2, papers=OwnPapers(here=True))


def test_the_list_is_printed_when_both_the_answer_and_the_view_are_there(own):
    answered = Answered(1, True, True, "", LATER + 1)
    seen = Viewed(SENT, True, LATER + 2)
    for first, then in ((answered, seen), (seen, answered)):
        state, effects = after(sent_for_papers(own), first)
        assert effects == []
        state, effects = after(state, then)
        assert effects == [PrintList(1, "t1")]
        assert after(state, seen)[1] == [], "once"


def test_a_refused_wish_prints_nothing(own):
    state, effects = after(sent_for_papers(own), Answered(1, False, True, "Chưa được.", LATER + 1))
    assert effects == []
    assert after(state, Viewed(SENT, True, LATER + 2))[1] == []


def test_without_a_printer_here_the_hub_is_asked_for_the_list(own):
    state, effects = after(State(2), Viewed(SENT, True, 0), Pressed(Wish.LIST, LATER))
    (sent,) = effects
    assert isinstance(sent, Send)
    assert (sent.path, sent.body) == ("/v1/tickets/t1/reprint", {"counter": 2})
    assert state.papers == OwnPapers()


def test_a_paper_that_is_coming_out_is_not_printed_twice(own):
    state, effects = after(own, Viewed(SENT, True, 0), Pressed(Wish.LIST, LATER), Pressed(Wish.LIST, 2 * LATER))
    assert effects == [PrintList(1, "t1")]
    state, effects = after(state, PaperSaid(1, PrintResult.REFUSED, "paper_out"), Pressed(Wish.LIST, 3 * LATER))
    assert effects == [PrintList(2, "t1")]
    assert state.papers.result is None
    state, _ = after(state, PaperSaid(1, PrintResult.UNCERTAIN), PaperSaid(2, PrintResult.PRINTED, "ready"))
    assert (state.papers.result, state.papers.detail) == (PrintResult.PRINTED, "ready")


def test_nothing_is_printed_where_nobody_is_away(own):
    assert after(own, Viewed(Desk("open", "nv02"), True, 0), Pressed(Wish.LIST, LATER))[1] == []
