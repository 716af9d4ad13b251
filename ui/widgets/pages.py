"""Turns pages instead of scrolling: nothing shrinks, and nobody has to find a scroll bar (LOOK, principle 6)."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.shapes import fill, rounded
from ui.widgets.sill_button import SillButton
from ui.widgets.text_label import TextLabel

_DOT_MM = 3.5
_MOST_DOTS = 8


class Pages(QWidget):
    """Shows as many of its rows as fit its height, with buttons to turn. With one page there are no buttons.

    `more` says in words how many rows follow; without it the next button says `next_text`. A row taller than the whole
    pager gets a page of its own.
    """

    turned = Signal(int, int)

    def __init__(
        self,
        theme: Theme,
        *,
        next_text: str,
        previous_text: str,
        more: Callable[[int], str] | None = None,
        spacing: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._next_text, self._more = next_text, more
        self._spacing = theme.space("s3") if spacing is None else spacing
        self._rows: list[QWidget] = []
        self._pages: list[list[QWidget]] = [[]]
        self._page = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space("s3"))
        self._sheet = QWidget()
        self._sheet.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column.addWidget(self._sheet, 1)
        self._controls = QWidget()
        row = QHBoxLayout(self._controls)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("s3"))
        self.previous = SillButton(theme, previous_text, icon="chevron-up", icon_color="ink")
        self.previous.setObjectName("page_previous")
        self.previous.clicked.connect(lambda: self.go(self._page - 1))
        self.next = SillButton(theme, next_text, trail="chevron-down")
        self.next.setObjectName("page_next")
        self.next.clicked.connect(lambda: self.go(self._page + 1))
        # Keys that are hidden while there is one page count all the same: how much room they take must be known before.
        row.addStrut(self.next.sizeHint().height())
        self._dots = _Dots(theme)
        self._words = TextLabel(theme, "", "label")
        row.addWidget(self.previous)
        row.addStretch(1)
        row.addWidget(self._dots, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._words, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(self.next)
        column.addWidget(self._controls)
        self._controls.hide()

    @property
    def page(self) -> int:
        """The page shown, from 0."""
        return self._page

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    @property
    def rows_shown(self) -> list[QWidget]:
        """The rows of the page shown."""
        return list(self._pages[self._page])

    def set_rows(self, rows: Sequence[QWidget]) -> None:
        """Show other rows from the first page; the rows before are deleted."""
        for row in self._rows:
            if row not in rows:
                row.hide()
                row.deleteLater()
        self._rows = list(rows)
        for row in self._rows:
            row.setParent(self._sheet)
        self._page = 0
        self._lay_out()

    def go(self, page: int) -> None:
        """Turn to a page; outside it stays at the first or last."""
        page = max(0, min(page, len(self._pages) - 1))
        if page != self._page:
            self._page = page
            self._show()
            self.turned.emit(self._page, len(self._pages))

    def sizeHint(self) -> QSize:
        """Qt: what is there."""
        return QSize(self._theme.touch("square_w") * 4, self._theme.touch("row") * 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: another size, other pages; the first row in sight stays in sight."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        first = self._pages[self._page][0] if self._page < len(self._pages) and self._pages[self._page] else None
        self._pages = self._split(self.height())
        if len(self._pages) > 1:
            controls = self._controls.sizeHint().height() + self._theme.space("s3")
            self._pages = self._split(self.height() - controls)
        self._page = next((n for n, rows in enumerate(self._pages) if first in rows), 0)
        self._show()

    def _split(self, height: int) -> list[list[QWidget]]:
        pages: list[list[QWidget]] = [[]]
        used = 0
        for row in self._rows:
            tall = self._height_of(row)
            if pages[-1] and used + tall > height:
                pages.append([])
                used = 0
            pages[-1].append(row)
            used += tall + self._spacing
        return pages

    def _height_of(self, row: QWidget) -> int:
        if row.hasHeightForWidth():
            return max(row.heightForWidth(self.width()), row.minimumHeight())
        return max(row.sizeHint().height(), row.minimumHeight())

    def _show(self) -> None:
        y = 0
        shown = self._pages[self._page]
        for row in self._rows:
            row.setVisible(row in shown)
        for row in shown:
            tall = self._height_of(row)
            row.setGeometry(0, y, self.width(), tall)
            y += tall + self._spacing
        many = len(self._pages) > 1
        self._controls.setVisible(many)
        self.previous.setVisible(self._page > 0)
        self.next.setVisible(self._page < len(self._pages) - 1)
        if many:
            left = sum(len(rows) for rows in self._pages[self._page + 1 :])
            self.next.setTitle(self._more(left) if self._more and left else self._next_text)
            self._words.setText(f"{self._page + 1}/{len(self._pages)}")
            self._dots.set_page(self._page, len(self._pages))


class _Dots(QWidget):
    """A dot per page, the one shown is long; words beside it say the same."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._page, self._count = 0, 1
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_page(self, page: int, count: int) -> None:
        """Show another page; very many pages are told in words only."""
        self._page, self._count = page, count if count <= _MOST_DOTS else 0
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: all dots."""
        dot = self._theme.near(_DOT_MM)
        return QSize((2 * self._count + 1) * dot if self._count else 0, dot)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw."""
        painter = QPainter(self)
        dot = self._theme.near(_DOT_MM)
        x = 0.0
        for page in range(self._count):
            here = page == self._page
            rect = QRectF(x, (self.height() - dot) / 2, dot * (2 if here else 1), dot)
            fill(painter, rounded(rect, dot / 2), self._theme.color("primary" if here else "edge"))
            x += rect.width() + dot
