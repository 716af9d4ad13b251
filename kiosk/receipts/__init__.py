"""Everything a centre prints, as plain blocks: one file for each kind of paper (DESIGN §8; LOOK 07, 07b).

No ticket holds a name or a priority: it is thrown away where anybody can read it (DOMAIN §5, LOOK). Papers keep their
official Vietnamese names in every language.
"""

from kiosk.receipts.appointment import AppointmentFacts, appointment_receipt
from kiosk.receipts.checklist import checklist_receipt
from kiosk.receipts.day import DayFacts, day_receipt
from kiosk.receipts.dossier import DossierFacts, HandedIn, dossier_receipt
from kiosk.receipts.more_papers import MorePapersFacts, more_papers_receipt
from kiosk.receipts.result import result_receipt
from kiosk.receipts.roll import RollTicket, read_roll_code, record_of, roll_receipt
from kiosk.receipts.specimens import specimens
from kiosk.receipts.test_page import PrinterFacts, printer_receipt
from kiosk.receipts.ticket import TicketFacts, ticket_receipt

__all__ = [
    "AppointmentFacts",
    "DayFacts",
    "DossierFacts",
    "HandedIn",
    "MorePapersFacts",
    "PrinterFacts",
    "RollTicket",
    "TicketFacts",
    "appointment_receipt",
    "checklist_receipt",
    "day_receipt",
    "dossier_receipt",
    "more_papers_receipt",
    "printer_receipt",
    "read_roll_code",
    "record_of",
    "result_receipt",
    "roll_receipt",
    "specimens",
    "ticket_receipt",
]
