"""The one composition root: a command line in, a role's objects and window out (DESIGN §5)."""

import argparse
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from kiosk import log
from kiosk.catalogue.sentence import SentenceError
from kiosk.settings import Settings, SettingsError, load
from tools.command_line import parser

if TYPE_CHECKING:
    from kiosk.hub.hub import Hub
    from kiosk.link.link import Link
    from ui.theme import Theme

VERSION = "0.1.0"
DISK_FAILED = 74
"""Exit code when an outcome is unknown (sysexits' EX_IOERR): start again, the journal is checked then."""


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
    from kiosk.hub.hub import Hub
    from kiosk.hub.serve import Server, bind

    if not args.dev:
        print("The hub runs with --dev for now: on this machine only, over plain HTTP.", file=sys.stderr)
        return 2
    site, catalogue = load_site(args.site), load_catalogue(args.catalogue)
    listener = bind(args.port)
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    failed, wake = threading.Event(), list[Callable[[], None]]()

    def on_failure(_: BaseException) -> None:
        failed.set()
        server.should_exit = True

    hub = Hub(
        args.data,
        site,
        catalogue,
        SystemClock(),
        public_url=lambda: args.public_url or url,
        on_commit=lambda: [call() for call in wake],
        on_failure=on_failure,
    )
    server = Server(hub, VERSION)
    stop_central = _start_central(hub, args.central, wake) if args.central else None
    print(json.dumps({"url": url, "tokens": hub.devices.tokens}), flush=True)
    try:
        server.run(sockets=[listener])
    finally:
        if stop_central is not None:
            stop_central()
        hub.close()
    return DISK_FAILED if failed.is_set() else 0


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
    return pusher.stop


# --- the screens


def run_kiosk(args: argparse.Namespace) -> int:
    """Run the citizen's touch screen."""
    from kiosk.catalogue.site_file import load_site
    from kiosk.catalogue.store import load as load_catalogue
    from printers import open_printer
    from ui.app import KIOSK_SHORT_SIDE_MM
    from ui.kiosk.around import Centre, Devices
    from ui.kiosk.window import KioskWindow

    centre = Centre(load_site(args.site), load_catalogue(args.catalogue), args.kiosk)

    def window(theme: "Theme", settings: Settings, link: "Link") -> Any:
        devices = Devices(link, open_printer(settings.printer), SystemClock())
        return KioskWindow(centre, devices, settings, theme.metrics)

    return _run_screen(args, "kiosk", KIOSK_SHORT_SIDE_MM, window)


def run_counter(args: argparse.Namespace) -> int:
    """Run a clerk's window."""
    from kiosk.catalogue.store import load as load_catalogue
    from ui.counter.window import CounterWindow

    def window(theme: "Theme", settings: Settings, link: "Link") -> Any:
        return CounterWindow(
            theme, link, args.counter, catalogue=load_catalogue(args.catalogue), language=settings.language
        )

    return _run_screen(args, "counter", None, window, types="clerk", query=f"?counter={args.counter}")


def run_board(args: argparse.Namespace) -> int:
    """Run the hall display, with its voice."""
    from kiosk.catalogue.site_file import load_site
    from kiosk.voice.announcer import ClipAnnouncer, SpeakingRules
    from kiosk.voice.call import style_of
    from kiosk.voice.clips import ClipFolders
    from ui.board.window import BoardWindow

    announcer = ClipAnnouncer(
        ClipFolders(), style_of(load_site(args.site).info.number_words), SpeakingRules(keep_dir=args.keep_voice)
    )

    def window(theme: "Theme", settings: Settings, link: "Link") -> Any:
        return BoardWindow(theme, link, announcer, language=settings.language)

    try:
        return _run_screen(args, "board", BOARD_SHORT_SIDE_MM, window, types="board")
    finally:
        announcer.close()


def run_tablet(args: argparse.Namespace) -> int:
    """Run a counter's rating tablet."""
    from ui.tablet.window import TabletWindow

    def window(theme: "Theme", settings: Settings, link: "Link") -> Any:
        timing = settings.timing
        return TabletWindow(
            theme,
            link,
            args.counter,
            language=settings.language,
            close_s=timing.rating_close,
            thanks_s=timing.thanks_close,
        )

    return _run_screen(args, "tablet", TABLET_SHORT_SIDE_MM, window, types="tablet", query=f"?counter={args.counter}")


BOARD_SHORT_SIDE_MM = 535.0
"""Shorter side of the 43-inch screen the board's pictures are drawn for (tokens.json: 1080 px at 2.02 px/mm)."""
CLERK_SIZE, CLERK_DPI = (1024, 640), 96
"""The clerk's window stands beside her real work: sizes are those of a desktop (tokens.json, type_clerk)."""
TABLET_SHORT_SIDE_MM = 136.4
"""Shorter side of a 10.1-inch tablet: 800 px at 149 dpi (tokens.json)."""


def _run_screen(
    args: argparse.Namespace,
    role: str,
    short_side_mm: float | None,
    make_window: Callable[["Theme", Settings, "Link"], Any],
    *,
    types: str = "kiosk",
    query: str = "",
) -> int:
    """Open one role's window on its hub and run until it is closed."""
    from kiosk.link.link import Link
    from ui.app import make_application, metrics_for, show
    from ui.driver import Driver
    from ui.theme import Metrics, Theme

    settings = _settings(args)
    log.trace_to(args.trace)
    app = make_application(role, settings)
    link = Link(
        args.hub,
        args.token or os.environ.get("MOI_TOKEN", ""),
        SystemClock(),
        outbox=args.data / f"{role}.db",
        language=settings.language,
        patience_s=settings.patience_s if role == "kiosk" else 5.0,
        view_query=query,
    )
    if short_side_mm is None:
        width, height = args.size or CLERK_SIZE
        metrics = Metrics.from_dpi(settings.screen_dpi or CLERK_DPI, width, height)
    else:
        metrics = metrics_for(settings, args.size, short_side_mm)
    theme = Theme(
        "light", metrics, types=types, reduced_motion=settings.reduced_motion, viewing_m=settings.viewing_m
    )
    window = make_window(theme, settings, link)
    show(window, args.size if short_side_mm is not None else args.size or CLERK_SIZE)
    if args.drive:
        Driver(window).start()
    try:
        return app.exec()
    finally:
        link.close()
        log.trace_to(None)


def _settings(args: argparse.Namespace) -> Settings:
    from msgspec.structs import replace

    settings = load(args.settings)
    return replace(settings, language=args.language) if args.language else settings


def run_tray(args: argparse.Namespace) -> int:
    """Show what a printer on TCP would print, on the screen."""
    from tools.tray import run

    return run(args.port, args.size, _settings(args))


# --- the rest


def run_catalogue(args: argparse.Namespace) -> int:
    """Check or import procedures."""
    from kiosk.catalogue import cli

    if args.action == "check":
        return cli.run_check(args.file, args.site, args.language or "vi", print)
    return cli.run_import(args.file, args.site, args.out, args.language or "vi", print)


def run_central(args: argparse.Namespace) -> int:
    """Prepare or check the province's database."""
    from kiosk.central import cli

    if args.action == "migrate":
        return cli.run_migrate(args.dsn, print)
    if args.action == "add-site":
        return cli.run_add_site(args.dsn, args.site_id, args.login, os.environ.get("MOI_SITE_PASSWORD", ""), print)
    return cli.run_verify(args.dsn, args.site_id, print)


def run_gallery(args: argparse.Namespace) -> int:
    """Draw every widget state and every screen as PNG."""
    from ui.gallery import main as draw

    return draw(args.out)


def run_tour(args: argparse.Namespace) -> int:
    """Play the whole story and write down what happened."""
    from tools.tour.tour import run

    return run(args.out)


def run_bench(args: argparse.Namespace) -> int:
    """Measure what the product promises."""
    from tools.bench.bench import run

    return run(args.json, quick=args.quick)


def run_demo(_: argparse.Namespace) -> int:
    """Open the demo centre: every role a process and a window of its own."""
    from tools.demo import run

    return run()


RUNS = {
    "hub": run_hub,
    "kiosk": run_kiosk,
    "counter": run_counter,
    "board": run_board,
    "tablet": run_tablet,
    "tray": run_tray,
    "catalogue": run_catalogue,
    "central": run_central,
    "tour": run_tour,
    "gallery": run_gallery,
    "bench": run_bench,
    "demo": run_demo,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. A wrong file or setting ends in a sentence, not in a traceback."""
    args = parser(RUNS).parse_args(argv)
    log.set_up(args.command)
    try:
        return int(args.run(args))
    except (SettingsError, SentenceError, OSError) as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
