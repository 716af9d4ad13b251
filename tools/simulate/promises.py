"""What devices were told, and what becomes of it when a machine carries the journal of another one on.

In any single failure every promise is in the journal that goes on, as it was written. In a double failure it is there,
or it is named: by its command where some machine or device still knew of it, by its number where somebody had seen how
many were given. Who was told of it and has no store any more cannot be asked.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from kiosk.domain import commands as cmd
from kiosk.hub.journal.chain import StoredRow
from kiosk.hub.journal.journal import Journal
from kiosk.hub.journal.losses import NUMBER, Report
from kiosk.hub.journal.recovery_log import entered_in, recoveries_in
from kiosk.hub.takeover.recovery import GivenBack
from kiosk.hub.work import Request
from kiosk.ports import Answered
from tools.simulate.broken import must
from tools.simulate.lineage import Lineage
from tools.simulate.world import World

if TYPE_CHECKING:
    from tools.simulate.device import Device


@dataclass(frozen=True)
class Promise:
    """What a device was told, and the store it kept that in."""

    device: "Device"
    store: int
    answer: dict[str, Any]

    @property
    def is_kept(self) -> bool:
        """Whether the device still has the store in which it kept what its command wrote."""
        return self.store == self.device.stores_lost


class Promises:
    """Everything that was acknowledged."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._said: dict[str, set[bytes]] = {}
        self._asked: dict[str, cmd.AnyCommand] = {}
        self._wrote: dict[str, list[StoredRow]] = {}
        self._heard: dict[str, Promise] = {}
        self._given: dict[tuple[str, str], str] = {}
        self._numbers_named: set[str] = set()
        self._seen: dict[int, int] = {}
        """The newest row of an epoch that a recovery was told of."""
        self._forgotten: set[str] = set()
        """Commands no machine and no device had any more when a machine carried the journal on."""
        self.holdings: Callable[[], set[str]] = set
        """Tells which commands any device keeps, and any machine has."""
        self.recoveries = 0

    @property
    def known_to_hubs(self) -> Collection[str]:
        """The commands some hub has answered."""
        return self._said.keys()

    def fact(self, key: str) -> cmd.AnyCommand | None:
        """Return a command that was asked for."""
        return self._asked.get(key)

    def asked(self, key: str, command: cmd.AnyCommand) -> None:
        """A device asks for something."""
        self._asked.setdefault(key, command)

    def said(self, key: str, answer: bytes, request: Request) -> None:
        """A hub answers a command, now or again."""
        self._said.setdefault(key, set()).add(answer)
        if request.parcel is None:
            # Of several that came under one id, this is the one that was carried out.
            self._asked[key] = request.envelope.command

    def wrote(self, rows: Iterable[StoredRow]) -> None:
        """A machine wrote rows, or has found them on its disk."""
        for row in rows:
            known = self._wrote.setdefault(row.command_id, [])
            if row not in known:
                known.append(row)

    def heard(self, device: "Device", key: str, answer: Answered) -> None:
        """A device was told that its command was carried out."""
        must(key in self._said, f"a device was told that {key} was carried out, and no hub ever said so")
        must(
            any(msgspec.json.decode(said) == answer.body for said in self._said[key]),
            f"a device got another answer to {key}",
        )
        before = self._heard.get(key)
        must(before is None or before.answer == answer.body, f"{device.name} was promised two things by {key}")
        self._heard[key] = Promise(device, device.stores_lost, answer.body)
        command = self._asked.get(key)
        if isinstance(command, cmd.IssueTicket):
            rows = self._wrote.get(key)
            must(bool(rows), f"ticket {command.ticket_id} was acknowledged and is in no row")
            ticket = answer.body.get("ticket", {})
            if not command.defer and not command.training and rows:
                day = str(rows[0].at // 86_400_000)
                other = self._given.setdefault((day, ticket["number"]), command.ticket_id)
                must(other == command.ticket_id, f"two citizens were told {ticket['number']}")

    def recovered(self, before: Lineage, given: GivenBack, report: Report) -> None:
        """A machine carries the journal on: where it was given every row there was, nothing may be lost."""
        self.recoveries += 1
        mine = before.rows[-1].epoch if before.rows else 1
        whole = not report.missing_rows and not report.silent and all(p.epoch == mine for p in given.parcels)
        must(not whole or not report.losses, f"nothing was missing, and lost were named: {report.losses}")
        seen = max((mark.seq for mark in given.marks if mark.epoch == mine), default=0)
        self._seen[mine] = max(seen, self._seen.get(mine, 0))
        self._numbers_named |= {loss.number for loss in report.losses if loss.what == NUMBER}
        held = self.holdings() | {parcel.command_id for parcel in given.parcels}
        self._forgotten |= self._heard.keys() - held - before.causes.keys() - set(report.entered)
        if not report.missing_rows:
            self._world.count("recoveries in which no row was missing")

    def check(self, lineage: Lineage, journal: Journal, *, strict: bool) -> None:
        """Look at the journal that goes on, when everybody has come back.

        Args:
            lineage: its rows.
            journal: its file.
            strict: there was one failure only: nothing may be lost, and everything is as it was written.

        Raises:
            BrokenError: something that was acknowledged is neither there nor named.
        """
        missing = {
            key: promise for key, promise in self._heard.items() if key in self._wrote and key not in lineage.causes
        }
        known = set(journal.answers_to(list(missing))) | entered_in(journal._db)
        recoveries = recoveries_in(journal._db)
        losses = [loss for report in recoveries.reports for loss in report.losses] + list(recoveries.late)
        named = {loss.command for loss in losses}
        for key, promise in missing.items():
            if key in known:
                continue
            command = self._asked.get(key)
            what = f"what {promise.device.name} was told of {type(command).__name__} #{key[-6:]}"
            must(not strict, f"{what} is lost by a single failure")
            nobody = key in self._forgotten or not promise.is_kept
            self._world.count("promises lost and named" if key in named else "promises lost that nobody keeps")
            must(key in named or nobody, f"{what} is neither in the journal nor named")
            # A practice number that is lost is nobody's, and is not named.
            if isinstance(command, cmd.IssueTicket) and not command.training and key not in named:
                row = self._wrote[key][0]
                number = promise.answer["ticket"]["number"]
                must(
                    row.seq > self._seen.get(row.epoch, 0) or command.defer or number in self._numbers_named,
                    f"number {number} was told, others have seen that it was given, and it is not named",
                )
        if strict:
            self._check_as_it_was_written(lineage)

    def _check_as_it_was_written(self, lineage: Lineage) -> None:
        """Check that what was told lies on the disk as it was written, up to a row that nobody was told of.

        That is the hub's own, a ticket's time that was up, or one whose answer was lost: where no machine has it,
        nothing that follows continues the chain, and enters as the fact it is.
        """
        here = {row.hash for row in lineage.rows}
        gone = [row for rows in self._wrote.values() for row in rows if row.hash not in here]
        untold = min((row.seq for row in gone if row.command_id not in self._heard), default=0)
        for row in gone:
            must(
                row.command_id not in self._heard or row.seq > untold > 0,
                f"after a single failure {row.command_id} is not in the journal as it was written",
            )
