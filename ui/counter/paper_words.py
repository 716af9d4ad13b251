"""What a clerk reads of paper: what became of one, and which printer needs somebody."""

from kiosk.i18n import Words
from kiosk.ports import PrinterStatus
from kiosk.wire.paper_views import PaperFate
from kiosk.wire.views import CounterView

_WELL = (PrinterStatus.READY, PrinterStatus.UNKNOWN)
"""No answer is not no paper (DESIGN §8): of an own printer that says nothing there is nothing to say."""


def fate_in_words(fate: PaperFate, say: Words) -> str:
    """Say what became of a paper."""
    if fate.result == "printed":
        return say("came out at machine {n}", n=fate.kiosk) if fate.kiosk else say("has come out")
    if fate.result == "refused":
        return say("did not come out: {what}", what=_trouble(fate.detail, say))
    if fate.result:
        return say("look whether it came out")
    return say("is coming out at machine {n}", n=fate.kiosk) if fate.kiosk else say("is coming out")


def paper_sentence(
    paper: tuple[str, PaperFate] | None, own: PrinterStatus | None, view: CounterView | None, say: Words
) -> str:
    """Say what needs somebody: a list that did not come out, then a printer.

    Args:
        paper: whose list was printed last, and its fate.
        own: how the counter's own printer is; None without one.
        view: which kiosks' printers need somebody; the worst goes first, for a roll that is nearly out still prints.
        say: the counter's words.
    """
    if paper is not None and paper[1].result in ("refused", "uncertain"):
        return say("List for {number}: {fate}.", number=paper[0], fate=fate_in_words(paper[1], say))
    if own is not None and own not in _WELL:
        return say("The printer of this counter: {what}.", what=_trouble(own.value, say))
    printers = view.printers if view is not None else ()
    worst = min(printers, key=lambda printer: printer.status == PrinterStatus.PAPER_LOW.value, default=None)
    if worst is None:
        return ""
    what = _trouble(worst.status, say)
    if worst.kiosk:
        return say("Kiosk {n}: {what}.", n=worst.kiosk, what=what)
    return say("Kiosk: {what}.", what=what)


def _trouble(status: str, say: Words) -> str:
    return {
        "paper_low": say("paper is nearly out"),
        "paper_out": say("no paper"),
        "cover_open": say("the cover is open"),
        "cutter_error": say("the knife is stuck"),
        "not_here": say("that machine has not got it"),
        "unknown_procedure": say("its procedure is not known there"),
        "not_begun": say("switched off before its turn"),
        "not_stored": say("the disk takes nothing more"),
    }.get(status, say("the printer does not print"))
