"""The look on a real screen: tokens in millimetres, colours by role, fonts, icons, style sheet."""

from ui.theme.fonts import FontsMissingError, load_fonts
from ui.theme.icons import IconMissingError
from ui.theme.metrics import Metrics
from ui.theme.style import apply
from ui.theme.theme import THEMES, QueueLook, Theme
from ui.theme.types import TypeStyle

__all__ = [
    "THEMES",
    "FontsMissingError",
    "IconMissingError",
    "Metrics",
    "QueueLook",
    "Theme",
    "TypeStyle",
    "apply",
    "load_fonts",
]
