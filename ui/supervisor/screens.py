"""The supervisor's screens: the hall in three columns, and the questions before something is closed."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.flows import supervisor as flow
from kiosk.flows.supervisor import Part, Screen
from ui.supervisor.moment import Moment, queue_title
from ui.theme import Theme
from ui.widgets import Choices, IconText, Keypad, Notice, Pages, Panel, PinDots, Rule, SillButton, Span, TextLabel

OnEvent = Callable[[flow.Event], None]
ROW_MM = 17


class Frame(Panel):
    """Wall with header and figures of the day, and the sheet below; `.body` is the sheet's column."""

    def __init__(self, theme: Theme, moment: Moment) -> None:
        super().__init__(theme, "wall")
        say = moment.say
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        header = QWidget()
        row = QHBoxLayout(header)
        row.setContentsMargins(theme.mm(5.8), theme.mm(3), theme.mm(5.8), theme.mm(3))
        row.setSpacing(theme.mm(5))
        row.addWidget(TextLabel(theme, say("The hall now"), "row", color="on_wall", weight=700))
        self._totals = TextLabel(theme, "", "body", color="on_wall_2")
        self._totals.setObjectName("totals")
        row.addWidget(self._totals, 1)
        self._clock = TextLabel(theme, "", "value", color="on_wall", align="right")
        row.addWidget(self._clock)
        column.addWidget(header)
        sheet = Panel(theme, "paper")
        column.addWidget(sheet, 1)
        self.body = QVBoxLayout(sheet)
        self.body.setContentsMargins(theme.mm(7), theme.mm(5), theme.mm(7), theme.mm(4))
        self.body.setSpacing(theme.mm(3))
        self._notice = Notice(theme, " ", kind="note", icon="info-circle")
        self._notice.setObjectName("sentence")
        self._notice.hide()

    def add_notice(self) -> None:
        """Put the place of the one sentence below what is there."""
        self.body.addWidget(self._notice)

    def show_moment(self, moment: Moment) -> None:
        """Bring figures, time and sentence up to date."""
        self._totals.setText(moment.totals())
        self._clock.setText(moment.clock())
        sentence = moment.sentence()
        if sentence:
            self._notice.setText(sentence)
        self._notice.setVisible(bool(sentence))


class HallScreen(Frame):
    """Lines, counters, devices. Lines and kiosks can be touched: to close them, or to open them again."""

    def __init__(self, theme: Theme, moment: Moment, *, on_event: OnEvent) -> None:
        super().__init__(theme, moment)
        self._theme, self._on_event = theme, on_event
        say = moment.say
        columns = QHBoxLayout()
        columns.setSpacing(theme.mm(6))
        self._pages: dict[str, Pages] = {}
        self._said: dict[str, object] = {}
        for name, title in (("queues", say("Lines")), ("counters", say("Counters")), ("devices", say("Devices"))):
            column = QVBoxLayout()
            column.setSpacing(theme.mm(2))
            column.addWidget(TextLabel(theme, title, "label"))
            column.addWidget(Rule(theme))
            pages = Pages(theme, next_text=say("More"), previous_text=say("Before"), spacing=theme.mm(2))
            self._pages[name] = pages
            column.addWidget(pages, 1)
            columns.addLayout(column, 1)
        self.body.addLayout(columns, 1)
        self.add_notice()

    def show_moment(self, moment: Moment) -> None:
        """Bring each column up to date; one is built again only where its words have changed."""
        super().show_moment(moment)
        view = moment.view
        if view is None:
            return
        queues = [
            (Part("queue", q, bool(v.closed)), queue_title(v, moment.language), moment.queue_note(q, v), bool(v.closed))
            for q, v in view.queues.items()
        ]
        counters = [
            (
                Part("counter", str(c.counter), tiers=c.serves) if c.state != "closed" else None,
                *moment.counter_words(c),
                c.state == "paused",
            )
            for c in view.counters.values()
        ]
        devices = []
        for device in sorted(view.devices.values(), key=lambda d: (d.present, d.role, d.number or 0)):
            is_kiosk = device.role == "kiosk" and device.number is not None
            closed = str(device.number) in view.closed_kiosks
            part = Part("kiosk", str(device.number), closed) if is_kiosk else None
            devices.append((part, *moment.device_words(device)))
        for name, rows in (("queues", queues), ("counters", counters), ("devices", devices)):
            if self._said.get(name) != rows:
                self._said[name] = rows
                page = self._pages[name].page
                self._pages[name].set_rows([self._row(name, n, *row) for n, row in enumerate(rows)])
                self._pages[name].go(page)

    def _row(self, column: str, place: int, part: Part | None, title: str, note: str, needs: bool) -> QWidget:
        theme = self._theme
        if part is None:
            row = Panel(theme, "paper")
            words = QVBoxLayout(row)
            words.setContentsMargins(0, theme.mm(1), 0, theme.mm(1))
            words.setSpacing(0)
            words.addWidget(TextLabel(theme, title, "label", weight=700))
            words.addWidget(TextLabel(theme, note, "caption", color="need" if needs else "ink_2"))
            row.setObjectName(f"{column}_{place}")
            return row
        said = (Span(note, color="need"),) if needs else note
        button = SillButton(theme, title, note=said, align="left", title_role="label", height=theme.mm(ROW_MM))
        button.setObjectName(f"{part.kind}_{part.id}")
        button.clicked.connect(lambda: self._on_event(flow.Touched(part)))
        return button


class QuestionScreen(Frame):
    """Who it is, her PIN, or why something is closed."""

    def __init__(self, theme: Theme, moment: Moment, *, on_event: OnEvent) -> None:
        super().__init__(theme, moment)
        state, say = moment.state, moment.say
        self._dots: PinDots | None = None
        part = state.part
        what = ""
        if part is not None and moment.view is not None:
            queue = moment.view.queues.get(part.id) if part.kind == "queue" else None
            other = say("Counter {n}", n=part.id) if part.kind == "counter" else f"{say('Kiosk')} {part.id}"
            what = queue_title(queue, moment.language) if queue is not None else other
        self.body.addWidget(IconText(theme, "door-enter", what, "body", color="primary"))
        leave = flow.Left()
        if state.screen is Screen.PIN:
            self._add_pin(theme, moment, on_event)
        else:
            names = state.screen is Screen.NAMES
            title = say("Who changes it?") if names else say("Why does it close?")
            question = TextLabel(theme, title, "question")
            question.setObjectName("question")
            self.body.addWidget(question)
            kind = part.kind if part is not None else "queue"
            reasons = [(code, moment.reason(code)) for code in flow.REASONS.get(kind, ())]
            answers = list(moment.supervisors.items()) if names else reasons
            pick = flow.Picked if names else flow.Reasoned
            self.body.addWidget(
                Choices(
                    theme,
                    "staff" if names else "reason",
                    answers,
                    back=say("Back"),
                    on_pick=lambda value: on_event(pick(value)),
                    on_back=lambda: on_event(leave),
                ),
                1,
            )
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
        enter.clicked.connect(lambda: on_event(flow.Entered()))
        left.addWidget(enter)
        back = SillButton(theme, say("Back"), icon="arrow-left", key="Esc")
        back.setObjectName("back")
        back.clicked.connect(lambda: on_event(flow.Left()))
        left.addWidget(back)
        left.addStretch(1)
        pad = Keypad(theme, clear=say("Clear"))
        pad.key.connect(lambda key: on_event(flow.Typed("" if key == "\b" else key)))
        pad.cleared.connect(lambda: on_event(flow.Picked(moment.state.staff)))
        halves.addLayout(left, 1)
        halves.addWidget(pad, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(halves, 1)

    def show_moment(self, moment: Moment) -> None:
        """Show how many digits there are, never which."""
        super().show_moment(moment)
        if self._dots is not None:
            self._dots.set_count(len(moment.state.pin))
