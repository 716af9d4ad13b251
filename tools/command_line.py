"""The command line, described: which commands there are and what they take. What they do stands in main."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from kiosk.domain.commands import Role
from kiosk.domain.paper import Template
from kiosk.settings import ASSETS_DIR

DEMO_SITE = ASSETS_DIR / "site" / "demo.json"
DEMO_CATALOGUE = ASSETS_DIR / "catalogue" / "catalogue.json"
DEMO_SOURCE = ASSETS_DIR / "catalogue" / "procedures-vn.json"

DATA = Path("out/hub")

Run = Callable[[argparse.Namespace], int]


def parser(runs: Mapping[str, Run]) -> argparse.ArgumentParser:
    """Describe the command line.

    Args:
        runs: what each command does, by its name.
    """
    top = argparse.ArgumentParser(prog="main.py", description="Mời: the floor of a public service centre.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, says: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=says, description=says)
        one.set_defaults(run=runs[name])
        return one

    hub = command("hub", "the centre's server")
    hub.add_argument("--dev", action="store_true", help="loopback and plain HTTP")
    hub.add_argument("--port", type=int, default=0, help="0 takes any free one")
    hub.add_argument("--data", type=Path, default=DATA, help="folder of the journal, tokens and keys")
    hub.add_argument("--central", default="", metavar="DSN", help="the province's database")
    hub.add_argument("--log", choices=("text", "json"), default="text", help="how log lines look")
    hub.add_argument("--public-url", default="", help="address of ticket pages for phones")
    hub.add_argument("--follow", default="", metavar="URL", help="keep a copy of that hub, ready to take over")
    hub.add_argument("--token", default="", help="with --follow: a standby's; MOI_TOKEN keeps it off the process list")
    hub.add_argument(
        "--recovery-window", type=float, default=30, metavar="S", help="the longest a recovery waits for its devices"
    )
    _files(hub)
    device = command("device", "register, pair, list or revoke the hub's devices")
    device.add_argument("action", choices=("add", "code", "list", "revoke", "pair"))
    device.add_argument("what", nargs="?", default="", metavar="ID|CODE", help="revoke: the id; pair: the code")
    device.add_argument("--data", type=Path, default=Path("out/hub"), help="the hub's folder")
    device.add_argument("--hub", default="", metavar="URL", help="pair: the hub's address")
    device.add_argument("--role", choices=[role.value for role in Role if role is not Role.HUB], help="add, code")
    device.add_argument("--number", type=int, help="add, code: which kiosk or counter it stands at")
    device.add_argument("--name", default="", help="add, code: what the supervisor calls it")
    staff = command("staff", "list the staff, or set a PIN (asked for, or taken from standard input)")
    staff.add_argument("action", choices=("list", "pin"))
    staff.add_argument("staff", nargs="?", default="", metavar="ID")
    staff.add_argument("--data", type=Path, default=Path("out/hub"), help="the hub's folder")
    staff.add_argument("--site", type=Path, default=DEMO_SITE, help="the centre's set-up")
    promote = command("promote", "have a standby take over from the hub (a supervisor's PIN is asked for)")
    promote.add_argument("--standby", required=True, metavar="URL")
    promote.add_argument("--staff", required=True, metavar="ID", help="a supervisor")
    promote.add_argument("--token", default="", help="a supervisor's device; MOI_TOKEN keeps it off the process list")
    promote.add_argument("--old-machine-is-off", action="store_true", help="you have looked")
    kiosk = _own_printer(_screen(command("kiosk", "the citizen's touch screen")))
    kiosk.add_argument("--kiosk", type=int, default=1, help="the kiosk's number")
    _files(kiosk)
    counter = _own_printer(_screen(command("counter", "a clerk's window")))
    counter.add_argument("--counter", type=int, default=1)
    _files(counter)
    board = _screen(command("board", "the hall display with its voice"))
    board.add_argument("--keep-voice", type=Path, help="keep every spoken call as WAV in this folder")
    _files(board)
    tablet = _screen(command("tablet", "a counter's rating tablet"))
    tablet.add_argument("--counter", type=int, default=1)
    _files(tablet)
    _files(_own_printer(_screen(command("supervisor", "the hall at a glance, and what closes and opens its parts"))))
    tray = command("tray", "a printer on TCP whose paper is shown on the screen")
    tray.add_argument("--port", type=int, default=9100, help="0 takes any free one")
    tray.add_argument("--script", type=Path, metavar="FILE", help="troubles, a line each; - reads them as typed")
    _look(tray)
    _printer(command("printer", "look for printers, or try one"))
    _paper(command("paper", "show or print a sample of anything a centre prints"))
    _roll(command("roll", "numbers for a day without machines: print them ahead, take them in afterwards"))
    _journal(command("journal", "check, export, rebuild, back up or restore a data folder"))
    catalogue = command("catalogue", "check or import procedures")
    catalogue.add_argument("action", choices=("check", "import"))
    catalogue.add_argument("file", type=Path, nargs="?", default=DEMO_SOURCE)
    catalogue.add_argument("--site", type=Path, default=DEMO_SITE)
    catalogue.add_argument("--out", type=Path, default=DEMO_CATALOGUE)
    catalogue.add_argument("--language", choices=("vi", "en"))
    central = command("central", "prepare or check the province's database")
    central.add_argument("action", choices=("migrate", "add-site", "verify"))
    central.add_argument("--dsn", required=True)
    central.add_argument("--site-id", default="", help="add-site, verify")
    central.add_argument("--login", default="", help="add-site; its password is taken from MOI_SITE_PASSWORD")
    command("tour", "play the whole story").add_argument("--out", type=Path, required=True)
    command("gallery", "draw every screen as PNG").add_argument("--out", type=Path, required=True)
    bench = command("bench", "measure what is promised")
    bench.add_argument("--json", type=Path, required=True)
    bench.add_argument("--markdown", type=Path, help="also write the table as a page")
    bench.add_argument("--quick", action="store_true", help="about a minute: shorter stretches, a shorter past")
    simulate = command("simulate", "play whole centres in virtual time, with every kind of trouble")
    simulate.add_argument("--seed", type=int, default=0, help="the first seed; the same seed is the same run")
    simulate.add_argument("--count", type=int, default=1, help="how many seeds from there on")
    simulate.add_argument("--json", type=Path, help="write everything that was counted")
    simulate.add_argument("--markdown", type=Path, help="write the summary as a page")
    simulate.add_argument("--trace", action="store_true", help="print every step of the first seed")
    command("demo", "open the demo centre")
    return top


def _printer(one: argparse.ArgumentParser) -> None:
    actions = one.add_subparsers(dest="action", required=True, metavar="ACTION")
    says = "what there is: USB, serial ports, queues, and who listens on port 9100 around here"
    scan = actions.add_parser("scan", help=says, description=says)
    scan.add_argument("--net", action="append", default=[], metavar="CIDR", help="look there, and not around here")
    scan.add_argument("--timeout", type=float, default=30, metavar="S", help="the longest the network may take")
    says = "ask a printer how it is, and print the test page on it"
    test = actions.add_parser("test", help=says, description=says)
    test.add_argument("target", metavar="TARGET", help="tcp://host, usb://04b8:0e15, serial:///dev/ttyS0?baud=9600 …")
    test.add_argument("--width", type=int, default=576, metavar="DOTS", help="576 for 80 mm paper, 384 for 58 mm")
    test.add_argument("--site", type=Path, default=DEMO_SITE, help="the centre whose name stands on the page")
    test.add_argument("--language", choices=("vi", "en"), default="vi", help="of the page")
    test.add_argument("--letters", metavar="MODEL", help="in the printer's own letters; its model, such as TM-T20II")
    test.add_argument("--timeout", type=float, default=5, metavar="S", help="how long one answer may take")


def _paper(one: argparse.ArgumentParser) -> None:
    one.add_argument("template", choices=[*(template.value for template in Template), "all"])
    one.add_argument("--out", type=Path, metavar="PATH", help="a PNG to write; with “all”, a folder")
    one.add_argument(
        "--print", default="", dest="target", metavar="TARGET", help="print it there, as printer test does"
    )
    one.add_argument("--width", type=int, choices=(576, 384), default=576, help="dots: 576 for 80 mm, 384 for 58 mm")
    one.add_argument("--language", choices=("vi", "en"), default="vi", help="of the citizen")
    one.add_argument("--second-language", choices=("vi", "en"), default="", help="say everything in this one too")
    one.add_argument("--procedure", default="", metavar="CODE", help="whose papers; without it, a usual one")
    one.add_argument("--longest", action="store_true", help="the longest name, all papers missing, the largest numbers")
    _files(one)


def _roll(one: argparse.ArgumentParser) -> None:
    actions = one.add_subparsers(dest="action", required=True, metavar="ACTION")
    says = "print numbers of a series that no machine gives, each with a code and a place to sign"
    act = actions.add_parser("print", help=says, description=says)
    act.add_argument("target", metavar="TARGET", help="the printer, as for printer test")
    act.add_argument("--queue", required=True, metavar="ID")
    act.add_argument("--kiosk", type=int, required=True, help="1 to 9: one that no kiosk has")
    act.add_argument("--first", type=int, required=True, help="where the last roll of this series ended, and one more")
    act.add_argument("--count", type=int, default=50)
    act.add_argument("--public-url", required=True, help="address of ticket pages for phones")
    act.add_argument("--width", type=int, choices=(576, 384), default=576, help="dots")
    act.add_argument("--language", choices=("vi", "en"), default="vi")
    act.add_argument("--site", type=Path, default=DEMO_SITE, help="the centre's set-up")
    says = "take papers in: standard input has a line for each, its code and the hour written on it"
    act = actions.add_parser("record", help=says, description=says)
    act.add_argument("--hub", required=True, metavar="URL")
    act.add_argument("--token", default="", help="a kiosk's; MOI_TOKEN keeps it off the process list")
    act.add_argument("--site", type=Path, default=DEMO_SITE, help="the centre's set-up")


def _journal(one: argparse.ArgumentParser) -> None:
    actions = one.add_subparsers(dest="action", required=True, metavar="ACTION")

    def action(name: str, says: str, *, data: bool = True) -> argparse.ArgumentParser:
        act = actions.add_parser(name, help=says, description=says)
        act.add_argument("--data", type=Path, required=not data, default=DATA if data else None, help="the data folder")
        return act

    verify = action("verify", "check a folder, or an exported file, to its last row")
    verify.add_argument("file", type=Path, nargs="?", help="an exported file, in place of a folder")
    export = action("export", "write rows as lines of JSON")
    export.add_argument("--from", type=int, default=1, dest="first", metavar="ROW")
    export.add_argument("--to", type=int, dest="last", metavar="ROW")
    export.add_argument("--day", default="", metavar="YYYY-MM-DD", help="a service day, in place of rows")
    export.add_argument("--out", type=Path, metavar="FILE", help="without it, standard output")
    action("rebuild", "make the query tables anew from the journal, while no hub runs")
    backup = action("backup", "copy the folder into one file, also while the hub runs")
    backup.add_argument("--to", type=Path, required=True, metavar="FILE", help="a new file, or a folder to make it in")
    restore = action("restore", "make a folder from a backup", data=False)
    restore.add_argument("--from", type=Path, required=True, dest="file", metavar="FILE")


def _files(one: argparse.ArgumentParser) -> None:
    one.add_argument("--site", type=Path, default=DEMO_SITE, help="the centre's set-up")
    one.add_argument("--catalogue", type=Path, default=DEMO_CATALOGUE, help="its procedures")


def _look(one: argparse.ArgumentParser) -> None:
    one.add_argument("--settings", type=Path, help="this device's settings file")
    one.add_argument("--language", choices=("vi", "en"))
    one.add_argument("--size", type=_size, metavar="WxH", help="a window of this size; the whole screen without it")


def _screen(one: argparse.ArgumentParser) -> argparse.ArgumentParser:
    one.add_argument("--hub", required=True, metavar="URL", help="after a comma also the standby's")
    one.add_argument("--token", default="", help="this device's token; MOI_TOKEN keeps it off the process list")
    one.add_argument("--data", type=Path, default=Path("out/device"), help="folder of the outbox")
    one.add_argument("--drive", action="store_true", help="take input from lines of JSON (for the tour)")
    one.add_argument("--trace", type=Path, help="write moments to this file")
    _look(one)
    return one


def _own_printer(one: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Let a screen have a printer of its own; where the settings name one too, the command line goes before."""
    one.add_argument("--printer", default="", metavar="TARGET", help="its printer, as for printer test")
    return one


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal() and int(width) and int(height)):
        raise argparse.ArgumentTypeError(f"{text!r} is not a size; write it like 1080x1920")
    return int(width), int(height)
