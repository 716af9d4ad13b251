"""The widgets of every screen. One widget, one file; each is given a `Theme` and the words it shows."""

from ui.widgets.access_bar import AccessBar
from ui.widgets.door_frame import DoorFrame
from ui.widgets.door_tile import DoorTile
from ui.widgets.field_tile import FieldTile
from ui.widgets.ground import DoorSheet, RootArches
from ui.widgets.icon_view import IconText, IconView
from ui.widgets.key_cap import KeyCap
from ui.widgets.nav_row import NavRow
from ui.widgets.number_label import NumberLabel
from ui.widgets.panel import Panel, Rule
from ui.widgets.paper_row import PaperRow
from ui.widgets.queue_mark import Chip, QueueToken, paint_chip, paint_token
from ui.widgets.sill_button import SillButton
from ui.widgets.stage import Stage
from ui.widgets.text_block import Span, Text, plain, rich
from ui.widgets.text_label import TextLabel
from ui.widgets.wall_header import WallHeader

__all__ = [
    "AccessBar",
    "Chip",
    "DoorFrame",
    "DoorSheet",
    "DoorTile",
    "FieldTile",
    "IconText",
    "IconView",
    "KeyCap",
    "NavRow",
    "NumberLabel",
    "Panel",
    "PaperRow",
    "QueueToken",
    "RootArches",
    "Rule",
    "SillButton",
    "Span",
    "Stage",
    "Text",
    "TextLabel",
    "WallHeader",
    "paint_chip",
    "paint_token",
    "plain",
    "rich",
]
