"""Paper is loaded again: whoever still stands there gets her ticket, and nobody gets that of one who has left."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from kiosk.flows.kiosk_state import Paper
from kiosk.ports import PrinterStatus
from kiosk.settings import PrinterSettings
from printers import open_printer
from printers.simulator.receiver import Receiver
from printers.simulator.state import ReceiverState
from tests.ui.kiosk.hall import Hall


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


def without_paper(qtbot: QtBot, receiver: Receiver) -> Hall:
    """Take a number while the printer has no paper, until the hub has heard so."""
    receiver.set_state(ReceiverState.PAPER_OUT)
    hall = Hall(qtbot, printer=open_printer(PrinterSettings(receiver.address)))
    qtbot.waitUntil(lambda: hall.spool.status is PrinterStatus.PAPER_OUT)
    take_number(hall)
    qtbot.waitUntil(lambda: told(hall) == ["refused"])
    hall.link.answer(200)
    return hall


def take_number(hall: Hall) -> None:
    hall.touch("search")
    hall.type("khai sinh")
    hall.touch("procedure_1.001193", "paper_0", "issue")
    hall.sees("issuing")
    hall.link.issue()


def told(hall: Hall) -> list[str]:
    """What became of papers, as the hub was told."""
    return [body["result"] for path, body in hall.link.facts if path.endswith("/printed")]


def test_who_stands_there_gets_her_paper_when_there_is_some_again(qtbot: QtBot, receiver: Receiver) -> None:
    hall = without_paper(qtbot, receiver)
    receiver.set_state()
    qtbot.waitUntil(lambda: hall.window.state.paper is Paper.PRINTED)
    qtbot.waitUntil(lambda: told(hall) == ["refused", "printed"])
    assert receiver.paper_count == 1
    assert hall.text("ticket_number") == "A027"


def test_who_has_left_leaves_her_paper_to_nobody(qtbot: QtBot, receiver: Receiver) -> None:
    hall = without_paper(qtbot, receiver)
    hall.touch("done")
    hall.sees("screen_home")
    receiver.set_state()
    qtbot.waitUntil(lambda: hall.spool.status is PrinterStatus.READY)
    take_number(hall)
    qtbot.waitUntil(lambda: hall.window.state.paper is Paper.PRINTED)
    assert receiver.paper_count == 1


def test_a_number_whose_screen_closed_by_itself_without_paper_is_given_up(qtbot: QtBot, receiver: Receiver) -> None:
    hall = without_paper(qtbot, receiver)
    ticket = hall.link.wishes[0][0]["ticket_id"]
    qtbot.waitUntil(lambda: hall.window.state.paper is Paper.REFUSED)
    hall.window._timer.start(0)  # the minute is over
    qtbot.waitUntil(lambda: (f"/v1/tickets/{ticket}/abandon", {}) in hall.link.facts)
    receiver.set_state()
    qtbot.waitUntil(lambda: hall.spool.status is PrinterStatus.READY)
    hall.link.answer(200)
    take_number(hall)
    qtbot.waitUntil(lambda: hall.window.state.paper is Paper.PRINTED)
    assert receiver.paper_count == 1
