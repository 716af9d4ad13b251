"""Which roles a pressable thing takes, by kind and state. Contrast themes invert what is chosen (LOOK, "10")."""

from dataclasses import dataclass, replace

from ui.theme import Theme

KINDS = ("plain", "next", "hero", "mangrove", "wall", "pill", "square")


@dataclass(frozen=True)
class Look:
    """Colour roles of one button in one state. `outline` and `sill` may be absent."""

    face: str
    text: str
    note: str
    icon: str
    outline: str | None
    sill: str | None
    ring: str = "primary"


_PLAIN = Look("surface", "ink", "ink_2", "primary", "line", "edge")
_LOOKS = {
    "plain": _PLAIN,
    "pill": _PLAIN,
    "square": _PLAIN,
    "next": Look("accent", "on_accent", "on_accent", "on_accent", "accent_sill", "accent_sill"),
    "hero": Look("accent", "on_accent", "on_accent", "on_accent", "accent_sill", "accent_sill"),
    "mangrove": Look("primary", "on_primary", "on_primary", "on_primary", "primary_sill", "primary_sill"),
    "wall": Look("wall_raised", "on_wall", "on_wall", "on_wall", None, "on_wall_2", ring="on_wall"),
}
_PRESSED_FACE = {"next": "accent_pressed", "hero": "accent_pressed", "mangrove": "primary_sill", "wall": "wall"}


def button_look(
    theme: Theme,
    kind: str,
    *,
    chosen: bool = False,
    pressed: bool = False,
    off: bool = False,
    sill: str | None = None,
    face: str | None = None,
) -> Look:
    """Return the roles of a button. Raises KeyError for a kind the look does not know."""
    look = _LOOKS[kind]
    if sill is not None:
        look = replace(look, sill=sill, outline=look.outline)
    if face is not None:
        look = replace(look, face=face)
    if chosen:
        look = _chosen(theme, kind, look)
    elif off:
        return _off(theme, kind, look)
    if pressed and not (chosen and theme.contrast):
        look = _pressed(theme, kind, look)
    if theme.contrast and look.outline != look.sill:
        outline = "on_wall" if kind == "wall" else "edge"
        look = replace(look, outline=outline, sill=outline)
    return look


def _chosen(theme: Theme, kind: str, look: Look) -> Look:
    if kind == "wall":
        face = "on_wall"
        return Look(face, "wall", "wall", "wall", None, "on_wall_2", ring="on_wall")
    if theme.contrast:
        return Look("tint", "on_tint", "on_tint", "on_tint", "tint", "tint", ring=look.ring)
    return Look("tint", "ink", "ink_2", "primary", "primary", "primary", ring=look.ring)


def _off(theme: Theme, kind: str, look: Look) -> Look:
    """No sill: not pressable. The words stay readable, the reason is told when it is touched."""
    if kind == "wall":
        return Look("wall", "on_wall_2", "on_wall_2", "on_wall_2", "wall_line", None, ring=look.ring)
    return Look("sunk", "ink_2", "ink_2", "ink_2", "line", None, ring=look.ring)


def _pressed(theme: Theme, kind: str, look: Look) -> Look:
    if theme.contrast and kind not in ("next", "hero"):
        return look  # the lowered face alone tells it; a tinted face would look chosen
    return replace(look, face=_PRESSED_FACE.get(kind, "sunk"))
