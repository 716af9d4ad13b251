"""All screens of the kiosk, by the flow's name for them."""

from kiosk.flows.kiosk_state import Screen
from ui.kiosk.details import DetailsScreen
from ui.kiosk.fields import FieldsScreen
from ui.kiosk.home import HomeScreen
from ui.kiosk.issuing import IssuingScreen
from ui.kiosk.procedure import ProcedureScreen
from ui.kiosk.procedures import ProceduresScreen
from ui.kiosk.screen import KioskScreen
from ui.kiosk.search import SearchScreen
from ui.kiosk.ticket import TicketScreen
from ui.kiosk.trouble import TroubleScreen

SCREENS: dict[Screen, type[KioskScreen]] = {
    Screen.HOME: HomeScreen,
    Screen.FIELDS: FieldsScreen,
    Screen.PROCEDURES: ProceduresScreen,
    Screen.SEARCH: SearchScreen,
    Screen.PROCEDURE: ProcedureScreen,
    Screen.DETAILS: DetailsScreen,
    Screen.ISSUING: IssuingScreen,
    Screen.TICKET: TicketScreen,
    Screen.TROUBLE: TroubleScreen,
}
