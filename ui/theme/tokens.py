"""The look's numbers, typed, read once from `assets/look/tokens.json`. Millimetres are the truth there (LOOK)."""

from functools import lru_cache
from pathlib import Path

import msgspec

ASSETS = Path(__file__).resolve().parent.parent.parent / "assets"
TOKENS_FILE = ASSETS / "look" / "tokens.json"

# What a contrast theme does not name, it takes from a role it does: outlines and sills become `edge`, grounds `paper`.
_CONTRAST_FALLBACK = {
    "wall_root": "wall",
    "wall_line": "on_wall",
    "door": "edge",
    "primary_sill": "edge",
    "need_tint": "paper",
    "alarm_tint": "paper",
    "on_tint": "ink",
}


class Length(msgspec.Struct, frozen=True):
    """One length in millimetres."""

    mm: float


class TouchSize(msgspec.Struct, frozen=True):
    """A touch size: one length, or width and height."""

    mm: float = 0.0
    w: Length | None = None
    h: Length | None = None


class Role(msgspec.Struct, frozen=True):
    """A colour of the light theme; the contrast themes write the hex alone."""

    hex: str


class TypeToken(msgspec.Struct, frozen=True):
    """One step of the kiosk's type scale; `size_mm` is the em."""

    size_mm: float
    weight: int
    line_height: float


class QueueToken(msgspec.Struct, frozen=True):
    """What marks a queue: its colour and its icon; the letter is the key."""

    hex: str
    icon: str


class Ratio(msgspec.Struct, frozen=True):
    """A contrast the look promises: `fg` on `bg` has at least `need`."""

    fg: str
    bg: str
    need: float


class ThemeTokens(msgspec.Struct, frozen=True):
    """Colours of one theme by role; the light theme tells the use of each beside it."""

    roles: dict[str, str | Role]
    contrast: list[Ratio]


class Tabular(msgspec.Struct, frozen=True):
    """Width of one digit cell in em, by weight: the font has no tabular figures (LOOK, "On Qt Widgets")."""

    cell_em: dict[str, float]


class FontTokens(msgspec.Struct, frozen=True):
    """Measures of the bundled font, in em."""

    families: list[str]
    cap_height_em: float
    min_multiline_line_height: float
    khmer_line_height: float
    tabular: Tabular


class BoardType(msgspec.Struct, frozen=True):
    """Cap height on a board = viewing distance / divisor, both in mm."""

    divisor: dict[str, float]


class TextSteps(msgspec.Struct, frozen=True):
    """The steps of "larger text"."""

    scale: list[float]


class Tokens(msgspec.Struct, frozen=True):
    """The whole file, as far as screens use it."""

    fonts: FontTokens
    themes: dict[str, ThemeTokens]
    text_steps: TextSteps
    type_kiosk: dict[str, TypeToken]
    type_board: BoardType
    space: dict[str, Length]
    radius: dict[str, Length | str]
    stroke: dict[str, Length | str]
    touch: dict[str, TouchSize | int]
    duration_ms: dict[str, int]
    timing_s: dict[str, int | str]
    queues: dict[str, QueueToken]

    def role_hex(self, theme: str, role: str) -> str:
        """Return the colour of `role` in `theme`. Raises KeyError for a role the look does not know."""
        roles = self.themes[theme].roles
        if role not in roles:
            role = _CONTRAST_FALLBACK[role]
        value = roles[role]
        return value if isinstance(value, str) else value.hex

    def touch_mm(self, name: str) -> float:
        """Return a touch size; squares have two, `square_w` and `square_h`."""
        value = self.touch["square" if name in ("square_w", "square_h") else name]
        if not isinstance(value, TouchSize):
            raise KeyError(name)
        side = {"square_w": value.w, "square_h": value.h}.get(name)
        return side.mm if side else value.mm


@lru_cache(maxsize=1)
def load_tokens() -> Tokens:
    """Read and check the file; a wrong file stops the program at start, not a screen later."""
    return msgspec.json.decode(TOKENS_FILE.read_bytes(), type=Tokens)
