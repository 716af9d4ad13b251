"""What the boards of the gallery share: a sheet, rows on it, sample papers, two languages."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout

from ui.theme import Theme
from ui.widgets import Panel, PaperRow, SillButton

QUEUES = "ABCDEGHK"
Say = Callable[[str, str], str]


def papers(theme: Theme, say: Say, *, flat: bool = False) -> Sequence[PaperRow]:
    """Return a paper in each state."""
    original = say("1 bản chính", "1 original")
    instead = say("Không có thì thay bằng giấy cam đoan về việc sinh", "A written statement may replace it")
    found = say("Cơ quan tự tra trong cơ sở dữ liệu dân cư", "We look it up in the population data")
    return (
        PaperRow(
            theme,
            say("Tờ khai đăng ký khai sinh", "Birth registration form"),
            original,
            state="have",
            state_word=say("Đã có", "Have it"),
            flat=flat,
        ),
        PaperRow(
            theme,
            say("Giấy chứng sinh", "Birth notice"),
            original,
            state="missing",
            state_word=say("Chưa có", "Missing"),
            replace=None if flat else instead,
            flat=flat,
        ),
        PaperRow(
            theme,
            say("Giấy tờ chứng minh cư trú", "Proof of residence"),
            found,
            state="not_needed",
            state_word=say("Khỏi mang", "Not needed"),
            flat=flat,
        ),
    )


class Page(Panel):
    """A sheet of the gallery; one widget may have the keyboard."""

    focused: SillButton | None = None

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: put the keyboard where the picture wants it."""
        super().showEvent(event)
        if self.focused is not None:
            self.focused.show_ring()


def sheet(theme: Theme) -> tuple[Page, QVBoxLayout]:
    """Return a sheet and its column."""
    page = Page(theme, "paper")
    column = QVBoxLayout(page)
    column.setContentsMargins(theme.margin, theme.space("s3"), theme.margin, theme.space("s3"))
    column.setSpacing(theme.space("s3"))
    return page, column


def row_on(theme: Theme, column: QBoxLayout, *, stretch: int = 0) -> QHBoxLayout:
    """Add a row to a column."""
    row = QHBoxLayout()
    row.setSpacing(theme.gap)
    column.addLayout(row, stretch)
    return row


def speaker(language: str) -> Say:
    """Return a chooser: the boards' words are samples and belong to no screen, so they are in no catalogue."""
    return lambda vi, en: vi if language == "vi" else en
