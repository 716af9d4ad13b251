"""Type scales by kind of screen, under the same role names, so that a widget asks for "body" and fits anywhere.

Sizes are the em in millimetres. The kiosk's scale is in the tokens; the others are derived from the cap heights, pixel
sizes and pictures of LOOK (tablet at 149 dpi, clerk at 96 dpi, board by viewing distance).
"""

from dataclasses import dataclass

from ui.theme.tokens import TypeToken, load_tokens

SCREEN_KINDS = ("kiosk", "tablet", "clerk", "board")

# How much smaller than a kiosk's the spaces, corners and sills of a screen are that is read from nearer.
DETAIL = {"kiosk": 1.0, "tablet": 0.54, "clerk": 0.5}

_TABLET = {
    "caption": TypeToken(4.75, 500, 1.42),
    "body": TypeToken(5.4, 400, 1.42),
    "label": TypeToken(4.8, 600, 1.38),
    "row": TypeToken(5.4, 700, 1.38),
    "value": TypeToken(6.1, 700, 1.38),
    "button": TypeToken(6.6, 800, 1.38),
    "question": TypeToken(9.5, 700, 1.38),
    "welcome": TypeToken(9.0, 600, 1.38),
    "hero": TypeToken(11.2, 600, 1.38),
    "number": TypeToken(52.8, 800, 1.12),
}
_CLERK = {
    "caption": TypeToken(3.97, 500, 1.38),
    "body": TypeToken(4.5, 400, 1.38),
    "label": TypeToken(3.97, 600, 1.38),
    "row": TypeToken(4.5, 600, 1.38),
    "value": TypeToken(5.8, 700, 1.38),
    "button": TypeToken(4.5, 700, 1.38),
    "question": TypeToken(6.35, 700, 1.38),
    "welcome": TypeToken(6.35, 700, 1.38),
    "hero": TypeToken(6.9, 800, 1.38),
    "number": TypeToken(27.5, 800, 1.12),
    "bar_number": TypeToken(11.1, 800, 1.12),
}
# Role on a board -> (what LOOK calls it in type_board, weight, line height).
_BOARD = {
    "number": ("newest_number", 800, 1.12),
    "counter": ("newest_counter", 800, 1.38),
    "call": ("last_calls", 700, 1.12),
    "waiting": ("waiting", 700, 1.38),
    "notice": ("notice", 600, 1.38),
    "caption": ("notice", 500, 1.38),
    "body": ("notice", 500, 1.38),
    "label": ("notice", 600, 1.38),
    "row": ("notice", 700, 1.38),
    "value": ("waiting", 700, 1.38),
    "button": ("waiting", 700, 1.38),
    "question": ("waiting", 700, 1.38),
    "welcome": ("waiting", 600, 1.38),
    "hero": ("waiting", 700, 1.38),
}
_SOFT_STEP = {"question", "welcome", "hero"}
_NO_STEP = {"number", "bar_number"}
_SOFT_SHARE = 0.6  # tokens text_steps.rule


@dataclass(frozen=True)
class TypeStyle:
    """A text style in pixels of one screen."""

    px: int
    weight: int
    line_height: float


def type_token(kind: str, role: str, viewing_m: float) -> TypeToken:
    """Return the style of `role` on a kind of screen. Raises KeyError for a role the kind does not have."""
    tokens = load_tokens()
    if kind == "board":
        name, weight, line_height = _BOARD[role]
        cap_mm = viewing_m * 1000 / tokens.type_board.divisor[name]
        return TypeToken(cap_mm / tokens.fonts.cap_height_em, weight, line_height)
    return {"kiosk": tokens.type_kiosk, "tablet": _TABLET, "clerk": _CLERK}[kind][role]


def stepped(kind: str, role: str, step: float) -> float:
    """Return by how much "larger text" enlarges a role: questions by part of it, numbers and boards not at all."""
    if kind == "board" or role in _NO_STEP:
        return 1.0
    return 1 + (step - 1) * (_SOFT_SHARE if role in _SOFT_STEP else 1.0)
