"""The supervisor's questions: who it is, her PIN, why something is closed, which day goes on paper."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from kiosk.flows import supervisor_events as ev
from kiosk.flows.supervisor_state import CLOCK, REASONS, TAKEOVER, Screen
from ui.supervisor.moment import Moment, queue_title
from ui.supervisor.screens import Frame, OnEvent
from ui.theme import Theme
from ui.widgets import Choices, IconText, Keypad, PinDots, SillButton, TextLabel


def answers_of(moment: Moment) -> tuple[list[tuple[str, str]], Callable[[str], ev.Event]]:
    """Return what may be answered now, each with its words, and what an answer means."""
    state = moment.state
    match state.screen:
        case Screen.NAMES:
            return list(moment.supervisors.items()), ev.Picked
        case Screen.DAYS:
            return moment.days(), ev.DayPicked
        case Screen.REASON if state.part is not None:
            return [(code, moment.reason(code)) for code in REASONS[state.part.kind]], ev.Reasoned
    return [], ev.Picked


class QuestionScreen(Frame):
    """Who it is, her PIN, or why something is closed."""

    def __init__(self, theme: Theme, moment: Moment, *, on_event: OnEvent) -> None:
        super().__init__(theme, moment)
        state, say = moment.state, moment.say
        self._dots: PinDots | None = None
        self.body.addWidget(IconText(theme, *_about(moment), "body", color="primary"))
        if state.screen is Screen.PIN:
            self._add_pin(theme, moment, on_event)
        else:
            name, title = {
                Screen.NAMES: (
                    "staff",
                    say("Who confirms it?") if state.part in (CLOCK, TAKEOVER) else say("Who changes it?"),
                ),
                Screen.DAYS: ("day", say("Which day's report is printed?")),
            }.get(state.screen, ("reason", say("Why does it close?")))
            question = TextLabel(theme, title, "question")
            question.setObjectName("question")
            self.body.addWidget(question)
            answers, meaning = answers_of(moment)
            choices = Choices(
                theme,
                name,
                answers,
                back=say("Back"),
                on_pick=lambda value: on_event(meaning(value)),
                on_back=lambda: on_event(ev.Left()),
            )
            self.body.addWidget(choices, 1)
        self.add_notice()

    def _add_pin(self, theme: Theme, moment: Moment, on_event: OnEvent) -> None:
        say = moment.say
        halves = QHBoxLayout()
        halves.setSpacing(theme.mm(14))
        left = QVBoxLayout()
        left.setSpacing(theme.mm(3))
        left.addWidget(TextLabel(theme, moment.supervisors.get(moment.state.staff, ""), "body", color="primary"))
        left.addWidget(TextLabel(theme, say("Type your PIN"), "question"))
        self._dots = PinDots(theme)
        self._dots.setObjectName("pin")
        left.addWidget(self._dots)
        enter = SillButton(theme, say("Go on"), kind="next", key="Enter")
        enter.setObjectName("enter")
        enter.clicked.connect(lambda: on_event(ev.Entered()))
        left.addWidget(enter)
        back = SillButton(theme, say("Back"), icon="arrow-left", key="Esc")
        back.setObjectName("back")
        back.clicked.connect(lambda: on_event(ev.Left()))
        left.addWidget(back)
        left.addStretch(1)
        pad = Keypad(theme, clear=say("Clear"))
        pad.key.connect(lambda key: on_event(ev.Typed("" if key == "\b" else key)))
        pad.cleared.connect(lambda: on_event(ev.Picked(moment.state.staff)))
        halves.addLayout(left, 1)
        halves.addWidget(pad, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(halves, 1)

    def show_moment(self, moment: Moment) -> None:
        """Show how many digits there are, never which."""
        super().show_moment(moment)
        if self._dots is not None:
            self._dots.set_count(len(moment.state.pin))


def _about(moment: Moment) -> tuple[str, str]:
    """Return icon and words of what the question is about."""
    say, part, view = moment.say, moment.state.part, moment.view
    if moment.state.screen is Screen.DAYS:
        return "printer", say("Print a day's report")
    if part is None or view is None:
        return "door-enter", ""
    if part == CLOCK:
        return "clock", say("The hub's clock")
    if part == TAKEOVER:
        return "server", say("The standby takes over")
    if part.kind == "queue" and part.id in view.queues:
        return "door-enter", queue_title(view.queues[part.id], moment.language)
    return "door-enter", say("Counter {n}", n=part.id) if part.kind == "counter" else f"{say('Kiosk')} {part.id}"
