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
    """A paragraph, wrapped at the paper's width; `right` stands at the far end of its last line."""

    text: str
    size: Size = Size.BODY
    align: Align = Align.LEFT
    bold: bool = False
    right: str = ""


class NumberBlock(Block, frozen=True, tag="number"):
    """The ticket's number, as large as the paper allows, standing in its door; `caption` above it.

    Words may stand there as well ("Đăng ký khai sinh" on a checklist): they wrap, and the door lies low.
    """

    number: str
    caption: str = ""


class QueueBlock(Block, frozen=True, tag="queue"):
    """The queue's doorway with its letter, and beside it what the ticket is for.

    `icon` is a file's name in `assets/icons/tabler` without its ending (LOOK: doorway, icon and letter together);
    without one the letter stands in the doorway.
    """

    letter: str
    title: str
    text: str = ""
    icon: str = ""


class RuleBlock(Block, frozen=True, tag="rule"):
    """A line across the paper."""

    dashed: bool = False


class TableBlock(Block, frozen=True, tag="table"):
    """Facts side by side: (label, value) per column, at most three columns.

    A line break in a value begins a small note under it: "Quầy 1 hoặc 2\\nkhu A, bên phải cửa".
    """

    columns: tuple[tuple[str, str], ...]


class ChecklistBlock(Block, frozen=True, tag="checklist"):
    """Papers with a box each: (name, whether the citizen has it); None: not needed, so no box ("Khỏi mang").

    A line break in a name begins the details under it: "Giấy chứng sinh\\n1 bản chính. Chưa có".
    """

    rows: tuple[tuple[str, bool | None], ...]


class QrBlock(Block, frozen=True, tag="qr"):
    """A QR code with its quiet zone, and what to do with it beside it.

    `level` is how much of it may be lost (L, M, Q or H); empty leaves it to the paper's width.
    """

    data: str
    title: str = ""
    text: str = ""
    level: str = ""


class GridBlock(Block, frozen=True, tag="grid"):
    """Rows of a name and a few short values, under headings; the first heading is the names' own.

    A heading may have a line for each language. Where there is no room beside them, values stand under their names.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class WriteBlock(Block, frozen=True, tag="write"):
    """Places to write on or to sign: labels side by side, each over `mm` of empty paper and a dotted line."""

    labels: tuple[str, ...]
    mm: float = 6


class LogoBlock(Block, frozen=True, tag="logo"):
    """A picture in the middle of the paper: the bytes of a grey PNG, checked when the set-up was read."""

    picture: bytes


class WidthBlock(Block, frozen=True, tag="width"):
    """Marks from the first to the last dot a head can print, one each 10 mm: what is cut off is seen at once."""


class SpaceBlock(Block, frozen=True, tag="space"):
    """Empty paper, in millimetres."""

    mm: float


class CutBlock(Block, frozen=True, tag="cut"):
    """Feed past the knife and cut."""


AnyBlock = (
    TextBlock
    | NumberBlock
    | QueueBlock
    | RuleBlock
    | TableBlock
    | ChecklistBlock
    | QrBlock
    | GridBlock
    | WriteBlock
    | LogoBlock
    | WidthBlock
    | SpaceBlock
    | CutBlock
)


class Receipt(Struct, frozen=True):
    """A piece of paper: its blocks from top to bottom.

    `job` names it in traces and logs, and is never printed: the ticket's id, not its token.
    """

    blocks: tuple[AnyBlock, ...]
    job: str = ""
