"""While the hub gives the number: calm, and there as soon as something is waited for (`later`)."""

from PySide6.QtWidgets import QVBoxLayout

from ui.kiosk.screen import KioskScreen
from ui.kiosk.shown import Shown
from ui.kiosk.subject import Subject
from ui.widgets import TextLabel


class IssuingScreen(KioskScreen):
    """Says that the number is coming; after the patience, that it takes a little longer."""

    shape = "high"
    has_nav = False

    def fill(self, body: QVBoxLayout) -> None:
        """Put the sentence, what the number is for, and later the word about the delay."""
        theme, say = self.shown.theme, self.shown.say
        body.addStretch(1)
        title = TextLabel(
            theme, say("Your number is coming"), "welcome", align="center", max_lines=2, smaller="question"
        )
        title.setObjectName("issuing")
        body.addWidget(title)
        body.addSpacing(theme.space("s5"))
        body.addWidget(Subject(self.shown, self.page_width()))
        body.addSpacing(theme.space("s5"))
        slow = say("The hub answers slowly, please wait a moment.")
        self._slow = TextLabel(theme, slow, "body", color="ink_2", align="center")
        self._slow.setObjectName("slow")
        self._slow.setVisible(self.shown.state.slow)
        body.addWidget(self._slow)
        body.addStretch(2)

    def refresh(self, shown: Shown) -> None:
        """Say when it takes longer."""
        super().refresh(shown)
        self._slow.setVisible(shown.state.slow)
