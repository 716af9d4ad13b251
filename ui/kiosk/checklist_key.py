"""The key that prints something to take home, and says on itself what becomes of it (LOOK 04)."""

from kiosk.flows.kiosk_checklist import ChecklistWanted, SlipWanted
from kiosk.flows.kiosk_state import KioskState, Paper
from kiosk.i18n import Words
from ui.kiosk.shown import Shown
from ui.widgets import SillButton

PRINT = "Print this list"
PRINT_SLIP = "Print this slip"
AFTER = {
    Paper.PRINTING: "Printing it",
    Paper.PRINTED: "It is printed",
    Paper.UNCERTAIN: "See the slot",
}
"""What the key says instead while a checklist is coming and when it has come: never wider, or the page would move."""
SLIP_AFTER = {**AFTER, Paper.PRINTING: "Printing the slip", Paper.PRINTED: "Take your slip"}
NO_LIST = {"paper_out": "No paper"}
"""Why none is printed now, as short as a key; whatever else it is, is staff's to know."""
NOT_READY = "Not ready"


class ChecklistKey(SillButton):
    """Offers the print, and is off with its reason as its own words while there is none to be had.

    With `slip` it prints the slip of a coming day in place of a checklist.
    """

    def __init__(self, shown: Shown, *, slip: bool = False) -> None:
        super().__init__(shown.theme, "", kind="pill", icon="printer")
        self._slip = slip
        self.setObjectName("print_slip" if slip else "print_checklist")
        self.show_state(shown)

    def show_state(self, shown: Shown) -> None:
        """Say how it stands now."""
        why = why_not(shown.state, shown.say, slip=self._slip)
        words = why or shown.say(PRINT_SLIP if self._slip else PRINT)
        if (words, why) != (self.text(), self.off):
            self.setTitle(words)
            self.set_off(why)


def why_not(state: KioskState, say: Words, *, slip: bool = False) -> str | None:
    """Return why nothing can be asked for now, or what becomes of what was; None where it can."""
    coming = state.checklist
    after = SLIP_AFTER if slip else AFTER
    if coming is not None and coming.paper in after:
        return say(after[coming.paper])
    trouble = coming.detail if coming is not None else state.printer_trouble
    if coming is None and not trouble:
        return None
    return say(NO_LIST.get(trouble, NOT_READY))


def wish(shown: Shown) -> ChecklistWanted:
    """Return the wish, under an id made at the moment of the touch."""
    return ChecklistWanted(shown.new_attempt().command_id)


def slip_wish(shown: Shown) -> SlipWanted:
    """Return the wish for a slip, as `wish`."""
    return SlipWanted(shown.new_attempt().command_id)
