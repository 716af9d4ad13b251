"""A field of work to choose: its queue's doorway, its name, what belongs to it."""

from PySide6.QtWidgets import QWidget

from ui.theme import Theme
from ui.widgets.sill_button import SillButton
from ui.widgets.sill_content import Content
from ui.widgets.sill_marks import TokenMark
from ui.widgets.text_block import Text

_TOKEN_MM = 40.3  # 127 px at 80 dpi, picture 02
_TOKEN_STACKED_MM = 37.0  # 117 px, picture 11
_TOKEN_AT = 0.325
_HEIGHT_MM = 57.5  # 181 px, picture 02
_HEIGHT_STACKED_MM = 78.0  # 245 px, picture 11


class FieldTile(SillButton):
    """One of the doorways of "which papers do you need?"; stacked where the screen is lowered."""

    def __init__(
        self,
        theme: Theme,
        queue: str,
        title: Text,
        note: Text | None = None,
        *,
        icon: str | None = None,
        stack: bool = False,
        off: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._queue = queue
        self._token_icon = icon
        super().__init__(
            theme,
            title,
            note=note,
            queue=queue,
            off=off,
            stacked=stack,
            align="left",
            title_role="body" if stack else "row",
            title_weight=700,
            height=theme.near(_HEIGHT_STACKED_MM if stack else _HEIGHT_MM),
            parent=parent,
        )

    def make_content(self) -> Content:
        """Return token and words."""
        content = super().make_content()
        theme, stacked = self.theme, content.stacked
        height = theme.near(_TOKEN_STACKED_MM if stacked else _TOKEN_MM)
        return Content(
            theme,
            content.lines,
            [TokenMark(theme, self._queue, height, self._token_icon)],
            stacked=stacked,
            pad_x=theme.space("s2" if stacked else "s4"),
            pad_y=theme.space("s2"),
            gap=theme.space("s1" if stacked else "s4"),
            lead_at=_TOKEN_AT if stacked else None,
        )
