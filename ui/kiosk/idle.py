"""Are you still here? The ring goes out stroke by stroke, then the machine forgets (LOOK 09)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from kiosk.flows import kiosk_events as e
from ui.kiosk.screen import KioskScreen
from ui.widgets import CountdownRing, IconText, SillButton, TextLabel


class IdleScreen(KioskScreen):
    """Stands before the screen it asks about, which keeps its place behind it."""

    shape = "high"
    has_nav = False

    def fill(self, body: QVBoxLayout) -> None:
        """Put the question, the ring and the two answers."""
        self.setObjectName("screen_idle")
        theme, say = self.shown.theme, self.shown.say
        question = TextLabel(
            theme, say("Are you still here?"), "welcome", align="center", max_lines=2, smaller="question"
        )
        self._ring = CountdownRing(theme, unit=say("seconds"))
        self._ring.setObjectName("countdown")
        stay = SillButton(theme, say("Yes, go on"), kind="next", note=say("Take all the time you need"))
        stay.setObjectName("still_here")
        stay.clicked.connect(lambda: self.tell(e.StillHere()))
        leave = SillButton(theme, say("I am done"))
        leave.setObjectName("leave")
        leave.clicked.connect(lambda: self.tell(e.HomePressed()))
        forgets = IconText(theme, "lock", say("When time is up, this machine forgets your choices."), color="ink_2")
        answers = QVBoxLayout()
        answers.setSpacing(theme.space("s3"))
        answers.addWidget(stay)
        answers.addWidget(leave)
        body.addWidget(question)
        if theme.metrics.portrait:
            body.addStretch(1)
            body.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignHCenter)
            body.addStretch(1)
            body.addLayout(answers)
        else:
            row = QHBoxLayout()
            row.setSpacing(theme.space("s7"))
            row.addWidget(self._ring)
            row.addLayout(answers, 1)
            body.addStretch(1)
            body.addLayout(row)
        body.addStretch(1)
        body.addWidget(forgets)

    def tick(self, seconds_left: int) -> None:
        """Let strokes go out."""
        self._ring.set_remaining(seconds_left)
