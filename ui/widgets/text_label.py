"""The label for every text on a screen: wraps, never elides, never cuts a mark."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.text_block import Text, TextBlock, flags, frozen, longest_word_width, natural_width, plain


class TextLabel(QLabel):
    """Words of one role and colour. Its height follows its width, so any layout gives it the room it needs.

    With `max_lines` and `smaller`, a text that needs more lines is drawn in the role `smaller` (LOOK, principle 6: for
    questions only). Centred text of several lines is balanced.
    """

    def __init__(
        self,
        theme: Theme,
        text: Text = "",
        role: str = "body",
        *,
        color: str = "ink",
        weight: int | None = None,
        align: str = "left",
        max_lines: int | None = None,
        smaller: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = role
        self._color = color
        self._weight = weight
        self._align = align
        self._max_lines = max_lines
        self._smaller = smaller
        self._text: Text = ""
        self._block: TextBlock | None = None
        self._block_width = -1
        self.setAlignment(flags(align))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setText(text)

    def setText(self, text: Text) -> None:
        """Show another text."""
        text = frozen(text)
        if text == self._text and self._block is not None:
            return
        self._text = text
        super().setText(plain(text))
        self._changed()

    def setColor(self, color: str) -> None:
        """Draw in another colour role."""
        self._color = color
        self.update()

    def setRole(self, role: str) -> None:
        """Draw in another type role."""
        self._role = role
        self._changed()

    def line_count(self, width: int) -> int:
        """Return how many lines the text takes at a width in px."""
        return self._lay_out(width).line_count

    def height_for(self, width: int) -> int:
        """Return the height in px the text needs at a width in px."""
        return self._lay_out(width).height

    def fits(self, width: int, height: int) -> bool:
        """Tell whether the whole text, marks included, fits; a screen turns the page where it does not."""
        block = self._lay_out(width)
        return block.height <= height and block.width <= width

    def natural_width(self) -> int:
        """Return the width in px at which nothing wraps."""
        return natural_width(self._theme, self._text, self._role, self._weight)

    def hasHeightForWidth(self) -> bool:
        """Qt: yes."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt: the height needed at a width."""
        return self.height_for(width)

    def sizeHint(self) -> QSize:
        """Qt: one line per paragraph."""
        width = self.natural_width()
        return QSize(width, self.height_for(width))

    def minimumSizeHint(self) -> QSize:
        """Qt: the longest word on one line, so that no word is broken."""
        width = longest_word_width(self._theme, self._text, self._role, self._weight)
        return QSize(width, TextBlock(self._theme, "", self._role, width).height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw the lines, in the middle where there is more height than they need."""
        painter = QPainter(self)
        area = self.contentsRect()
        block = self._lay_out(area.width())
        top = area.y() + max(0, area.height() - block.height) / 2
        block.draw(painter, area.x(), top, area.width(), self._color, self._align)

    def _changed(self) -> None:
        self._block_width = -1
        self.updateGeometry()
        self.update()

    def _lay_out(self, width: int) -> TextBlock:
        if self._block is None or self._block_width != width:
            block = self._block_of(self._role, width)
            too_long = self._max_lines is not None and block.line_count > self._max_lines
            if too_long and self._smaller is not None:
                block = self._block_of(self._smaller, width)
            self._block, self._block_width = block, width
        return self._block

    def _block_of(self, role: str, width: int) -> TextBlock:
        balance = self._align == "center"
        return TextBlock(self._theme, self._text, role, width, weight=self._weight, balance=balance)
