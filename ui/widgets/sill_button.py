"""Buttons with words: plain, next, hero, mangrove, wall, pill, square."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Theme
from ui.widgets.sill import Sill
from ui.widgets.sill_content import Content, Line
from ui.widgets.sill_marks import BoxMark, ChipMark, DoorwayMark, IconMark, KeyMark, Mark, TickMark, TrailMark, WordMark
from ui.widgets.text_block import Text, frozen, plain

_BODY_WEIGHT = 600
_ICON_EM = 1.7  # icon beside a title, em of the title
_ICON_ROW_EM = 1.9  # beside title and note
_ICON_STACKED_EM = 2.0
_TRAIL_EM = {"next": 1.45, "hero": 1.0}
_TRAIL_STROKE = 2.2
_CHIP_EM = 1.8
_DOORWAY_MM = 62.0  # 196 px at 80 dpi, picture 01
_CORNER_TICK_EM = 0.9


class SillButton(Sill):
    """A button that says what it does: title, second line, icon; see `Sill` for its states.

    `icon` stands before the title (in a doorway on the hero), `trail` after it; `chip` is a queue's letter, `key` the
    key that does the same, `box` a tick box. `queue` or `sill` colour the sill. `note_side="right"` puts the second
    line at the end of the row.
    """

    def __init__(
        self,
        theme: Theme,
        title: Text,
        *,
        kind: str = "plain",
        note: Text | None = None,
        icon: str | None = None,
        icon_color: str | None = None,
        trail: str | None = None,
        key: str | None = None,
        chip: str | None = None,
        queue: str | None = None,
        sill: str | None = None,
        face: str | None = None,
        chosen: bool = False,
        checkable: bool = False,
        box: bool = False,
        off: str | None = None,
        align: str | None = None,
        stacked: bool | None = None,
        title_role: str | None = None,
        title_weight: int | None = None,
        note_role: str | None = None,
        note_side: str = "below",
        height: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            theme, kind, queue=queue, sill=sill, face=face, off=off, toggles=checkable, height=height, parent=parent
        )
        self._title = frozen(title)
        self._note = None if note is None else frozen(note)
        self._icon, self._trail = icon, trail
        self._icon_color = icon_color or (f"queue:{queue}" if queue is not None else None)
        self._key, self._chip, self._box = key, chip, box
        self._align, self._note_side = align, note_side
        self._stacked = kind == "square" if stacked is None else stacked
        self._title_role, self._title_weight, self._note_role = title_role, title_weight, note_role
        self.set_off(off)
        self.set_chosen(chosen)
        self._say()

    def setTitle(self, title: Text) -> None:
        """Show another title."""
        self._title = frozen(title)
        self._say()

    def setNote(self, note: Text | None) -> None:
        """Show another second line, or none."""
        self._note = None if note is None else frozen(note)
        self._say()

    def setIconName(self, name: str | None) -> None:
        """Show another icon, or none."""
        self._icon = name
        self.refresh()

    def make_content(self) -> Content:
        """Return words and marks for the present state."""
        theme = self.theme
        title_role, title_weight = self._title_style()
        em = theme.type(title_role).px
        lines = [Line(self._title, title_role, title_weight)] if plain(self._title) else []
        tail = self._tail(em)
        if self._note and self._note_side == "below":
            hero = self.kind == "hero"
            role, weight = (self._note_role or ("row" if hero else "caption")), 500 if hero else None
            lines.append(Line(self._note, role, weight, part="note"))
        lead = self._lead(em)
        row = bool(self._note or self._chip or self._key or self._box) or self.kind in ("next", "hero")
        pad = {"hero": "s6", "next": "s5"}.get(self.kind, "s4")
        gap = "s5" if self.kind == "hero" else "s4" if row else "s3"
        if self._stacked:
            pad, gap = ("s2" if self.kind == "square" else "s1"), "s1"
        return Content(
            theme,
            lines,
            lead,
            tail,
            stacked=self._stacked,
            align=self._align or ("left" if row else "center"),
            pad_x=theme.space(pad),
            pad_y=theme.space("s2"),
            gap=theme.space(gap),
        )

    def set_stacked(self, stacked: bool) -> None:
        """Put the icon over the words, or beside them."""
        self._stacked = stacked
        self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: as any sill; chosen with the icon over the words, the tick stands in the corner (picture 11)."""
        super().paintEvent(event)
        if not (self.chosen and self._stacked) or self._box:
            return
        side = self.theme.type(self._title_style()[0]).px * _CORNER_TICK_EM
        inset = self.theme.space("s1")
        corner = QRectF(self.width() - side - inset, inset, side, side)
        TickMark(self.theme, side).paint(QPainter(self), corner, self.look())

    def icon_mark(self, millimetres: float) -> Mark:
        """Return the icon at a size in mm of the kiosk."""
        px = self.theme.near(millimetres)
        return IconMark(self.theme, self._icon or "", px, color=self._own_icon_color())

    def _own_icon_color(self) -> str | None:
        return None if self.chosen or self.theme.contrast or self.off else self._icon_color

    def _say(self) -> None:
        """Tell Qt and screen readers the words, without Qt's mnemonics."""
        words = plain(self._title) + (f". {plain(self._note)}" if self._note else "")
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words.replace("\n", " "))
        self.refresh()

    def _title_style(self) -> tuple[str, int | None]:
        if self._title_role:
            return self._title_role, self._title_weight
        row = bool(self._note and self._note_side == "below") or bool(self._chip and self.kind == "plain")
        role, weight = {
            "next": ("button", None),
            "hero": ("hero", None),
            "pill": ("body", _BODY_WEIGHT),
            "wall": ("caption", _BODY_WEIGHT),
        }.get(self.kind, ("row", None) if row else ("label", None))
        return role, self._title_weight or weight

    def _lead(self, em: int) -> list[Mark]:
        marks: list[Mark] = []
        ticked = self.chosen and not self._box and not self._stacked
        if ticked:
            marks.append(TickMark(self.theme, em * 1.1))
        if self._chip is not None:
            marks.append(ChipMark(self.theme, self._chip, em * _CHIP_EM))
        if self._icon is not None and self.kind == "hero":
            marks.append(DoorwayMark(self.theme, self._icon, self.theme.near(_DOORWAY_MM)))
        elif self._icon is not None and not (ticked and self.kind == "wall"):
            share = _ICON_STACKED_EM if self._stacked else _ICON_ROW_EM if self._note else _ICON_EM
            marks.append(IconMark(self.theme, self._icon, em * share, color=self._own_icon_color()))
        return marks

    def _tail(self, em: int) -> list[Mark]:
        marks: list[Mark] = []
        if self._note and self._note_side == "right":
            marks.append(WordMark(self.theme, self._note, self._note_role or "caption"))
        trail = (
            "arrow-right" if self._trail is None and self.kind in ("next", "hero") and not self._key else self._trail
        )
        if trail:
            px = em * _TRAIL_EM.get(self.kind, 1.3)
            color = None if self.kind in ("next", "hero", "mangrove", "wall") or self.theme.contrast else "ink"
            marks.append(TrailMark(IconMark(self.theme, trail, px, color=color, stroke_width=_TRAIL_STROKE)))
        if self._key is not None:
            marks.append(KeyMark(self.theme, self._key))
        if self._box:
            marks.append(BoxMark(self.theme, "on" if self.chosen else "off", em * 1.35))
        return marks
