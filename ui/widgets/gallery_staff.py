"""The gallery's boards of tablet, hall display and clerk."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets import (
    CallDoor,
    CallRow,
    Face,
    FaceButton,
    IconText,
    KeyCap,
    Notice,
    NumberLabel,
    RootArches,
    SillButton,
    TextField,
    TextLabel,
    WaitStrip,
    rich,
)
from ui.widgets.gallery_page import QUEUES, papers, row_on, sheet, speaker


def faces(theme: Theme, language: str) -> QWidget:
    """The rating."""
    say = speaker(language)
    page, column = sheet(theme)
    column.addWidget(
        TextLabel(theme, say("Bà con thấy phục vụ thế nào?", "How were you served?"), "question", align="center")
    )
    row = row_on(theme, column, stretch=1)
    for face, vi, en in (
        ("very_good", "Rất\nhài lòng", "Very\nsatisfied"),
        ("good", "Hài lòng", "Satisfied"),
        ("bad", "Không\nhài lòng", "Not\nsatisfied"),
        ("very_bad", "Rất không\nhài lòng", "Not satisfied\nat all"),
        ("skip", "Không\nđánh giá", "No rating"),
    ):
        row.addWidget(FaceButton(theme, face, say(vi, en)), 1)
    secret = say("Cán bộ không xem được đánh giá này.", "Staff cannot see this rating.")
    column.addWidget(IconText(theme, "lock", secret, align="center"))
    small = row_on(theme, column)
    small.addStretch(1)
    for face in ("very_good", "good", "bad", "very_bad"):
        small.addWidget(Face(theme, face, px=theme.mm(12)))
    small.addStretch(1)
    return page


def calls(theme: Theme, language: str) -> QWidget:
    """The hall display's parts."""
    say = speaker(language)
    wall = RootArches(theme)
    column = QVBoxLayout(wall)
    column.setContentsMargins(0, theme.margin // 2, 0, 0)
    row = row_on(theme, column, stretch=1)
    door = CallDoor(
        theme,
        greeting=say("Xin mời số", "Now serving"),
        number="A027",
        counter=say("Quầy 2", "Counter 2"),
        ribs=True,
    )
    row.addWidget(door, 65)
    rows = QVBoxLayout()
    for number, counter in (("C014", "5"), ("B031", "3"), ("A2-015", "1")):
        rows.addWidget(CallRow(theme, number, counter))
    row.addLayout(rows, 35)
    counts = list(zip(QUEUES, (3, 12, 4, 2, 1, 0, 1, 1), strict=True))
    column.addWidget(WaitStrip(theme, say("Người\nđang chờ", "People\nwaiting"), counts))
    return wall


def desk(theme: Theme, language: str) -> QWidget:
    """The clerk's parts."""
    say = speaker(language)
    page, column = sheet(theme)
    row = row_on(theme, column)
    row.addWidget(NumberLabel(theme, "A027", align="left"))
    finish = SillButton(
        theme, say("Xong", "Done"), kind="next", title_role="hero", note=say("in giấy hẹn", "print slip"), key="F9"
    )
    row.addWidget(finish, 1)
    keys = row_on(theme, column)
    for title, icon, key in (
        (say("Yêu cầu bổ sung", "Ask for more"), "file-description", "F10"),
        (say("Chuyển quầy", "Transfer"), "transfer", "F5"),
    ):
        keys.addWidget(SillButton(theme, title, icon=icon, key=key), 1)
    keys.addWidget(SillButton(theme, say("Tạm nghỉ", "Break"), kind="wall", key="F11"), 1)
    keys.addWidget(KeyCap(theme, "Ctrl Z"))
    for paper in papers(theme, say, flat=True):
        column.addWidget(paper)
    scan = say("Quét hoặc gõ mã hồ sơ ẤỄỘỮ", "Scan or type the dossier code")
    column.addWidget(TextField(theme, scan, icon="scan"))
    note = say("**Ghi chú:** mẹ bồng em bé", "**Note:** mother with a baby")
    column.addWidget(Notice(theme, rich(note), kind="note"))
    column.addStretch(1)
    return page
