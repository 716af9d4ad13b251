"""The widgets of every screen. One widget, one file; each is given a `Theme` and the words it shows."""

from ui.widgets.access_bar import AccessBar
from ui.widgets.call_door import CallDoor
from ui.widgets.call_list import CallRow, WaitStrip
from ui.widgets.choices import Choices
from ui.widgets.code_slots import CodeSlots
from ui.widgets.countdown_ring import CountdownRing
from ui.widgets.door_frame import DoorFrame
from ui.widgets.door_tile import DoorTile
from ui.widgets.face import Face, FaceButton
from ui.widgets.fact import Fact
from ui.widgets.field_tile import FieldTile
from ui.widgets.ground import DoorSheet, RootArches
from ui.widgets.hand_slab import HandSlab
from ui.widgets.icon_view import IconText, IconView
from ui.widgets.key_cap import KeyCap
from ui.widgets.keyboard import Keyboard, Keypad
from ui.widgets.nav_row import NavRow
from ui.widgets.notice import Notice
from ui.widgets.number_label import NumberLabel
from ui.widgets.pages import Pages
from ui.widgets.panel import Panel, Rule
from ui.widgets.paper_row import PaperRow
from ui.widgets.pin_dots import PinDots
from ui.widgets.qr_plate import QrPlate, qr_matrix
from ui.widgets.queue_mark import Chip, QueueToken, paint_chip, paint_token
from ui.widgets.search_field import SearchField
from ui.widgets.sill_button import SillButton
from ui.widgets.stage import Stage
from ui.widgets.text_block import Span, Text, plain, rich
from ui.widgets.text_field import TextField
from ui.widgets.text_label import TextLabel
from ui.widgets.typing import BACKSPACE, apply_key
from ui.widgets.wall_header import WallHeader
from ui.widgets.window_focus import keep_focus_on_window

__all__ = [
    "BACKSPACE",
    "AccessBar",
    "CallDoor",
    "CallRow",
    "Chip",
    "Choices",
    "CodeSlots",
    "CountdownRing",
    "DoorFrame",
    "DoorSheet",
    "DoorTile",
    "Face",
    "FaceButton",
    "Fact",
    "FieldTile",
    "HandSlab",
    "IconText",
    "IconView",
    "KeyCap",
    "Keyboard",
    "Keypad",
    "NavRow",
    "Notice",
    "NumberLabel",
    "Pages",
    "Panel",
    "PaperRow",
    "PinDots",
    "QrPlate",
    "QueueToken",
    "RootArches",
    "Rule",
    "SearchField",
    "SillButton",
    "Span",
    "Stage",
    "Text",
    "TextField",
    "TextLabel",
    "WaitStrip",
    "WallHeader",
    "apply_key",
    "keep_focus_on_window",
    "paint_chip",
    "paint_token",
    "plain",
    "qr_matrix",
    "rich",
]
