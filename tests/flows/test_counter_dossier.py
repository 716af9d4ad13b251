"""Form 01 at the counter: how each paper came, what must be typed, and that nothing typed stays."""

import pytest

from kiosk.domain.commands import PrintResult
from kiosk.domain.procedure import Document, DocumentKind, Procedure
from kiosk.flows.counter import BOUNCE_MS
from kiosk.flows.counter_dossier import Came, came_as, count_of, rows_of
from kiosk.flows.counter_events import (
    Asked,
    AskKind,
    Chosen,
    Desk,
    PaperSaid,
    Pressed,
    PrintDossier,
    Viewed,
    Wish,
    Wrote,
)
from kiosk.flows.counter_paper import OwnPapers
from kiosk.flows.counter_state import State
from tests.flows.test_counter import CALLED, SERVING, after
from tests.ui.hall_fakes import BIRTH

DOSSIER = Asked(AskKind.DOSSIER)
CODE = "H12.14-261123-0361"
LATER = BOUNCE_MS * 10
F9 = Pressed(Wish.DOSSIER, LATER)


def at(desk, here=True):
    return after(State(2, papers=OwnPapers(here=here)), Viewed(desk, True, 0))[0]


def procedure(*documents: Document) -> Procedure:
    return Procedure("1", "1", "x", "x", "x", "A", "commune", False, documents)


@pytest.mark.parametrize(
    ("document", "usual", "count"),
    [
        (Document("a", DocumentKind.SUBMIT, original=1), Came.ORIGINAL, 1),
        (Document("a", DocumentKind.SUBMIT, original=1, copy=1), Came.ORIGINAL, 1),
        (Document("a", DocumentKind.SUBMIT, copy=2), Came.PHOTOCOPY, 2),
        (Document("a", DocumentKind.SUBMIT), Came.ORIGINAL, 1),
        (Document("a", DocumentKind.SUBMIT, original=1, conditional=True), Came.NOT, 0),
        (Document("a", DocumentKind.SHOW, original=1), Came.NOT, 0),
    ],
)
def test_a_paper_usually_comes_as_the_catalogue_asks(document, usual, count):
    assert came_as(procedure(document), 0, (), ()) is usual
    assert count_of(document, usual) == count


def test_each_press_goes_on_to_the_next_kind_and_round():
    wanted = procedure(Document("a", DocumentKind.SUBMIT, original=1), Document("b", DocumentKind.SUBMIT, original=1))
    came = [came_as(wanted, 0, (), (1,) * 3 + (0,) * presses) for presses in range(5)]
    assert came == [Came.ORIGINAL, Came.CERTIFIED, Came.PHOTOCOPY, Came.NOT, Came.ORIGINAL]


def test_what_she_lacks_has_not_come_and_one_press_receives_it():
    assert came_as(BIRTH, 1, (1,), ()) is Came.NOT
    assert came_as(BIRTH, 1, (1,), (1,)) is Came.ORIGINAL


def test_remarks_are_no_papers_and_what_everybody_hands_in_stands_first():
    assert rows_of(BIRTH) == [0, 1, 3, 2]


def test_the_receipt_is_printed_with_its_code_and_all_that_was_said():
    _, effects = after(at(SERVING), DOSSIER, Wrote(code="  h12.14-261123-0361 "), Wrote(owner=" Lê Văn Út "), F9)
    assert effects == [PrintDossier(1, CODE, "Lê Văn Út", ())]
    _, effects = after(at(SERVING), DOSSIER, Chosen("3"), Chosen("3"), Chosen("0"), Wrote(code=CODE), F9)
    assert effects == [PrintDossier(1, CODE, "", (3, 3, 0))]


@pytest.mark.parametrize("code", ["", "0361", "096072001234|||Lê Văn Út", "A027"])
def test_nothing_is_printed_without_a_dossiers_code(code):
    assert after(at(SERVING), DOSSIER, Wrote(code=code), F9)[1] == []


@pytest.mark.parametrize(("desk", "here"), [(SERVING, False), (CALLED, True), (Desk("open", "nv02"), True)])
def test_a_receipt_is_asked_for_only_while_somebody_is_served_and_a_printer_stands_here(desk, here):
    state, effects = after(at(desk, here), DOSSIER, Wrote(code=CODE), F9)
    assert (state.ask, effects) == (None, [])


def test_a_second_press_while_it_is_printed_makes_no_second_one():
    state, effects = after(at(SERVING), DOSSIER, Wrote(code=CODE), F9, Pressed(Wish.DOSSIER, 2 * LATER))
    assert len(effects) == 1
    assert state.ask is not None


def test_what_was_typed_is_gone_once_it_is_out():
    state, _ = after(at(SERVING), DOSSIER, Wrote(code=CODE, owner="Lê Văn Út"), F9, PaperSaid(1, PrintResult.PRINTED))
    assert state.ask is None
    assert "Lê Văn Út" not in repr(state)
    assert CODE not in repr(state)


@pytest.mark.parametrize("result", [PrintResult.REFUSED, PrintResult.UNCERTAIN])
def test_what_was_typed_is_still_there_while_it_has_not_come_out_and_is_gone_with_the_ticket(result):
    state, _ = after(at(SERVING), DOSSIER, Wrote(code=CODE, owner="Lê Văn Út"), F9, PaperSaid(1, result, "paper_out"))
    assert state.ask is not None
    again, effects = after(state, Pressed(Wish.DOSSIER, 2 * LATER))
    assert effects == [PrintDossier(2, CODE, "Lê Văn Út", ())]
    state, _ = after(again, Viewed(Desk("open", "nv02"), True, 3 * LATER))
    assert "Lê Văn Út" not in repr(state)
