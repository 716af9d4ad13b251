"""Our own text layout: wraps, keeps the line height of Vietnamese, never cuts a mark.

Be Vietnam Pro calls its ascent 1.0 em, but Ẳ rises 1.23 em above the baseline (measured, weight 800): Qt's labels draw
Ẳ as Ă. Here the first line leaves room for the tallest mark and the last for the deepest tail.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from ui.theme import Theme

TALLEST_EM = 1.24  # Ẳ at weight 800 is 1.231 em
DEEPEST_EM = 0.27  # Ậ at weight 800 is 0.253 em; parentheses and commas stay above it
CAP_EM = 0.74
_KHMER = re.compile("[\u1780-\u17ff]")
_KHMER_LINE_HEIGHT = 1.6  # tokens fonts.khmer_line_height
_MARKUP = re.compile(r"\*\*(.+?)\*\*|__(.+?)__")
_BOLD = 700
_UNBOUNDED = 1e6
_ORPHAN_SHARE = 0.3


@dataclass(frozen=True)
class Span:
    """A run of text that differs from the rest by weight, colour role or underline."""

    text: str
    weight: int | None = None
    color: str | None = None
    underline: bool = False


Text = str | Sequence[Span]


def rich(text: str) -> tuple[Span, ...]:
    """Turn `**bold**` and `__underlined__` into spans, so that a translator keeps the emphasis in one sentence."""
    spans: list[Span] = []
    position = 0
    for match in _MARKUP.finditer(text):
        if match.start() > position:
            spans.append(Span(text[position : match.start()]))
        bold, underlined = match.groups()
        spans.append(Span(bold, weight=_BOLD) if bold else Span(underlined, underline=True))
        position = match.end()
    if position < len(text):
        spans.append(Span(text[position:]))
    return tuple(spans)


def plain(text: Text) -> str:
    """Return the letters alone."""
    return text if isinstance(text, str) else "".join(span.text for span in text)


def frozen(text: Text) -> str | tuple[Span, ...]:
    """Return the text as a value that can be compared and kept as a key."""
    return text if isinstance(text, str) else tuple(text)


class TextBlock:
    """A text laid out for one width. Coordinates are px from its top left corner.

    `height` holds every mark of the first line and every tail of the last. `cap_top` and `last_baseline` bound what the
    eye takes for the text, for centring it beside an icon.
    """

    def __init__(
        self, theme: Theme, text: Text, role: str, width: float, *, weight: int | None = None, balance: bool = False
    ) -> None:
        style = theme.type(role)
        self.px = style.px
        self._theme = theme
        self._spans: Sequence[Span] = (Span(text),) if isinstance(text, str) else text
        self._font = theme.font(role, weight)
        self._width = max(1.0, width)
        line_height = style.line_height
        if _KHMER.search(plain(text)):
            line_height = max(line_height, _KHMER_LINE_HEIGHT)
        self._pitch = line_height * self.px
        self._lines = self._lay_out(self._width)
        if len(self._lines) > 1 and (balance or self.has_orphan):
            self._balance()
        self.width = max((line.naturalTextWidth() for _, line in self._lines), default=0.0)
        self.first_baseline = float(ceil(TALLEST_EM * self.px))
        self.last_baseline = self.first_baseline + self._pitch * max(0, len(self._lines) - 1)
        self.cap_top = self.first_baseline - CAP_EM * self.px
        self.height = ceil(self.last_baseline + DEEPEST_EM * self.px)

    @property
    def line_count(self) -> int:
        """How many lines it takes."""
        return len(self._lines)

    @property
    def has_orphan(self) -> bool:
        """Whether the last line is a leftover of a word or two."""
        return len(self._lines) > 1 and self._lines[-1][1].naturalTextWidth() < self._width * _ORPHAN_SHARE

    @property
    def optical_height(self) -> float:
        """Height from the top of the first capitals to the last baseline."""
        return self.last_baseline - self.cap_top

    def draw(self, painter: QPainter, x: float, y: float, width: float, color: str, align: str = "left") -> None:
        """Draw with the top left corner at (x, y), aligned inside `width`; `color` is a role."""
        painter.setPen(self._theme.color(color))
        baseline = y + self.first_baseline
        for _, line in self._lines:
            free = width - line.naturalTextWidth()
            shift = {"left": 0.0, "center": free / 2, "right": free}[align]
            line.setPosition(QPointF(0, 0))
            line.draw(painter, QPointF(x + shift, baseline - line.ascent()))
            baseline += self._pitch

    def _lay_out(self, width: float) -> list[tuple[QTextLayout, QTextLine]]:
        """Break the text into lines; one layout per paragraph, kept beside its lines because it owns their memory."""
        lines = []
        for spans in _paragraphs(self._spans):
            layout = QTextLayout("".join(span.text for span in spans), self._font)
            option = QTextOption()
            option.setWrapMode(QTextOption.WrapMode.WordWrap)
            layout.setTextOption(option)
            layout.setFormats(self._formats(spans))
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLineWidth(width)
                lines.append((layout, line))
            layout.endLayout()
        return lines

    def _formats(self, spans: Sequence[Span]) -> list[QTextLayout.FormatRange]:
        ranges = []
        start = 0
        for span in spans:
            length = _utf16_length(span.text)
            if span.weight or span.color or span.underline:
                char_format = QTextCharFormat()
                if span.weight:
                    font = QFont(self._font)
                    font.setWeight(QFont.Weight(span.weight))
                    char_format.setFont(font)
                if span.color:
                    char_format.setForeground(self._theme.color(span.color))
                char_format.setFontUnderline(span.underline)
                format_range = QTextLayout.FormatRange()
                format_range.start, format_range.length, format_range.format = start, length, char_format
                ranges.append(format_range)
            start += length
        return ranges

    def _balance(self) -> None:
        """Make lines about equally long without needing more of them: a centred heading reads better."""
        wanted = len(self._lines)
        low, high = 1.0, self._width
        while high - low > self.px / 4:
            middle = (low + high) / 2
            lines = self._lay_out(middle)
            if len(lines) > wanted or any(line.naturalTextWidth() > middle for _, line in lines):
                low = middle
            else:
                high = middle
        self._lines = self._lay_out(high)


def _paragraphs(spans: Sequence[Span]) -> list[list[Span]]:
    """Split at hard line breaks."""
    paragraphs: list[list[Span]] = [[]]
    for span in spans:
        for number, part in enumerate(span.text.split("\n")):
            if number:
                paragraphs.append([])
            paragraphs[-1].append(Span(part, span.weight, span.color, span.underline))
    return paragraphs


def _utf16_length(text: str) -> int:
    """Qt counts in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def natural_width(theme: Theme, text: Text, role: str, weight: int | None = None) -> int:
    """Return the width of the text when nothing but hard breaks breaks it, in px."""
    return _natural_width(theme, frozen(text), role, weight)


@lru_cache(maxsize=1024)
def _natural_width(theme: Theme, text: str | tuple[Span, ...], role: str, weight: int | None) -> int:
    return ceil(TextBlock(theme, text, role, _UNBOUNDED, weight=weight).width)


def longest_word_width(theme: Theme, text: Text, role: str, weight: int | None = None) -> int:
    """Return the width below which a word would have to be broken, in px."""
    words = plain(text).split()
    return max((natural_width(theme, word, role, weight) for word in words), default=0)


def flags(align: str) -> Qt.AlignmentFlag:
    """Return Qt's flag of an alignment name."""
    return {
        "left": Qt.AlignmentFlag.AlignLeft,
        "center": Qt.AlignmentFlag.AlignHCenter,
        "right": Qt.AlignmentFlag.AlignRight,
    }[align]
