"""The supervisor's frame, and the hall in three columns with the keys below them."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.flows import supervisor_events as ev
from kiosk.flows.supervisor_state import CLOCK, TAKEOVER, Part
from ui.supervisor.moment import Moment, queue_title
from ui.theme import Theme
from ui.widgets import Notice, Pages, Panel, Rule, SillButton, Span, TextLabel

OnEvent = Callable[[ev.Event], None]
ROW_MM = 17
WHY_KEY, REPORT_KEY, CLOCK_KEY, TAKEOVER_KEY = "F1", "F2", "F3", "F4"


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

    def add_notice(self, column: QVBoxLayout | None = None) -> None:
        """Put the place of the one sentence below what is there, in the sheet's column or another."""
        (column or self.body).addWidget(self._notice)

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
        self._trouble = Notice(theme, " ", kind="alarm")
        self._trouble.setObjectName("clock_trouble")
        self.body.addWidget(self._trouble)
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
        keys = QHBoxLayout()
        keys.setSpacing(theme.mm(4))
        self._report = self._key(say("Print a day's report"), "printer", REPORT_KEY, ev.ReportAsked())
        self._report.setObjectName("report")
        self._why = self._key(say("Why this order?"), "help-circle", WHY_KEY, ev.WhyAsked())
        self._why.setObjectName("ask_why")
        self._clock_key = self._key(say("Confirm the clock"), "clock", CLOCK_KEY, ev.Touched(CLOCK))
        self._clock_key.setObjectName("confirm_clock")
        self._takeover = self._key(say("The standby takes over"), "server", TAKEOVER_KEY, ev.Touched(TAKEOVER))
        self._takeover.setObjectName("take_over")
        self._keys = {
            WHY_KEY: self._why,
            REPORT_KEY: self._report,
            CLOCK_KEY: self._clock_key,
            TAKEOVER_KEY: self._takeover,
        }
        for button in self._keys.values():
            keys.addWidget(button)
        keys.addStretch(1)
        self.body.addLayout(keys)

    def press(self, key: str) -> None:
        """Press a key of the hall by its name."""
        if self._keys[key].isVisible():
            self._keys[key].click()

    def _key(self, title: str, icon: str, key: str, event: ev.Event) -> SillButton:
        """Make a key of the hall; switched off, it says why."""
        button = SillButton(self._theme, title, icon=icon, key=key, title_role="label")
        button.clicked.connect(lambda: self._on_event(event))
        button.asked_why.connect(lambda why: self._on_event(ev.Explained(why)))
        return button

    def show_moment(self, moment: Moment) -> None:
        """Bring each column up to date; one is built again only where its words have changed."""
        super().show_moment(moment)
        self._why.set_off(moment.no_hub())
        self._report.set_off(moment.no_report())
        self._clock_key.set_off(moment.no_hub())
        self._takeover.setVisible(moment.may_take_over)
        for widget in (self._clock_key, self._trouble):
            widget.setVisible(moment.clock_waits)
        self._trouble.setText(moment.clock_trouble() or " ")
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
        button.clicked.connect(lambda: self._on_event(ev.Touched(part)))
        return button
