"""The arched white doors of the home screen."""

from dataclasses import replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QWidget

from ui.theme import Theme
from ui.widgets.shapes import arch
from ui.widgets.sill_button import SillButton
from ui.widgets.sill_content import Content
from ui.widgets.sill_look import Look
from ui.widgets.text_block import Text

_RISE = 0.46  # tokens radius.door: arch height as a share of the width
_ICON_MM = (35.0, 27.0)  # standing 110 px at 80 dpi, lying 86 px; pictures 01, 01b
_LEAD_AT = 0.34
_HEIGHT_OF_WIDTH = 1.12  # the shortest door that still reads as one; picture 01b


class DoorTile(SillButton):
    """A doorway one can walk through: icon, title, what it is for."""

    def __init__(
        self,
        theme: Theme,
        title: Text,
        note: Text | None,
        icon: str,
        *,
        sill: str = "primary",
        off: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            theme, title, note=note, icon=icon, sill=sill, off=off, stacked=True, title_role="value", parent=parent
        )

    def face_path(self, rect: QRectF, inset: float = 0.0) -> QPainterPath:
        """Return an arch on two feet."""
        inner = rect.adjusted(inset, inset, -inset, -inset)
        return arch(inner, rect.width() * _RISE - inset, max(0.0, self.corner(rect) - inset))

    def outline_width(self) -> int:
        """Return the door's own outline."""
        return self.theme.stroke("door")

    def heightForWidth(self, width: int) -> int:
        """Qt: the words; standing screens have room for a whole door."""
        words = super().heightForWidth(width)
        return max(words, round(width * _HEIGHT_OF_WIDTH)) if self.theme.metrics.portrait else words

    def look(self) -> Look:
        """Return the roles: a door has an outline of its own."""
        look = super().look()
        return replace(look, outline="door") if look.outline == "line" else look

    def make_content(self) -> Content:
        """Return icon over words, standing low in the door."""
        content = super().make_content()
        lying = not self.theme.metrics.portrait
        return Content(
            self.theme,
            content.lines,
            [self.icon_mark(_ICON_MM[lying])],
            stacked=True,
            pad_x=self.theme.space("s6"),
            pad_y=self.theme.space("s3"),
            gap=self.theme.space("s2" if lying else "s3"),
            lead_at=_LEAD_AT,
        )
