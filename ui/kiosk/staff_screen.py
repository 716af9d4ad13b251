"""What the screens of the staff menu share: its moment, the row with the way back, the head."""

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout

from kiosk.flows import kiosk_staff as flow
from kiosk.flows.kiosk_staff import Screen
from kiosk.ports import PrinterStatus, StoredJob
from ui.kiosk.screen import KioskScreen
from ui.kiosk.shown import Shown
from ui.kiosk.staff_words import printer_in_words
from ui.widgets import NavRow, Notice, TextLabel


@dataclass(frozen=True)
class StaffMoment:
    """One moment of the menu."""

    state: flow.State
    name: str = ""
    """Hers, once her PIN was right."""
    status: PrinterStatus = PrinterStatus.UNKNOWN
    papers: tuple[StoredJob, ...] = ()
    """Newest first; a ticket may have several."""
    waiting: int = 0
    """Facts that wait for the hub."""
    aside: int = 0
    """Facts the hub could not place."""
    connected: bool = True


class StaffScreen(KioskScreen):
    """A screen of the menu: no bar, no language to choose, its words are the kiosk's own language."""

    def __init__(self, shown: Shown, moment: StaffMoment) -> None:
        self.moment = moment
        super().__init__(shown)
        self.setObjectName(f"staff_{moment.state.screen.value}")

    def show_staff(self, moment: StaffMoment) -> None:
        """Bring the page up to date, built again only where it says something else."""
        before, self.moment = self.moment, moment
        if self.says(before) != self.says(moment):
            self.compose_again()

    def says(self, moment: StaffMoment) -> object:
        """Return what the page is made from."""
        return moment

    def _make_bar(self) -> None:
        return None

    def _make_nav(self) -> NavRow:
        nav = NavRow(self.shown.theme, back=self.back_word())
        if nav.back is not None:
            nav.back.setObjectName("staff_back")  # the citizen's own stands below
        nav.back_clicked.connect(lambda: self.happened.emit(flow.Back()))
        return nav

    def back_word(self) -> str:
        """Return what the way back is called."""
        return self.shown.say("Close")

    def add_head(self, body: QVBoxLayout, title: str) -> None:
        """Put whose page it is, and what it is about; a name only where her PIN was right."""
        theme = self.shown.theme
        typed = self.moment.state.staff if self.moment.state.screen is Screen.PIN else ""
        who = self.moment.name or typed
        whose = f"{self.shown.say('For staff')} · {who}" if who else self.shown.say("For staff")
        body.addWidget(TextLabel(theme, whose, "label", color="primary"))
        body.addWidget(TextLabel(theme, title, "question"))

    def printer_notice(self) -> Notice:
        """Say how the printer is."""
        good = self.moment.status.prints
        sentence = printer_in_words(self.moment.status, self.shown.say)
        icon = "printer" if good else "printer-off"
        notice = Notice(self.shown.theme, sentence, kind="good" if good else "need", icon=icon)
        notice.setObjectName("staff_printer")
        return notice
