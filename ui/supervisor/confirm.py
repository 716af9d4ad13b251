"""Two questions whose answer cannot be taken back: is this the time, is the old machine off (DESIGN §3, §6)."""

from typing import NamedTuple

from PySide6.QtWidgets import QHBoxLayout

from kiosk.flows import supervisor_events as ev
from ui.supervisor.moment import Moment
from ui.supervisor.screens import Frame, OnEvent
from ui.theme import Theme
from ui.widgets import IconText, SillButton, TextLabel

WAY_MM = 22


class Words(NamedTuple):
    """What is asked, what else to know, and each answer with what it does."""

    question: str
    more: str
    yes: tuple[str, str]
    no: tuple[str, str]


class ConfirmScreen(Frame):
    """A question, and beside each answer what it does."""

    def __init__(
        self, theme: Theme, moment: Moment, icon: str, about: str, yes: ev.Event, *, on_event: OnEvent
    ) -> None:
        super().__init__(theme, moment)
        words = self.words(moment)
        self.body.addWidget(IconText(theme, icon, about, "body", color="primary"))
        self._question = TextLabel(theme, words.question, "question")
        self._question.setObjectName("question")
        self.body.addWidget(self._question)
        self._more = TextLabel(theme, words.more, "body", color="ink_2")
        self._more.setObjectName("more")
        self.body.addWidget(self._more)
        ways = QHBoxLayout()
        ways.setSpacing(theme.mm(4))
        for name, (title, note), key, event in (("yes", words.yes, None, yes), ("back", words.no, "Esc", ev.Left())):
            way = SillButton(theme, title, note=note, key=key, align="left", title_role="row", height=theme.mm(WAY_MM))
            way.setObjectName(name)
            way.clicked.connect(lambda _=False, meant=event: on_event(meant))
            ways.addWidget(way, 1)
        self.body.addLayout(ways)
        self.add_notice()
        self.body.addStretch(1)

    def words(self, moment: Moment) -> Words:
        """Return the words of this moment."""
        raise NotImplementedError

    def show_moment(self, moment: Moment) -> None:
        """Let the clocks in the words go on."""
        super().show_moment(moment)
        words = self.words(moment)
        self._question.setText(words.question)
        self._more.setText(words.more)


class ClockScreen(ConfirmScreen):
    """The hub's machine was set forward by more than a day: hall time in a wrong year never leaves it again."""

    def __init__(self, theme: Theme, moment: Moment, *, on_event: OnEvent) -> None:
        super().__init__(theme, moment, "clock", moment.say("The hub's clock"), ev.ClockAccepted(), on_event=on_event)

    def words(self, moment: Moment) -> Words:
        """Return both times, and what follows from each answer."""
        say = moment.say
        return Words(
            say("Is it {time}?", time=moment.machine_time()),
            say("Until you say so the hall keeps {time}.", time=moment.moment()),
            (say("Yes, that is the time"), say("The hall goes on in the new time. This cannot be taken back.")),
            (say("No, it is wrong"), say("Set the hub's machine right: then nothing is asked any more.")),
        )


class OldMachineScreen(ConfirmScreen):
    """Before the standby takes over: two hubs at the same time would give every number twice."""

    def __init__(self, theme: Theme, moment: Moment, *, on_event: OnEvent) -> None:
        about = moment.say("The standby takes over")
        super().__init__(theme, moment, "server", about, ev.OldMachineIsOff(), on_event=on_event)

    def words(self, moment: Moment) -> Words:
        """Return what has to be looked at, and what follows from each answer."""
        say = moment.say
        return Words(
            say("Is the hub's old machine switched off?"),
            say("Go and look. Two hubs at the same time would give every number twice."),
            (say("Yes, I have looked: it is off"), say("Next comes your PIN, then the standby is the hub.")),
            (say("No, or I do not know"), say("Nothing changes. Kiosks go on giving numbers of their own.")),
        )
