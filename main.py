"""The one composition root: a command line in, a role's objects and window out (DESIGN §5)."""

import argparse
import importlib
import json
import os
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from kiosk import log
from kiosk.settings import ASSETS_DIR, Settings, SettingsError, load

VERSION = "0.1.0"
DEMO_SITE = ASSETS_DIR / "site" / "demo.json"
DEMO_CATALOGUE = ASSETS_DIR / "catalogue" / "catalogue.json"
DISK_FAILED = 74
"""Exit code when an outcome is unknown (sysexits' EX_IOERR): start again, the journal is checked then."""


class SystemClock:
    """The machine's wall time."""

    def now_ms(self) -> int:
        """Return UTC milliseconds."""
        return time_ms()


def time_ms() -> int:
    """Return UTC milliseconds."""
    from time import time_ns

    return time_ns() // 1_000_000


def run_hub(args: argparse.Namespace) -> int:
    """Serve a centre until stopped. The first line on standard output says where and with which tokens."""
    from kiosk.catalogue.site_file import load_site
    from kiosk.catalogue.store import load as load_catalogue
    from kiosk.hub.hub import Hub
    from kiosk.hub.serve import Server, bind

    if not args.dev:
        print("The hub runs with --dev for now: on this machine only, over plain HTTP.", file=sys.stderr)
        return 2
    site = load_site(args.site)
    listener = bind(args.port)
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    failed = threading.Event()
    wake: list[Callable[[], None]] = []

    def on_failure(_: BaseException) -> None:
        failed.set()
        server.should_exit = True

    hub = Hub(
        args.data,
        site,
        load_catalogue(args.catalogue),
        SystemClock(),
        public_url=lambda: args.public_url or url,
        on_commit=lambda: [call() for call in wake] and None,
        on_failure=on_failure,
    )
    server = Server(hub, VERSION)
    stop_central = _start_central(hub, args.central, wake) if args.central else lambda: None
    print(json.dumps({"url": url, "tokens": hub.devices.tokens}), flush=True)
    try:
        server.run(sockets=[listener])
    finally:
        stop_central()
        hub.close()
    return DISK_FAILED if failed.is_set() else 0


def _start_central(hub: Any, dsn: str, wake: list[Callable[[], None]]) -> Callable[[], None]:
    """Push the journal to the province while the hub runs."""
    from kiosk.central.pusher import Pusher

    pusher = Pusher(hub.reader, dsn)
    wake.append(pusher.wake)
    hub.central_state = lambda: {
        "status": pusher.state.status.value,
        "seq": pusher.state.seq,
        "detail": pusher.state.sentence,
    }
    pusher.start()
    return pusher.stop


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    top = argparse.ArgumentParser(prog="main.py", description="Mời: the floor of a public service centre.")
    commands = top.add_subparsers(dest="command", required=True)
    hub = commands.add_parser("hub", help="the centre's server")
    hub.set_defaults(run=run_hub)
    hub.add_argument("--dev", action="store_true", help="loopback and plain HTTP")
    hub.add_argument("--port", type=int, default=0, help="0 takes any free one")
    hub.add_argument("--data", type=Path, default=Path("out/hub"), help="folder of the journal, tokens and keys")
    hub.add_argument("--site", type=Path, default=DEMO_SITE)
    hub.add_argument("--catalogue", type=Path, default=DEMO_CATALOGUE)
    hub.add_argument("--central", default="", help="the province's database (DSN)")
    hub.add_argument("--public-url", default="", help="address of ticket pages for phones")
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    args = parser().parse_args(argv)
    log.set_up(args.command)
    return args.run(args)


if __name__ == "__main__":
    sys.exit(main())
