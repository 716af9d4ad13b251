"""The page that shows whether a printer does all that is asked of it: width, letters, lines, code, knife."""

from collections.abc import Iterator

from msgspec import Struct

from kiosk.domain.paper import Template
from kiosk.domain.receipt import (
    Align,
    AnyBlock,
    ChecklistBlock,
    NumberBlock,
    QrBlock,
    Receipt,
    RuleBlock,
    Size,
    TableBlock,
    TextBlock,
    WidthBlock,
)
from kiosk.domain.site import Site
from kiosk.i18n import Words
from kiosk.ports import PrinterStatus
from kiosk.receipts.both import compose
from kiosk.receipts.voice import Voice

VIETNAMESE = "Ắ ằ ẳ ẵ ặ Ế ề ể ễ ệ Ố ồ ổ ỗ ộ Ớ ờ ở ỡ ợ Ứ ừ ử ữ ự Ý ỳ ỷ ỹ ỵ Đ đ"
KHMER = "សូមរង់ចាំលេខរបស់អ្នក"
FIGURES = "0123456789"
ADDRESS = "https://example.invalid/moi"
"""A name that nobody can own (RFC 6761): a phone reads it, and it leads nowhere."""
DOTS_PER_MM = 8


class PrinterFacts(Struct, frozen=True):
    """The printer as it is set up and as it answered."""

    target: str
    width_dots: int
    status: PrinterStatus
    """What it said of itself."""
    at: int
    """UTC milliseconds."""
    address: str = ADDRESS
    """What the code holds: as long as the longest the printer must print."""


def printer_receipt(site: Site, machine: int, facts: PrinterFacts, language: str) -> Receipt:
    """Make the test page; `machine` is 0 where no kiosk prints it."""

    def make(voice: Voice) -> Iterator[AnyBlock]:
        say = voice.say
        yield WidthBlock()
        yield from voice.header()
        yield NumberBlock("A027", say("Test page"))
        yield TableBlock(
            (
                (say("Paper"), f"{_paper_mm(facts.width_dots)} mm\n" + say("{n} dots", n=facts.width_dots)),
                (say("Printer"), f"{_status(facts.status, say)}\n{facts.target}"),
            )
        )
        yield TextBlock(say("Black must reach both ends of the marks above."), Size.SMALL)
        yield RuleBlock()
        for size in Size:
            yield TextBlock(VIETNAMESE, size)
        yield TextBlock(VIETNAMESE, bold=True)
        yield TextBlock(FIGURES, Size.STRONG)
        yield TextBlock(KHMER)
        yield RuleBlock(dashed=True)
        yield ChecklistBlock(((say("Ticked"), True), (say("Empty"), False), (say("No box"), None)))
        yield from voice.extra()
        yield from (RuleBlock(), QrBlock(facts.address, say("Scan this code"), facts.address, site.paper.qr_level))
        yield TextBlock(say("The knife must cut below this line."), Size.SMALL, Align.CENTRE)
        yield from voice.footer()
        yield WidthBlock()

    return compose(site, machine, Template.TEST, language, facts.at, make)


def _status(status: PrinterStatus, say: Words) -> str:
    names = {
        PrinterStatus.READY: say("ready"),
        PrinterStatus.PAPER_LOW: say("paper low"),
        PrinterStatus.PAPER_OUT: say("out of paper"),
        PrinterStatus.COVER_OPEN: say("cover open"),
        PrinterStatus.CUTTER_ERROR: say("knife stuck"),
        PrinterStatus.OVERHEATED: say("too hot"),
        PrinterStatus.ERROR: say("fault"),
        PrinterStatus.OFFLINE: say("off line"),
        PrinterStatus.UNKNOWN: say("says nothing"),
        PrinterStatus.UNREACHABLE: say("not there"),
    }
    return names[status]


def _paper_mm(dots: int) -> int:
    """Return the width of the roll such a head prints on (DOMAIN §9)."""
    return {576: 80, 384: 58}.get(dots, dots // DOTS_PER_MM)
