"""The hub's machine was set forward by more than a day: is what it shows the time? (DESIGN §3)"""

from PySide6.QtWidgets import QHBoxLayout

from kiosk.flows import supervisor_events as ev
from ui.supervisor.moment import Moment
from ui.supervisor.screens import Frame, OnEvent
from ui.theme import Theme
from ui.widgets import IconText, SillButton, TextLabel


class ClockScreen(Frame):
    """Both times, and what each answer does: hall time that was once in a wrong year never leaves it again."""

    def __init__(self, theme: Theme, moment: Moment, *, on_event: OnEvent) -> None:
        super().__init__(theme, moment)
        say = moment.say
        self.body.addWidget(IconText(theme, "clock", say("The hub's clock"), "body", color="primary"))
        self._question = TextLabel(theme, "", "question")
        self._question.setObjectName("question")
        self.body.addWidget(self._question)
        self._kept = TextLabel(theme, "", "body", color="ink_2")
        self._kept.setObjectName("kept")
        self.body.addWidget(self._kept)
        ways = QHBoxLayout()
        ways.setSpacing(theme.mm(4))
        height = theme.mm(22)
        note = say("The hall goes on in the new time. This cannot be taken back.")
        yes = SillButton(theme, say("Yes, that is the time"), note=note, align="left", title_role="row", height=height)
        yes.setObjectName("accept")
        yes.clicked.connect(lambda: on_event(ev.ClockAccepted()))
        note = say("Set the hub's machine right: then nothing is asked any more.")
        no = SillButton(
            theme, say("No, it is wrong"), note=note, key="Esc", align="left", title_role="row", height=height
        )
        no.setObjectName("back")
        no.clicked.connect(lambda: on_event(ev.Left()))
        ways.addWidget(yes, 1)
        ways.addWidget(no, 1)
        self.body.addLayout(ways)
        self.add_notice()
        self.body.addStretch(1)

    def show_moment(self, moment: Moment) -> None:
        """Let both clocks go on."""
        super().show_moment(moment)
        say = moment.say
        self._question.setText(say("Is it {time}?", time=moment.machine_time()))
        self._kept.setText(say("Until you say so the hall keeps {time}.", time=moment.moment()))
