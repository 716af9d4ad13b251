"""The one thing every widget is given: colours, sizes, type and motion of the screen it stands on."""

from dataclasses import dataclass, replace

from PySide6.QtGui import QColor, QFont, QPixmap

from ui.theme.fonts import load_fonts, make_font
from ui.theme.icons import icon_pixmap
from ui.theme.metrics import Metrics
from ui.theme.tokens import Length, load_tokens
from ui.theme.types import DETAIL, SCREEN_KINDS, TypeStyle, stepped, type_token

THEMES = ("light", "hc_dark", "hc_light")
_UNKNOWN_QUEUE_ICON = "files"
# Screens read from nearer have smaller buttons than the kiosk; none goes below touch.min (LOOK, pictures 13 and 14).
_TOUCH_MM = {
    "tablet": {
        "key": 14,
        "pill": 14,
        "row": 15.3,
        "square_w": 26,
        "square_h": 19,
        "plain": 15.3,
        "next": 16.4,
        "hero": 40,
        "bar": 19,
    },
    "clerk": {
        "key": 12.7,
        "pill": 12.7,
        "row": 13.8,
        "plain": 15.6,
        "square_w": 17,
        "square_h": 15.6,
        "next": 17,
        "hero": 27.5,
        "bar": 12.7,
    },
}
# Contrast themes draw outlines 1.3 mm and sills 3.8 mm wide (tokens themes.hc_dark.rules).
_CONTRAST_OUTLINE_MM = 1.3
_CONTRAST_SILL_MM = 3.8
_KIOSK_PLAIN_MM = 31.0  # a plain button of one line, picture 04
_MARGIN_MM, _GAP_MM = 15.2, 7.0  # the kiosk's, drawn smaller where a screen is read from nearer
_BIG_ICON_MM = 20.0
_UNIT_BOARD_VIEWING_M = 4.8  # at this distance a board's spaces equal the kiosk's


@dataclass(frozen=True)
class QueueLook:
    """What marks a queue on a screen: letter, colour and icon, always together (LOOK, principle 4)."""

    letter: str
    color: QColor
    icon: str


@dataclass(frozen=True)
class Theme:
    """Colours by role and sizes in pixels for one screen. Immutable: a change of theme builds the screen again.

    `types` is the kind of screen, `text_step` one of tokens text_steps, `viewing_m` the distance from which a board is
    read. Raises ValueError for a name the look does not know, TypefaceError when the bundled fonts do not load.
    """

    name: str
    metrics: Metrics
    types: str = "kiosk"
    text_step: float = 1.0
    reduced_motion: bool = False
    viewing_m: float = 5.0

    def __post_init__(self) -> None:
        if self.name not in THEMES:
            raise ValueError(f"no theme {self.name!r}")
        if self.types not in SCREEN_KINDS:
            raise ValueError(f"no kind of screen {self.types!r}")
        if self.text_step not in load_tokens().text_steps.scale:
            raise ValueError(f"no text step {self.text_step}")
        load_fonts()

    def with_(self, **changes: object) -> "Theme":
        """Return the same theme with some fields changed."""
        return replace(self, **changes)

    @property
    def contrast(self) -> bool:
        """Whether this is one of the two high contrast themes: no roots, straight sheet, wide outlines."""
        return self.name != "light"

    @property
    def detail(self) -> float:
        """How spaces, corners and sills scale against the kiosk's."""
        return self.viewing_m / _UNIT_BOARD_VIEWING_M if self.types == "board" else DETAIL[self.types]

    def mm(self, millimetres: float) -> int:
        """Return whole pixels for a length in mm."""
        return self.metrics.mm(millimetres)

    def near(self, millimetres: float) -> int:
        """Return pixels for a length drawn on the kiosk, as large as this kind of screen needs it."""
        return self.metrics.mm(millimetres * self.detail)

    @property
    def margin(self) -> int:
        """Page margin in px."""
        return self.metrics.margin if self.types == "kiosk" else self.near(_MARGIN_MM)

    @property
    def gap(self) -> int:
        """Gap between columns and between neighbours in px, never below the least gap of two targets."""
        return max(self.metrics.gap if self.types == "kiosk" else self.near(_GAP_MM), self.touch("gap_min"))

    def space(self, name: str) -> int:
        """Return a space, "s1" (inside a label) to "s7" (around the question), in px."""
        return self.near(load_tokens().space[name].mm)

    def radius(self, name: str) -> int:
        """Return the corner of a "key", "control" or "hero" in px."""
        return self.near(self._length(load_tokens().radius[name]))

    def stroke(self, name: str) -> int:
        """Return the width of "outline", "door", "focus", "sill", "sill_next" or "sill_hero" in px."""
        millimetres = self._length(load_tokens().stroke[name])
        if self.contrast and name in ("outline", "door"):
            millimetres = _CONTRAST_OUTLINE_MM
        elif self.contrast and name.startswith("sill"):
            millimetres = max(millimetres, _CONTRAST_SILL_MM)
        return max(2, self.near(millimetres))

    def touch(self, name: str) -> int:
        """Return a touch size in px: "min" and "gap_min" are the law of the house, the others depend on the screen."""
        own = _TOUCH_MM.get(self.types, {"plain": _KIOSK_PLAIN_MM}).get(name)
        return self.mm(own or load_tokens().touch_mm(name))

    def type(self, role: str) -> TypeStyle:
        """Return size, weight and line height of a text role, enlarged by the text step."""
        token = type_token(self.types, role, self.viewing_m)
        size_mm = token.size_mm * stepped(self.types, role, self.text_step)
        return TypeStyle(self.mm(size_mm), token.weight, token.line_height)

    def font(self, role: str, weight: int | None = None) -> QFont:
        """Return the font of a text role."""
        style = self.type(role)
        return make_font(style.px, weight or style.weight)

    def hex(self, role: str) -> str:
        """Return a colour as "#rrggbb": a role of the tokens, or "queue:A" for the colour of a queue."""
        if role.startswith("queue:"):
            return self.queue(role.removeprefix("queue:")).color.name()
        return load_tokens().role_hex(self.name, role).lower()

    def color(self, role: str) -> QColor:
        """Return a colour by role, see `hex`."""
        return QColor(self.hex(role))

    def queue(self, letter: str) -> QueueLook:
        """Return the look of a queue; an unknown one is grey, and in contrast themes all lose their colour."""
        token = load_tokens().queues.get(letter)
        icon = token.icon if token else _UNKNOWN_QUEUE_ICON
        known = QColor(token.hex) if token else self.color("ink_2")
        return QueueLook(letter, self.color("ink") if self.contrast else known, icon)

    def icon(self, name: str, color_role: str, px: int, stroke: float | None = None) -> QPixmap:
        """Return an icon in a colour; the stroke follows LOOK (1.8, thinner when large, wider on the accent)."""
        return self.icon_in(name, self.color(color_role), px, stroke or (2.2 if color_role == "on_accent" else None))

    def icon_in(self, name: str, color: QColor, px: int, stroke: float | None = None) -> QPixmap:
        """Return an icon in any colour: queues have colours of their own."""
        if stroke is None:
            large = px > self.mm(_BIG_ICON_MM * self.detail)
            stroke = 1.5 if large else 1.8
        return icon_pixmap(name, color.name(), px, stroke)

    def duration(self, name: str) -> int:
        """Return the length of a motion in ms; 0 under reduced motion."""
        return 0 if self.reduced_motion else load_tokens().duration_ms[name]

    def timing(self, name: str) -> int:
        """Return one of the waits of the look in seconds ("idle_before_warning", "ticket_close" …)."""
        value = load_tokens().timing_s[name]
        if not isinstance(value, int):
            raise KeyError(name)
        return value

    @staticmethod
    def _length(token: Length | str) -> float:
        if not isinstance(token, Length):
            raise KeyError(f"{token!r} is a rule, not a length")
        return token.mm
