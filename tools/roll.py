"""`main.py roll`: numbers for a day without machines, printed ahead, and scanned in when the machines are back."""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime
from zoneinfo import ZoneInfo

import httpx
import msgspec
from msgspec.structs import replace

from kiosk.catalogue.site_file import load_site
from kiosk.domain.site import Site
from kiosk.ids import new_token
from kiosk.ports import Printed
from kiosk.receipts import RollTicket, read_roll_code, record_of, roll_receipt
from kiosk.receipts.roll import roll_number
from kiosk.settings import PrinterSettings
from printers import open_printer
from tools.printer import STATUS

LAST = 9999
PATIENCE_S = 5.0
ASK_S = 10.0

Say = Callable[[str], None]


def run(args: argparse.Namespace, say: Say) -> int:
    """Run `roll print` or `roll record`; see `run_print` and `run_record`."""
    site = load_site(args.site)
    if args.action == "record":
        return run_record(site, args.hub, args.token or os.environ.get("MOI_TOKEN", ""), sys.stdin, say)
    return run_print(site, args, say)


def run_print(site: Site, args: argparse.Namespace, say: Say) -> int:
    """Print numbers one by one, each a paper of its own; stops at the first that did not come out for sure.

    Returns:
        0 where all are on paper, 1 where one is not or may not be, 2 where the series cannot be as asked.
    """
    queue = site.queue(args.queue)
    last = args.first + args.count - 1
    if queue is None or args.first < 1 or args.count < 1 or last > LAST or not 1 <= args.kiosk <= 9:
        say(f"Write a queue of the centre, a kiosk from 1 to 9, and numbers from 1 to {LAST}.")
        return 2
    if site.kiosk(args.kiosk) is not None:
        say(
            f"Kiosk {args.kiosk} is a machine of this centre and gives such numbers itself. Take a number no kiosk has."
        )
        return 2
    prefix = queue.id if queue.prefix is None else queue.prefix
    with closing(open_printer(PrinterSettings(args.target, args.width, PATIENCE_S))) as printer:
        for ordinal in range(args.first, last + 1):
            one = RollTicket(roll_number(prefix, args.kiosk, ordinal), new_token())
            now = time.time_ns() // 1_000_000
            paper = roll_receipt(site, [one], args.language, queue=queue.id, public_url=args.public_url, at_ms=now)
            outcome = printer.print(replace(paper, job=one.number))
            if not isinstance(outcome, Printed):
                say(f"{one.number} is not on paper for sure. {STATUS[outcome.status]}")
                say(f"Go on with --first {ordinal + 1}; tear up {one.number} if it came out.")
                return 1
    say(f"Printed {args.count} numbers. The next roll of this series begins with --first {last + 1}.")
    return 0


def run_record(site: Site, hub: str, token: str, lines: Iterable[str], say: Say) -> int:
    """Take papers in, a line each: what the reader brings, and the hour written on it ("8:05" or "2026-11-23 8:05").

    A paper scanned twice is one ticket. Returns 0 where all are in, 1 where a line was not understood or not taken.
    """
    failed = 0
    for line in filter(None, map(str.strip, lines)):
        code, _, hour = line.partition(" ")
        ticket, at = read_roll_code(code), _moment(site, hour)
        if ticket is None or at is None:
            say(f"Not understood: {line}. Scan the paper, then write its hour after a space: 8:05")
            failed += 1
            continue
        failed += not _send(hub, token, ticket, site, at, say)
    return 1 if failed else 0


def _send(hub: str, token: str, ticket: RollTicket, site: Site, at: int, say: Say) -> bool:
    fact = record_of(ticket, site, at)
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": fact.ticket_id, "Accept-Language": "en"}
    url = f"{hub.rstrip('/')}/v1/tickets/record"
    try:
        body = msgspec.json.encode(_without_tag(fact))
        answer = httpx.post(url, content=body, headers=headers, trust_env=False, timeout=ASK_S)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        say(f"{ticket.number}: {url} did not answer: {error}. Scan it again when it does.")
        return False
    if answer.is_success:
        say(f"{ticket.number} is in, as of {site.local(at):%H:%M}.")
        return True
    say(f"{ticket.number}: {answer.text}")
    return False


def _without_tag(fact: msgspec.Struct) -> dict[str, object]:
    plain = msgspec.to_builtins(fact)
    plain.pop("type", None)
    return dict(plain)


def _moment(site: Site, text: str) -> int | None:
    """Read an hour of today, or a day and an hour, on the centre's clock."""
    zone = ZoneInfo(site.info.time_zone)
    day, _, hour = text.strip().rpartition(" ")
    try:
        clock = datetime.strptime(hour, "%H:%M").time()
        on = datetime.strptime(day, "%Y-%m-%d").date() if day else datetime.now(zone).date()
    except ValueError:
        return None
    return round(datetime.combine(on, clock, zone).timestamp() * 1000)
