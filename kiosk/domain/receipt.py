"""Anything on paper, as plain blocks made by the core; `printers/` turns them into dots (DESIGN §8)."""

from enum import StrEnum

from msgspec import Struct


class Size(StrEnum):
    """Type sizes on paper; dots per size are in tokens.json, `type_paper`."""

    SMALL = "small"
    BODY = "body"
    STRONG = "strong"


class Align(StrEnum):
    """Where a line of text stands."""

    LEFT = "left"
    CENTRE = "centre"


class Block(Struct, frozen=True, tag_field="block"):
    """Base of all blocks."""


class TextBlock(Block, frozen=True, tag="text"):
    """A paragraph, wrapped at the paper's width."""

    text: str
    size: Size = Size.BODY
    align: Align = Align.LEFT
    bold: bool = False


class NumberBlock(Block, frozen=True, tag="number"):
    """The ticket's number, as large as the paper allows, standing in its door; `caption` above it."""

    number: str
    caption: str = ""


class QueueBlock(Block, frozen=True, tag="queue"):
    """The queue's doorway with its letter, and beside it what the ticket is for."""

    letter: str
    title: str
    text: str = ""


class RuleBlock(Block, frozen=True, tag="rule"):
    """A line across the paper."""

    dashed: bool = False


class TableBlock(Block, frozen=True, tag="table"):
    """Facts side by side: (label, value) per column, at most three columns."""

    columns: tuple[tuple[str, str], ...]


class ChecklistBlock(Block, frozen=True, tag="checklist"):
    """Papers with a box each: (name, whether the citizen has it)."""

    rows: tuple[tuple[str, bool], ...]


class QrBlock(Block, frozen=True, tag="qr"):
    """A QR code with its quiet zone, and what to do with it beside it."""

    data: str
    title: str = ""
    text: str = ""


class SpaceBlock(Block, frozen=True, tag="space"):
    """Empty paper, in millimetres."""

    mm: float


class CutBlock(Block, frozen=True, tag="cut"):
    """Feed past the knife and cut."""


AnyBlock = (
    TextBlock | NumberBlock | QueueBlock | RuleBlock | TableBlock | ChecklistBlock | QrBlock | SpaceBlock | CutBlock
)


class Receipt(Struct, frozen=True):
    """A piece of paper: its blocks from top to bottom."""

    blocks: tuple[AnyBlock, ...]
