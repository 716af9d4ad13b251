"""Commands that are not a role of the hall: each brings its own parts in when it is called."""

import argparse
import getpass
import os
import sys

from kiosk.settings import load_for


def run_tray(args: argparse.Namespace) -> int:
    """Show what a printer on TCP would print, on the screen."""
    from tools.tray import run

    return run(args.port, args.size, load_for(args.settings, args.language), args.script)


def run_printer(args: argparse.Namespace) -> int:
    """Look for printers, or try one."""
    from tools.printer import run

    return run(args)


def run_paper(args: argparse.Namespace) -> int:
    """Show or print a sample of anything on paper."""
    from tools.paper import run

    return run(args, print)


def run_roll(args: argparse.Namespace) -> int:
    """Print numbers for a day without machines, or take them in."""
    from tools.roll import run

    return run(args, print)


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


def run_device(args: argparse.Namespace) -> int:
    """Register, pair, list or revoke devices."""
    from kiosk.hub.access import cli as cli

    if args.action == "list":
        return cli.run_list(args.data, print)
    if args.action == "pair":
        return cli.run_pair(args.hub, args.what, print)
    if args.action == "revoke":
        return cli.run_revoke(args.data, int(args.what) if args.what.isdecimal() else 0, print)
    if args.role is None:
        print("Say which role the device has: --role.")
        return 2
    run = cli.run_add if args.action == "add" else cli.run_code
    return run(args.data, args.role, args.number, args.name, print)


def run_staff(args: argparse.Namespace) -> int:
    """List the staff or set a PIN, which never stands on the command line: others would read it there."""
    from kiosk.catalogue.site_file import load_site
    from kiosk.hub.access import cli as cli

    site = load_site(args.site)
    if args.action == "list":
        return cli.run_staff(args.data, site, print)
    return cli.run_pin(args.data, site, args.staff, _asked_pin(), print)


def run_promote(args: argparse.Namespace) -> int:
    """Have a standby take over, for a supervisor who has made sure that the old machine is off."""
    from kiosk.hub.access import cli as cli

    if not args.old_machine_is_off:
        print("Two hubs at the same time would give every number twice. Switch the old machine off,")
        print("then say so: --old-machine-is-off.")
        return 2
    token = args.token or os.environ.get("MOI_TOKEN", "")
    return cli.run_promote(args.standby, token, args.staff, _asked_pin(), print)


def _asked_pin() -> str:
    return getpass.getpass("PIN: ") if sys.stdin.isatty() else sys.stdin.readline().strip()


def run_journal(args: argparse.Namespace) -> int:
    """Check, export, rebuild, back up or restore a data folder."""
    from tools.journal import run

    return run(args)


def run_gallery(args: argparse.Namespace) -> int:
    """Draw every widget state and every screen as PNG."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # pictures need no screen
    from ui.gallery import main as draw

    return draw(args.out, lambda line: print(line, flush=True))


def run_tour(args: argparse.Namespace) -> int:
    """Play the whole story and write down what happened."""
    from tools.tour.tour import run

    return run(args.out)


def run_bench(args: argparse.Namespace) -> int:
    """Measure what the product promises."""
    from tools.bench.bench import run

    return run(args.json, args.markdown, quick=args.quick)


def run_simulate(args: argparse.Namespace) -> int:
    """Play whole centres in virtual time, with every kind of trouble."""
    from tools.simulate.command import run

    return run(args.seed, args.count, json=args.json, markdown=args.markdown, trace=args.trace)


def run_demo(_: argparse.Namespace) -> int:
    """Open the demo centre: every role a process and a window of its own."""
    from tools.demo import run

    return run()


OTHER = {
    "tray": run_tray,
    "printer": run_printer,
    "paper": run_paper,
    "roll": run_roll,
    "catalogue": run_catalogue,
    "central": run_central,
    "device": run_device,
    "staff": run_staff,
    "promote": run_promote,
    "journal": run_journal,
    "tour": run_tour,
    "gallery": run_gallery,
    "bench": run_bench,
    "simulate": run_simulate,
    "demo": run_demo,
}
