"""Which queues a counter serves, changed while it is open: a touch for each queue, then one to save."""

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from kiosk.flows import supervisor_events as ev
from ui.supervisor.moment import Moment, queue_title
from ui.supervisor.screens import Frame
from ui.theme import Theme
from ui.widgets import SillButton, TextLabel

IN_ROW = 3


class QueuesScreen(Frame):
    """Every queue of the centre with how this counter takes it."""

    def __init__(self, theme: Theme, moment: Moment, *, on_event: Callable[[ev.Event], None]) -> None:
        super().__init__(theme, moment)
        say, part = moment.say, moment.state.part
        number = part.id if part is not None else ""
        question = TextLabel(theme, say("Which lines does counter {n} serve?", n=number), "question")
        question.setObjectName("question")
        self.body.addWidget(question)
        self.body.addWidget(TextLabel(theme, say("Touch a line to change it."), "body", color="ink_2"))
        grid = QGridLayout()
        grid.setSpacing(theme.mm(3))
        self._buttons: dict[str, SillButton] = {}
        for place, (queue_id, queue) in enumerate(moment.view.queues.items() if moment.view is not None else ()):
            title = queue_title(queue, moment.language)
            button = SillButton(theme, title, note=" ", align="left", title_role="label", height=theme.mm(19))
            button.setObjectName(f"serve_{queue_id}")
            button.clicked.connect(lambda _=False, touched=queue_id: on_event(ev.Cycled(touched)))
            self._buttons[queue_id] = button
            grid.addWidget(button, place // IN_ROW, place % IN_ROW)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        ways = QHBoxLayout()
        ways.setSpacing(theme.mm(4))
        self._save = SillButton(theme, say("Save"), kind="next")
        self._save.setObjectName("save")
        self._save.clicked.connect(lambda: on_event(ev.Saved()))
        back = SillButton(theme, say("Back"), icon="arrow-left", key="Esc")
        back.setObjectName("back")
        back.clicked.connect(lambda: on_event(ev.Left()))
        ways.addWidget(self._save, 1)
        ways.addWidget(back, 1)
        self.body.addLayout(ways)
        self.add_notice()

    def show_moment(self, moment: Moment) -> None:
        """Say of each queue how it is taken."""
        super().show_moment(moment)
        say, tiers = moment.say, moment.state.tiers
        for queue, button in self._buttons.items():
            place = next((n for n, tier in enumerate(tiers) if queue in tier), None)
            words = say("not here") if place is None else say("first") if place == 0 else say("when these are empty")
            button.setNote(words)
            button.set_chosen(place is not None)
        self._save.set_off(None if any(tiers) else say("Choose at least one line."))
