"""The tablet's screens, one for each phase (LOOK 13, 13b, 13d, 13f)."""

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.text import pick
from kiosk.flows.tablet import Phase
from kiosk.i18n import Words, words
from kiosk.wire.ballots import LabelSet
from ui.tablet.look import Look
from ui.tablet.parts import CalledWall, Doorway, FaceRow, Flush
from ui.theme import Theme
from ui.widgets import (
    AccessBar,
    CallDoor,
    DoorFrame,
    FaceButton,
    IconText,
    IconView,
    NumberLabel,
    Panel,
    Span,
    TextLabel,
    WallHeader,
)

FACES = {"very_satisfied": "very_good", "satisfied": "good", "not_satisfied": "bad"}
"""The drawing beside each label: one colour and one size for all, good to bad (LOOK 13)."""
CELL_AIR_EM = 0.055
"""Air beside a digit in its cell, in em (LOOK, equal cells)."""
SIDE_SHARE, PAPER_SHARE = 44, 84
"""How the idle screen is divided between wall and paper."""


class Asks(Protocol):
    """What the screens ask of the window."""

    def choose(self, choice: str) -> None:
        """Rate."""
        ...

    def skip(self) -> None:
        """Do not rate."""
        ...

    def choose_language(self, language: str) -> None:
        """Read another language."""
        ...

    def touch_option(self, option: str) -> None:
        """Change text size or contrast."""
        ...


class TabletScreen(Panel):
    """A whole screen; its clock goes on by itself."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "wall")
        self.header: WallHeader | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)

    def show_clock(self, clock: str) -> None:
        """Let the clock go on, where the screen has one."""
        if self.header is not None:
            self.header.setClock(clock)


def build(theme: Theme, look: Look, label_set: LabelSet, asks: Asks) -> TabletScreen:
    """Build the screen of a look."""
    say = words(look.language, "tablet")
    screen = TabletScreen(theme)
    if look.phase in (Phase.IDLE, Phase.SERVING):
        _counter_screen(screen, theme, say, look, asks)
    elif look.phase is Phase.CALLED:
        _called_screen(screen, theme, say, look, asks)
    elif look.phase is Phase.RATING:
        _rating_screen(screen, theme, say, look, label_set, asks)
    else:
        _thanks_screen(screen, theme, say, look, asks)
    return screen


def _bar(theme: Theme, say: Words, look: Look, asks: Asks) -> AccessBar:
    labels = {"text_size": say("Larger text"), "contrast": say("Contrast")}
    bar = AccessBar(theme, labels=labels, languages=look.languages, language=look.language, chosen=look.options)
    bar.option_clicked.connect(asks.touch_option)
    bar.language_clicked.connect(asks.choose_language)
    return bar


def _frame(screen: TabletScreen, theme: Theme, say: Words, look: Look, asks: Asks, shape: str, title: str) -> DoorFrame:
    screen.header = WallHeader(theme, title, clock=" ")
    frame = DoorFrame(theme, shape, header=screen.header, nav=None, bar=_bar(theme, say, look, asks))
    screen.column.addWidget(frame)
    return frame


def _counter_screen(screen: TabletScreen, theme: Theme, say: Words, look: Look, asks: Asks) -> None:
    """The counter and who sits there; or, while serving, whose turn it is."""
    halves = QHBoxLayout()
    halves.setSpacing(0)
    halves.addWidget(_clerk(theme, say, look), SIDE_SHARE)
    paper = Panel(theme, "paper")
    column = QVBoxLayout(paper)
    margin = theme.margin
    column.setContentsMargins(margin, margin, margin, margin)
    serving = look.phase is Phase.SERVING
    title = say("Serving number") if serving else say("Counter")
    column.addWidget(TextLabel(theme, title, "hero", color="primary"))
    number = NumberLabel(theme, look.number if serving else str(look.counter), "number", align="left")
    number.setObjectName("serving_number" if serving else "counter_number")
    column.addWidget(number if serving else Flush(number, round(theme.type("number").px * CELL_AIR_EM)))
    column.addStretch(1)
    if serving:
        note = say("Counter {n}", n=look.counter)
    elif look.open:
        note = say("Please have a seat, your number will be called.")
    else:
        note = say("This counter is closed for now. Please look at the hall display.")
    column.addWidget(TextLabel(theme, note, "body", color="ink_2"))
    halves.addWidget(paper, PAPER_SHARE)
    screen.column.addLayout(halves, 1)
    screen.column.addWidget(_bar(theme, say, look, asks))


def _clerk(theme: Theme, say: Words, look: Look) -> QWidget:
    """Who serves here. No picture of staff is kept, so a doorway with a person stands for everyone alike."""
    side = Panel(theme, "wall")
    column = QVBoxLayout(side)
    margin = theme.space("s6")
    column.setContentsMargins(margin, margin, margin, margin)
    column.setSpacing(theme.space("s3"))
    column.addWidget(Doorway(theme, someone=bool(look.staff_name)), 1)
    if look.staff_name:
        name = TextLabel(theme, look.staff_name, "value", color="on_wall", align="center")
        name.setObjectName("staff_name")
        column.addWidget(name)
        column.addWidget(TextLabel(theme, say("serves you here"), "body", color="on_wall_2", align="center"))
    else:
        column.addWidget(TextLabel(theme, say("Nobody sits here now"), "body", color="on_wall_2", align="center"))
    return side


def _called_screen(screen: TabletScreen, theme: Theme, say: Words, look: Look, asks: Asks) -> None:
    """The number in a saffron door on the wall, roots beside it (LOOK 13b)."""
    wall = CalledWall(theme)
    screen.header = WallHeader(theme, say("Counter {n}", n=look.counter), clock=" ")
    door = CallDoor(theme, greeting=say("Now calling"), number=look.number, note=say("Please sit down at this counter"))
    door.setObjectName("called_door")
    wall.stand(screen.header, door)
    screen.column.addWidget(wall, 1)
    screen.column.addWidget(_bar(theme, say, look, asks))


def _rating_screen(screen: TabletScreen, theme: Theme, say: Words, look: Look, label_set: LabelSet, asks: Asks) -> None:
    title = say("Counter {n}  ·  Number {number}", n=look.counter, number=look.number)
    frame = _frame(screen, theme, say, look, asks, "low", title)
    body = frame.body
    body.addWidget(TextLabel(theme, say("How was the service?"), "question", align="center"))
    larger = theme.text_step > 1.0
    if not larger:
        body.addWidget(TextLabel(theme, say("One tap is enough"), "body", color="ink_2", align="center"))
    faces = []
    for label in label_set.labels:
        face = FaceButton(theme, FACES[label.choice], pick(label.text, look.language))
        face.setObjectName(f"face_{label.choice}")
        face.clicked.connect(lambda _=False, choice=label.choice: asks.choose(choice))
        faces.append(face)
    skip = FaceButton(theme, "skip", say("No rating"))
    skip.setObjectName("face_skip")
    skip.clicked.connect(lambda: asks.skip())
    body.addWidget(FaceRow([*faces, skip], theme.space("s3")), 1)
    closes = say("Closes by itself after {n} seconds.", n=look.close_s)
    # Larger text leaves out what can be done without: the faces and the promise stay whole.
    promise = [Span(say("Staff cannot see this rating."))]
    if not larger:
        promise.append(Span(f"  {closes}", color="ink_2"))
    body.addWidget(IconText(theme, "lock", promise, "body", align="center"))


def _thanks_screen(screen: TabletScreen, theme: Theme, say: Words, look: Look, asks: Asks) -> None:
    frame = _frame(screen, theme, say, look, asks, "high", say("Counter {n}", n=look.counter))
    body = frame.body
    body.addStretch(1)
    body.addWidget(IconView(theme, "circle-check", mm=26), 0, Qt.AlignmentFlag.AlignHCenter)
    thanks = TextLabel(theme, say("Thank you!"), "hero", align="center", weight=700)
    thanks.setObjectName("thanks")
    body.addWidget(thanks)
    if look.sent:
        note = say("Your rating is sealed and carries no name.")
        body.addWidget(TextLabel(theme, note, "body", color="ink_2", align="center"))
    body.addStretch(2)
