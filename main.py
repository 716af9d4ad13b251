"""The one composition root: a command line in, a role's objects and window out (DESIGN §5)."""

import argparse
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from kiosk import log
from kiosk.catalogue.sentence import SentenceError
from kiosk.settings import SettingsError
from kiosk.typefaces import TypefaceError
from tools.command_line import parser
from tools.commands import OTHER
from tools.screen import Around, MakeWindow, run_screen

if TYPE_CHECKING:
    from kiosk.hub.hub import Hub

VERSION = "0.1.0"
WARM_UP_AFTER_MS = 300
"""Fonts and driver of the printer are loaded right after the first frame: a second later the first citizen may be
waiting for her ticket, and for them."""
LAST_PUSH_S = 3.0
"""How long a stopping hub goes on sending what central does not have yet."""


class SystemClock:
    """The machine's wall time."""

    def now_ms(self) -> int:
        """Return UTC milliseconds."""
        return time.time_ns() // 1_000_000


# --- the hub


def run_hub(args: argparse.Namespace) -> int:
    """Serve a centre until stopped. The first line on standard output says where and with which tokens."""
    from kiosk.catalogue.site_file import load_site
    from kiosk.catalogue.store import load as load_catalogue
    from kiosk.hub.machine import NOT_THE_HUB, Follow, Setup, serve, tokens_of
    from kiosk.hub.web.serve import bind

    if not args.dev:
        print("The hub runs with --dev for now: on this machine only, over plain HTTP.", file=sys.stderr)
        return 2
    site, catalogue = load_site(args.site), load_catalogue(args.catalogue)
    listener = bind(args.port)
    url, wake = f"http://127.0.0.1:{listener.getsockname()[1]}", list[Callable[[], None]]()
    setup = Setup(
        args.data,
        site,
        catalogue,
        SystemClock(),
        VERSION,
        args.public_url or url,
        args.dev,
        int(args.recovery_window * 1000),
        follow=Follow(args.follow, args.token or os.environ.get("MOI_TOKEN", ""), url) if args.follow else None,
        on_commit=lambda: [call() for call in wake],
        beside=lambda hub: _start_central(hub, args.central, wake) if args.central else lambda: None,
    )
    # A standby's tokens are its hub's.
    print(json.dumps({"url": url, "tokens": {} if setup.follow else tokens_of(setup)}), flush=True)
    code = serve(setup, listener)
    if code == NOT_THE_HUB:
        print(
            f"{args.data} is not the hub's any more: another machine has taken over, or it is a copy. Start it with "
            "--follow and the hub's address: it gives back what the hub lacks.",
            file=sys.stderr,
        )
    return code


def _start_central(hub: "Hub", dsn: str, wake: list[Callable[[], None]]) -> Callable[[], object]:
    """Push the journal to the province while the hub runs."""
    from kiosk.central.pusher import Pusher

    pusher = Pusher(hub.reader, dsn)

    def state() -> dict[str, Any]:
        now = pusher.state
        hub.metrics.central_lag.set(now.lag)
        return {"status": now.status.value, "seq": now.cursor, "lag": now.lag, "detail": now.sentence}

    wake.append(pusher.wake)
    hub.central_state = state
    pusher.start()

    def stop() -> None:
        pusher.push_until(hub.reader.head()[0], LAST_PUSH_S)
        pusher.stop()
        wake.remove(pusher.wake)

    return stop


# --- the screens


def run_kiosk(args: argparse.Namespace) -> int:
    """Run the citizen's touch screen."""
    from PySide6.QtCore import QTimer

    from kiosk.catalogue.site_file import load_site
    from kiosk.catalogue.store import load as load_catalogue
    from kiosk.receipts import specimens
    from printers.factory import warm_up
    from ui.kiosk.around import Centre, Devices
    from ui.kiosk.window import KioskWindow

    centre = Centre(load_site(args.site), load_catalogue(args.catalogue), args.kiosk)

    def window(around: Around) -> Any:
        settings, link, spool = around.settings, around.link, around.spool
        assert spool is not None, "a kiosk has one in any case"
        own = specimens(centre.site, args.kiosk, settings.language)
        warm = threading.Thread(target=warm_up, args=[settings.printer, own], name="warm-up", daemon=True)
        # A lambda: of a bound method PySide keeps only a weak reference, and nobody else holds the thread.
        QTimer.singleShot(WARM_UP_AFTER_MS, lambda: warm.start())
        return KioskWindow(centre, Devices(link, spool, link), settings, around.theme.metrics)

    return _run_screen(args, "kiosk", window)


def run_counter(args: argparse.Namespace) -> int:
    """Run a clerk's window."""
    from kiosk.catalogue.site_file import load_site
    from kiosk.catalogue.store import load as load_catalogue
    from ui.counter.window import CounterWindow

    catalogue, site = load_catalogue(args.catalogue), load_site(args.site)
    zone = ZoneInfo(site.info.time_zone)

    def window(around: Around) -> Any:
        theme, settings, link = around.theme, around.settings, around.link
        known = {"catalogue": catalogue, "site": site, "zone": zone, "spool": around.spool}
        return CounterWindow(theme, link, args.counter, language=settings.language, now_ms=link.now_ms, **known)

    return _run_screen(args, "counter", window, query=f"?counter={args.counter}")


def run_board(args: argparse.Namespace) -> int:
    """Run the hall display, with its voice."""
    from kiosk.catalogue.site_file import load_site
    from kiosk.voice.announcer import ClipAnnouncer, SpeakingRules
    from kiosk.voice.call import style_of
    from kiosk.voice.clips import ClipFolders
    from ui.board.window import BoardWindow

    style = style_of(load_site(args.site).info.number_words)
    announcer = ClipAnnouncer(ClipFolders(), style, SpeakingRules(keep_dir=args.keep_voice))

    def window(around: Around) -> Any:
        known = {"language": around.settings.language, "now_ms": around.link.now_ms, "zone": _zone(args)}
        return BoardWindow(around.theme, around.link, announcer, **known)

    try:
        return _run_screen(args, "board", window)
    finally:
        announcer.close()


def run_tablet(args: argparse.Namespace) -> int:
    """Run a counter's rating tablet."""
    from ui.tablet.window import TabletWindow

    def window(around: Around) -> Any:
        timing = around.settings.timing
        return TabletWindow(
            around.theme,
            around.link,
            args.counter,
            language=around.settings.language,
            close_s=timing.rating_close,
            thanks_s=timing.thanks_close,
            zone=_zone(args),
        )

    return _run_screen(args, "tablet", window, query=f"?counter={args.counter}")


def run_supervisor(args: argparse.Namespace) -> int:
    """Run the supervisor's screen."""
    from kiosk.catalogue.site_file import load_site
    from ui.supervisor.window import SupervisorWindow

    site = load_site(args.site)

    def window(around: Around) -> Any:
        known = {"language": around.settings.language, "now_ms": around.link.now_ms, "spool": around.spool}
        return SupervisorWindow(around.theme, around.link, site, **known)

    return _run_screen(args, "supervisor", window)


def _run_screen(args: argparse.Namespace, role: str, make_window: MakeWindow, query: str = "") -> int:
    """Open one role's window on its hub and run until it is closed."""
    return run_screen(args, role, make_window, SystemClock(), VERSION, query)


def _zone(args: argparse.Namespace) -> ZoneInfo:
    """Return the centre's time zone: a screen shows its clock, whatever the machine believes."""
    from kiosk.catalogue.site_file import load_site

    return ZoneInfo(load_site(args.site).info.time_zone)


RUNS = {
    "hub": run_hub,
    "kiosk": run_kiosk,
    "counter": run_counter,
    "board": run_board,
    "tablet": run_tablet,
    "supervisor": run_supervisor,
    **OTHER,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. A wrong file or setting ends in a sentence, not in a traceback."""
    args = parser(RUNS).parse_args(argv)
    is_hub = args.command == "hub"
    log.set_up(args.command, events_only=is_hub, as_json=is_hub and args.log == "json")
    try:
        return int(args.run(args))
    except (SettingsError, SentenceError, TypefaceError, OSError) as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
