"""What every screen's process has around its window: settings, the hub's link, a printer of its own, an orderly end."""

import argparse
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kiosk import log
from kiosk.ports import Clock
from kiosk.settings import Settings, load_for

if TYPE_CHECKING:
    from kiosk.link.link import Link
    from printers.spool import Spool
    from ui.theme import Theme

CLERK_PATIENCE_S = 5.0
KIOSK = "kiosk"


@dataclass(frozen=True)
class Around:
    """What a role's window is made with."""

    theme: "Theme"
    settings: Settings
    link: "Link"
    spool: "Spool | None"
    """The way to this machine's own printer, which works once the window is made; None where there is no printer,
    but at a kiosk: there it says so to whoever waits for a paper."""


MakeWindow = Callable[[Around], Any]


def run_screen(
    args: argparse.Namespace, role: str, make_window: MakeWindow, clock: Clock, version: str, query: str = ""
) -> int:
    """Open one role's window on its hub and run until it is closed.

    Args:
        args: the command line, as `command_line` describes a screen's.
        role: "kiosk", "counter", …
        make_window: makes the role's window.
        clock: this machine's wall time.
        version: of the program, for the hub.
        query: what the role's view is asked for with, such as "?counter=3".
    """
    from kiosk.link.link import Link
    from ui.app import DESK_SIZE, make_application, show, theme_for
    from ui.driver import Driver

    settings = load_for(args.settings, args.language, getattr(args, "printer", ""))
    log.trace_to(args.trace)
    app = make_application(role, settings)
    link = Link(
        args.hub,
        args.token or os.environ.get("MOI_TOKEN", ""),
        clock,
        outbox=args.data / f"{role}.db",
        language=settings.language,
        patience_s=settings.patience_s if role == KIOSK else CLERK_PATIENCE_S,
        view_query=query,
    )
    spool = _spool(args, role, settings, link)
    told = (lambda: spool.status) if spool is not None and settings.printer.target else None
    link.tell_how_we_are(version, told)
    window = make_window(Around(theme_for(role, settings, args.size), settings, link, spool))
    if spool is not None:
        if told is not None:
            spool.follow_status(lambda status: link.tell_now())
        spool.start()
    if hasattr(window, "bug_happened"):
        app.bug_happened.connect(window.bug_happened)
    show(window, args.size or DESK_SIZE.get(role))
    if args.drive:
        Driver(window).start()
    try:
        return app.exec()
    finally:
        if spool is not None:
            spool.close()
        link.close()
        log.trace_to(None)


def _spool(args: argparse.Namespace, role: str, settings: Settings, link: "Link") -> "Spool | None":
    if role != KIOSK and not (hasattr(args, "printer") and settings.printer.target):
        return None
    from kiosk.link.paper_facts import paper_teller
    from printers import open_printer
    from printers.spool import Spool
    from printers.spool_store import SpoolStore

    # Of each role its own: two windows may share a folder, and a spool takes what it finds open there for interrupted.
    store = SpoolStore(args.data / ("spool.db" if role == KIOSK else f"{role}-spool.db"))
    return Spool(open_printer(settings.printer), store, paper_teller(link), link)
