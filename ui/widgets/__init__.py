"""The widgets of every screen. One widget, one file; each is given a `Theme` and the words it shows."""

from ui.widgets.door_tile import DoorTile
from ui.widgets.field_tile import FieldTile
from ui.widgets.key_cap import KeyCap
from ui.widgets.number_label import NumberLabel
from ui.widgets.paper_row import PaperRow
from ui.widgets.queue_mark import Chip, QueueToken, paint_chip, paint_token
from ui.widgets.sill_button import SillButton
from ui.widgets.text_block import Span, Text, plain, rich
from ui.widgets.text_label import TextLabel

__all__ = [
    "Chip",
    "DoorTile",
    "FieldTile",
    "KeyCap",
    "NumberLabel",
    "PaperRow",
    "QueueToken",
    "SillButton",
    "Span",
    "Text",
    "TextLabel",
    "paint_chip",
    "paint_token",
    "plain",
    "rich",
]
