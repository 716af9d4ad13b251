"""Printers found and tried: which there are, and whether one prints what we send."""

import argparse
import sys
import time
from collections.abc import Callable

from kiosk.catalogue.site_file import load_site
from kiosk.domain.site import Site
from kiosk.ports import Printed, PrinterStatus, PrintOutcome, PrintRefused
from kiosk.receipts import PrinterFacts, printer_receipt
from kiosk.settings import PrinterSettings
from printers import open_printer, scan
from printers.models import ask_model, with_vietnamese_letters
from printers.transport import parse_target

Say = Callable[[str], None]

STATUS = {
    PrinterStatus.READY: "The printer is ready.",
    PrinterStatus.PAPER_LOW: "The printer is ready; its roll is nearly used up.",
    PrinterStatus.PAPER_OUT: "The printer has no paper. Put a roll in.",
    PrinterStatus.COVER_OPEN: "The printer's cover is open. Close it.",
    PrinterStatus.CUTTER_ERROR: "The printer's knife is stuck. Switch it off, free the knife, switch it on.",
    PrinterStatus.OVERHEATED: "The print head is too hot. It goes on by itself when it has cooled down.",
    PrinterStatus.ERROR: "The printer reports a fault. Switch it off and on; if that does not help, it needs repair.",
    PrinterStatus.OFFLINE: "The printer is off line. Press its feed button, or look whether it waits for something.",
    PrinterStatus.UNKNOWN: "Somebody is there and says nothing: it may print all the same.",
    PrinterStatus.UNREACHABLE: "Nobody is there. Is it switched on and plugged in, and the address right?",
}
"""What each status means, and what to do."""
SILENT_WAY = "This way carries no answers, so nothing is known of its paper."
_SILENT = ("file:", "cups:", "windows:")


def run(args: argparse.Namespace) -> int:
    """Run `printer scan` or `printer test`; see `run_scan` and `run_test`."""
    if args.action == "scan":
        return run_scan(args.net, args.timeout, print)
    letters = args.letters or ""
    settings = PrinterSettings(
        args.target, args.width, args.timeout, mode="text" if letters else "picture", model=letters
    )
    return run_test(settings, load_site(args.site), print, args.language)


def run_scan(nets: list[str], timeout_s: float, say: Say) -> int:
    """Say what was found, one target a line, network last since it takes longest. 1 where there is nothing."""
    try:
        networks = [scan.read_network(net) for net in nets] or scan.own_networks()
    except ValueError as error:
        say(f"The network cannot be looked through: {error}.")
        return 2
    found = 0
    for look in (scan.on_usb, scan.on_serial, scan.in_spoolers):
        for one in look():
            found += 1
            say(f"{one.target}  {one.what}")
    if networks:
        where = ", ".join(map(str, networks))
        print(f"Looking through {where}, at most {timeout_s:g} s …", file=sys.stderr)
        for one in scan.on_network(networks, timeout_s, _progress):
            found += 1
            say(f"{one.target}  {one.what}")
    say(f"{found} found. Try one: main.py printer test TARGET" if found else "Nothing was found.")
    return 0 if found else 1


def run_test(settings: PrinterSettings, site: Site, say: Say, language: str = "vi") -> int:
    """Ask a printer how it is and what, print the test page, and say what became of it; 0 where it is on paper.

    Raises:
        PrinterSetupError: the target cannot be read, or the model has no letters.
    """
    printer = open_printer(settings)
    try:
        status = printer.status()
        silent = settings.target.startswith(_SILENT)
        say(SILENT_WAY if silent and status.prints else STATUS[status])
        printer.close()  # some take one connection at a time
        if status.prints and not silent and (model := _model(settings)):
            say(model)
        printer = open_printer(settings)
        facts = PrinterFacts(settings.target, settings.width_dots, status, time.time_ns() // 1_000_000)
        outcome = printer.print(printer_receipt(site, 0, facts, language))
    finally:
        printer.close()
    say(fate(outcome))
    return 0 if isinstance(outcome, Printed) else 1


def _model(settings: PrinterSettings) -> str:
    """Return a sentence with what the printer calls itself, "" where it does not say."""
    try:
        transport = parse_target(settings.target).open(settings.timeout_s)
        try:
            model = ask_model(transport, min(settings.timeout_s, 1.0))
        finally:
            transport.close()
    except OSError:
        return ""
    if not model:
        return ""
    letters = " It has Vietnamese letters of its own." if model in with_vietnamese_letters() else ""
    return f"It calls itself {model}.{letters}"


def fate(outcome: PrintOutcome) -> str:
    """Say what became of a page."""
    if isinstance(outcome, Printed):
        return (
            "The test page was printed."
            if outcome.status is PrinterStatus.READY
            else (f"The test page was printed. {STATUS[outcome.status]}")
        )
    if isinstance(outcome, PrintRefused):
        return f"The test page was not sent. {STATUS[outcome.status]}"
    return f"The test page was sent, and nobody knows whether it came out: look. {STATUS[outcome.status]}"


def _progress(done: int, of: int) -> None:
    if done % 64 == 0 or done == of:
        print(f"  {done} of {of}", file=sys.stderr)
