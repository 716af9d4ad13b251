"""Every widget in every state, on boards: buttons, texts, blocks, hands, faces, calls, desk; with real words."""

from collections.abc import Iterable

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from ui.scene import Scene
from ui.theme import THEMES, Theme
from ui.widgets import (
    Chip,
    CodeSlots,
    CountdownRing,
    DoorTile,
    Fact,
    FieldTile,
    HandSlab,
    Keyboard,
    Keypad,
    Notice,
    NumberLabel,
    Pages,
    Panel,
    QrPlate,
    QueueToken,
    Rule,
    SearchField,
    SillButton,
    TextLabel,
    rich,
)
from ui.widgets.gallery_page import QUEUES, Say, papers, row_on, sheet, speaker
from ui.widgets.gallery_staff import calls, desk, faces

_SAMPLE_URL = "https://example.gov.vn/t/2ZKQ7M4W9C"


def scenes() -> Iterable[Scene]:
    """Return the boards: kiosk sizes at 80 dpi, the tablet's at 149, the board's by viewing distance."""
    for name, build in (("buttons", buttons), ("texts", texts), ("blocks", blocks), ("hands", hands)):
        yield Scene(name, build, size=(1080, 1920), themes=THEMES)
    yield Scene("buttons-large", buttons, size=(1080, 2760), text_steps=(1.6,), themes=THEMES)
    yield Scene("faces", faces, size=(1280, 800), dpi=149, types="tablet", themes=THEMES)
    yield Scene("calls", calls, size=(1920, 1080), dpi=51.3, types="board", viewing_m=10, themes=THEMES)
    yield Scene("desk", desk, size=(900, 620), dpi=96, types="clerk", themes=THEMES)


def buttons(theme: Theme, language: str) -> QWidget:
    """Every kind of button at rest, pressed, chosen, off, and with the keyboard on it."""
    say = speaker(language)
    page, column = sheet(theme)
    for kind in ("plain", "next", "mangrove", "wall", "pill"):
        column.addLayout(_states(theme, kind, say))
    ring = SillButton(theme, say("Bàn phím ở đây", "Keyboard is here"))
    page.focused = ring
    row = row_on(theme, column)
    row.addWidget(SillButton(theme, say("Quay lại", "Back"), kind="square", icon="arrow-left", icon_color="ink"))
    row.addWidget(ring, 1)
    row.addWidget(SillButton(theme, say("Gọi giúp", "Get help"), kind="square", icon="bell-ringing"))
    hero_note = say("Chọn việc, nhận phiếu, chờ gọi", "Choose, take the paper, wait for the call")
    column.addWidget(SillButton(theme, say("Lấy số", "Get a number"), kind="hero", note=hero_note, icon="ticket"))
    found = say("Đăng ký lại __khai sinh__", "Register a __birth__ again")
    took = say("5 ngày làm việc", "5 working days")
    column.addWidget(SillButton(theme, rich(found), note=took, chip="A", queue="A", trail="chevron-right"))
    unsure = say("Tôi chưa rõ, xem tất cả giấy tờ", "Not sure, show all papers")
    column.addWidget(SillButton(theme, unsure, icon="help-circle", face="sunk", align="left", trail="chevron-right"))
    row = row_on(theme, column)
    row.addWidget(SillButton(theme, say("Chờ lâu", "Long wait"), icon="hourglass", box=True), 1)
    row.addWidget(SillButton(theme, say("Đi lại nhiều", "Many trips"), icon="repeat", box=True, chosen=True), 1)
    column.addStretch(1)
    return page


def _states(theme: Theme, kind: str, say: Say) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.gap)
    pressed = SillButton(theme, say("Nhấn", "Press"), kind=kind, trail="")
    pressed.setDown(True)
    pressed.pressed.emit()
    for button in (
        SillButton(theme, say("Nghỉ", "Rest"), kind=kind, trail=""),
        pressed,
        SillButton(theme, say("Chọn", "Chosen"), kind=kind, chosen=True, trail=""),
        SillButton(theme, say("Tắt", "Off"), kind=kind, trail="", off=say("Máy hết giấy", "Out of paper")),
    ):
        row.addWidget(button, 1)
    return row


def texts(theme: Theme, language: str) -> QWidget:
    """Type roles, marks that must not be cut, numbers, queue marks, papers."""
    say = speaker(language)
    page, column = sheet(theme)
    column.addWidget(TextLabel(theme, "ẤẪẲỄỘỮ Đặt câu hỏi", "question", align="center", max_lines=2))
    for role in ("value", "row", "body", "label", "caption"):
        sentence = say("Trợ cấp hưu trí xã hội, hỗ trợ tiền mai táng", "Social pension, support for a funeral")
        column.addWidget(TextLabel(theme, sentence, role, color="ink_2" if role == "caption" else "ink"))
    row = row_on(theme, column)
    for number in ("A014", "A2-015", "8:42"):
        row.addWidget(NumberLabel(theme, number, px=theme.mm(25)))
    tokens = row_on(theme, column)
    for letter in QUEUES:
        tokens.addWidget(QueueToken(theme, letter))
    marks = row_on(theme, column)
    for letter in QUEUES[:4]:
        marks.addWidget(Chip(theme, letter))
    for mode in ("one_bit", "inverted"):
        marks.addWidget(QueueToken(theme, "K", mode=mode))
    wall = Panel(theme, "wall")
    on_wall = QHBoxLayout(wall)
    for letter in QUEUES[:3]:
        on_wall.addWidget(Chip(theme, letter, on_wall=True))
    marks.addWidget(wall)
    column.addWidget(Rule(theme))
    for paper in papers(theme, say):
        column.addWidget(paper)
    column.addStretch(1)
    return page


def blocks(theme: Theme, language: str) -> QWidget:
    """Facts, notices, the slab for hands, doors and fields, QR, countdown."""
    say = speaker(language)
    page, column = sheet(theme)
    row = row_on(theme, column)
    row.addWidget(Fact(theme, "cash", say("Lệ phí", "Fee"), say("Miễn phí", "Free")), 1)
    ahead = Fact(theme, "users", say("phía trước", "ahead of you"), say("3 người", "3 people"), layout="stack")
    row.addWidget(ahead, 1)
    row.addWidget(QrPlate(theme, _SAMPLE_URL, mm=52))
    missing = say(
        "**Còn thiếu 1: Giấy chứng sinh.** Vẫn lấy số được.", "**1 missing: birth notice.** Still take a number."
    )
    column.addWidget(Notice(theme, rich(missing)))
    early = say("Đến sớm 18 phút, đúng hẹn", "18 minutes early, all is well")
    kept = say("Chỗ lúc 9:00 đang được giữ.", "Your place at 9:00 is kept.")
    column.addWidget(Notice(theme, early, kind="good", note=kept))
    column.addWidget(Notice(theme, say("Máy in chưa đóng nắp", "The printer's lid is open"), kind="alarm"))
    taken = say("Phiếu đang ra", "Your ticket is coming out")
    column.addWidget(HandSlab(theme, taken, say("Mời lấy ở khe bên dưới", "Please take it below")))
    doors = row_on(theme, column)
    doors.addWidget(DoorTile(theme, say("Giấy tờ cần có", "Papers to bring"), None, "file-description"), 1)
    doors.addWidget(
        DoorTile(
            theme,
            say("Tôi có lịch hẹn", "I have a time"),
            say("Báo đã đến và nhận số", "Tell us you are here"),
            "calendar-check",
        ),
        1,
    )
    ring = CountdownRing(theme, unit=say("giây", "seconds"))
    ring.set_remaining(14)
    doors.addWidget(ring)
    grid = QGridLayout()
    grid.setSpacing(theme.gap)
    names = (say("Hộ tịch", "Civil status"), say("Đất đai, xây dựng", "Land and building"))
    for place, (letter, name) in enumerate(zip("AD", names, strict=True)):
        grid.addWidget(FieldTile(theme, letter, name, say("Khai sinh, kết hôn", "Birth, marriage")), 0, place)
    column.addLayout(grid)
    stacked = row_on(theme, column)
    for letter, name in zip("AD", names, strict=True):
        stacked.addWidget(FieldTile(theme, letter, name, stack=True), 1)
    column.addStretch(1)
    return page


def hands(theme: Theme, language: str) -> QWidget:
    """What is typed with: search at rest and in use, code, keypad, pages, keyboard."""
    say = speaker(language)
    page, column = sheet(theme)
    label, hint = say("Tìm theo tên", "Search by name"), say("khai sinh, sổ đỏ…", "birth, land title…")
    column.addWidget(SearchField(theme, label, hint))
    active = SearchField(theme, label, hint, active=True)
    active.setText("khai sinh")
    column.addWidget(active)
    row = row_on(theme, column)
    for digits, secret in (("47", False), ("12", True)):
        slots = CodeSlots(theme, 3, group=0, secret=secret)
        slots.setText(digits)
        row.addWidget(slots)
    row.addStretch(1)
    row = row_on(theme, column)
    row.addWidget(Keypad(theme, clear=say("Xóa hết", "Clear")))
    row.addStretch(1)
    pages = Pages(theme, next_text=say("Xem tiếp", "More"), previous_text=say("Trang trước", "Back"))
    pages.set_rows([SillButton(theme, f"{say('Việc', 'Row')} {n}", align="left") for n in range(1, 6)])
    column.addWidget(pages, 1)
    words = {"clear": say("Xóa hết", "Clear"), "space": say("dấu cách", "space"), "hide": say("Ẩn bàn phím", "Hide")}
    column.addWidget(Keyboard(theme, **words))
    return page
