"""Qt style sheet and palette from roles: grounds, entry fields, tool tips. What has a sill is painted, not styled."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget

from ui.theme.theme import Theme

GROUNDS = ("paper", "surface", "sunk", "tint", "wall", "need_tint", "alarm_tint")


def style_sheet(theme: Theme) -> str:
    """Return the sheet of one window. Rules select by dynamic property `ground` and by class, never by object name."""
    style = theme.type("body")
    rules = [f'QWidget[ground="{ground}"] {{ background-color: {theme.hex(ground)}; }}' for ground in GROUNDS]
    rules.append(
        "QLineEdit {"
        f" color: {theme.hex('ink')}; background: transparent; border: none; padding: 0;"
        f" selection-background-color: {theme.hex('primary')}; selection-color: {theme.hex('on_primary')};"
        f" font-size: {style.px}px; }}"
    )
    rules.append(
        f"QToolTip {{ color: {theme.hex('ink')}; background-color: {theme.hex('paper')};"
        f" border: {theme.stroke('outline')}px solid {theme.hex('edge')}; padding: {theme.space('s1')}px; }}"
    )
    return "\n".join(rules)


def palette(theme: Theme) -> QPalette:
    """Return the palette, for the few things Qt draws itself (caret, selection, placeholder)."""
    colors = QPalette()
    for qt_role, role in (
        (QPalette.ColorRole.Window, "paper"),
        (QPalette.ColorRole.Base, "surface"),
        (QPalette.ColorRole.WindowText, "ink"),
        (QPalette.ColorRole.Text, "ink"),
        (QPalette.ColorRole.ButtonText, "ink"),
        (QPalette.ColorRole.PlaceholderText, "ink_2"),
        (QPalette.ColorRole.Highlight, "primary"),
        (QPalette.ColorRole.HighlightedText, "on_primary"),
    ):
        colors.setColor(qt_role, theme.color(role))
    return colors


def apply(theme: Theme, window: QWidget) -> None:
    """Dress a top window. Call once per theme; widgets inside are built with the same theme."""
    window.setFont(theme.font("body"))
    window.setPalette(palette(theme))
    window.setStyleSheet(style_sheet(theme))
