"""A printer that takes nothing and says nothing keeps its own thread waiting, and no citizen."""

from pytestqt.qtbot import QtBot

from kiosk.ports import PrinterStatus
from kiosk.settings import PrinterSettings
from printers import open_printer
from printers.simulator.receiver import Receiver
from tests.ui.kiosk.hall import Hall

HANGS_S = 60.0
"""So long the printer is waited for: whatever waits with it has waited in vain when it is asked below."""


def test_while_a_printer_hangs_numbers_are_given_and_every_touch_is_answered(qtbot: QtBot) -> None:
    with Receiver() as receiver:
        hall = Hall(qtbot, printer=open_printer(PrinterSettings(receiver.address, timeout_s=HANGS_S)))
        hall.qtbot.waitUntil(lambda: hall.spool.status is PrinterStatus.READY)
        receiver.slow_down(0)
        tickets = []
        for _ in range(2):
            hall.touch("search")
            hall.type("khai sinh")
            hall.touch("procedure_1.001193", "paper_0", "issue")
            hall.sees("issuing")
            tickets.append(hall.link.wishes[-1][0]["ticket_id"])
            hall.link.issue()
            hall.sees("ticket_number")
            hall.touch("done")
            hall.sees("screen_home")
        assert not hall.spool.let_go(tickets[0]), "the printer is still waited for"
        assert receiver.paper_count == 0
        receiver.slow_down(None)
        hall.qtbot.waitUntil(lambda: receiver.paper_count == len(tickets))
