"""Vietnamese marks change words: Ễ drawn as Ê is another word. Every widget with text must show all of their ink."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QLabel, QWidget

from ui.theme import Metrics, Theme
from ui.widgets import (
    CallDoor,
    DoorTile,
    FaceButton,
    Fact,
    FieldTile,
    HandSlab,
    IconText,
    Notice,
    PaperRow,
    SearchField,
    SillButton,
    TextField,
    TextLabel,
    WallHeader,
)
from ui.widgets.access_bar import LanguageButton
from ui.widgets.keyboard import Key
from ui.widgets.text_block import TextBlock

MARKS = "ẤỄỘỮẲ"
BLANK = " "
KEPT = 0.985  # a cut tilde of Ễ loses more ink than this leaves


@dataclass(frozen=True)
class Case:
    """How to make a widget with a text, and in which style the text is drawn."""

    make: Callable[[Theme, str], QWidget]
    role: str
    weight: int | None = None
    kind: str = "kiosk"


CASES: dict[str, Case] = {
    "label": Case(lambda theme, text: TextLabel(theme, text), "body"),
    "label of a question": Case(lambda theme, text: TextLabel(theme, text, "question"), "question"),
    "smallest label": Case(lambda theme, text: TextLabel(theme, text, "caption"), "caption"),
    "label, centred": Case(lambda theme, text: TextLabel(theme, text, "hero", align="center"), "hero"),
    "plain button": Case(lambda theme, text: SillButton(theme, text), "label"),
    "pill": Case(lambda theme, text: SillButton(theme, text, kind="pill"), "body", 600),
    "next step": Case(lambda theme, text: SillButton(theme, text, kind="next", trail=""), "button"),
    "slab of the home screen": Case(lambda theme, text: SillButton(theme, text, kind="hero", trail=""), "hero"),
    "square": Case(lambda theme, text: SillButton(theme, text, kind="square", icon="bell-ringing"), "label"),
    "wall button": Case(lambda theme, text: SillButton(theme, text, kind="wall"), "caption", 600),
    "second line": Case(lambda theme, text: SillButton(theme, BLANK, note=text), "caption"),
    "word at the end": Case(lambda theme, text: SillButton(theme, BLANK, note=text, note_side="right"), "caption"),
    "door": Case(lambda theme, text: DoorTile(theme, text, None, "files"), "value"),
    "field": Case(lambda theme, text: FieldTile(theme, "A", text), "row"),
    "paper": Case(lambda theme, text: PaperRow(theme, text, state="not_needed"), "row", 600),
    "paper of the clerk": Case(
        lambda theme, text: PaperRow(theme, text, state="not_needed", flat=True), "row", 600, "clerk"
    ),
    "face": Case(lambda theme, text: FaceButton(theme, "skip", text), "row", None, "tablet"),
    "notice": Case(lambda theme, text: Notice(theme, text, kind="note"), "body"),
    "slab for hands": Case(lambda theme, text: HandSlab(theme, text), "button"),
    "fact": Case(lambda theme, text: Fact(theme, "cash", BLANK, text), "value"),
    "icon with words": Case(lambda theme, text: IconText(theme, "cash", text), "body"),
    "header": Case(lambda theme, text: WallHeader(theme, text), "caption", 600),
    "language": Case(lambda theme, text: LanguageButton(theme, text, False), "caption", 600),
    "key": Case(lambda theme, text: Key(theme, text), "row", 600),
    "search at rest": Case(lambda theme, text: SearchField(theme, text, ""), "body", 700),
    "entry field": Case(lambda theme, text: typed_into(TextField(theme, ""), text), "body", None, "clerk"),
}


def typed_into(field: TextField, text: str) -> TextField:
    field.setText(text)
    return field


def theme_of(kind: str) -> Theme:
    sizes = {
        "kiosk": (80, 1080, 1920),
        "clerk": (96, 1366, 768),
        "tablet": (149, 1280, 800),
        "board": (51.3, 1920, 1080),
    }
    dpi, width, height = sizes[kind]
    return Theme("light", Metrics.from_dpi(dpi, width, height), types=kind, reduced_motion=True, viewing_m=10)


def ink(marked: QImage, blank: QImage) -> float:
    """Add up how much of each pixel the text covers, in pixels."""
    changes = [abs(one - two) for one, two in zip(grey(marked), grey(blank), strict=True)]
    strongest = max(changes)
    return sum(changes) / strongest if strongest else 0.0


def grey(image: QImage) -> bytes:
    flat = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = bytes(flat.constBits())
    width, stride = flat.width(), flat.bytesPerLine()
    return b"".join(rows[y * stride : y * stride + width] for y in range(flat.height()))


def free_ink(theme: Theme, role: str, weight: int | None) -> float:
    """Return the ink of the marks on a sheet that is far too large to cut anything."""
    block = TextBlock(theme, MARKS, role, 10_000, weight=weight)
    side = round(block.width + 6 * block.px)
    sheets = []
    for write in (True, False):
        sheet = QImage(side, side, QImage.Format.Format_RGB32)
        sheet.fill(QColor("white"))
        if write:
            painter = QPainter(sheet)
            block.draw(painter, 2 * block.px, side / 2 - block.px, side, "ink")
            painter.end()
        sheets.append(sheet)
    return ink(*sheets)


@pytest.mark.parametrize("name", CASES)
def test_all_ink_of_the_marks_is_on_the_screen(qapp: object, picture: Callable[..., QImage], name: str) -> None:
    case = CASES[name]
    theme = theme_of(case.kind)
    marked, blank = case.make(theme, MARKS), case.make(theme, BLANK)
    width = max(marked.sizeHint().width(), marked.minimumWidth(), 240)
    tall = marked.heightForWidth(width) if marked.hasHeightForWidth() else marked.sizeHint().height()
    height = max(tall, marked.minimumHeight())
    shown = ink(picture(marked, width, height), picture(blank, width, height))
    assert shown >= KEPT * free_ink(theme, case.role, case.weight)


def test_the_guard_notices_what_a_plain_label_of_qt_cuts(qapp: object, picture: Callable[..., QImage]) -> None:
    theme = theme_of("kiosk")
    labels = []
    for text in (MARKS, BLANK):
        label = QLabel(text)
        label.setFont(theme.font("question"))
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        label.setStyleSheet(f"color: {theme.hex('ink')}; background: white")
        labels.append(label)
    size = labels[0].sizeHint()
    shown = ink(*(picture(label, size.width(), size.height()) for label in labels))
    assert shown < KEPT * free_ink(theme, "question", None)


def test_the_board_shows_the_marks_of_its_counter(qapp: object, picture: Callable[..., QImage]) -> None:
    """The door may draw its words smaller; so their height above the capitals is measured, not their ink."""
    theme = theme_of("board")
    doors = [CallDoor(theme, greeting=BLANK, number=BLANK, counter=text) for text in ("Ễ", "E", "Ẳ", "A")]
    high = [
        top_of_change(picture(door, 900, 700), picture(CallDoor(theme, greeting=BLANK, counter=BLANK), 900, 700))
        for door in doors
    ]
    cap = TextBlock(theme, "E", "counter", 1000).px * 0.74
    assert high[1] - high[0] >= 0.36 * cap
    assert high[3] - high[2] >= 0.36 * cap


def top_of_change(one: QImage, other: QImage) -> int:
    """Return the first row, right of the arrow, in which two pictures differ."""
    for y in range(one.height()):
        if any(one.pixel(x, y) != other.pixel(x, y) for x in range(one.width() // 2 + 40, one.width())):
            return y
    return one.height()
