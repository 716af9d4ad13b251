"""Looks at every turn of every hub and at everything that was promised, and says what does not hold."""

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.domain.commands import FACTS
from kiosk.domain.events import Refused
from kiosk.domain.hall import Hall
from kiosk.domain.site import Site
from kiosk.hub.care.verify import verify
from kiosk.hub.journal.chain import stored_rows
from kiosk.hub.journal.journal import Journal
from kiosk.hub.journal.losses import Report
from kiosk.hub.journal.recovery_log import entered_in
from kiosk.hub.streams.role_views import RoleViews
from kiosk.hub.takeover.recovery import GivenBack
from kiosk.hub.work import Done, Request
from kiosk.link.outbox import MAY_FIND_ITS_PLACE
from kiosk.link.policy import NOT_YET
from kiosk.ports import Answered
from tools.simulate.broken import BrokenError, must
from tools.simulate.hall_rules import check_hall
from tools.simulate.letters import Letter
from tools.simulate.lineage import Known, Lineage
from tools.simulate.promises import Promises
from tools.simulate.streams import LONGEST_MS
from tools.simulate.view_rules import check_board, check_no_trace_of_ratings
from tools.simulate.watching import Taken
from tools.simulate.world import World

if TYPE_CHECKING:
    from tools.simulate.device import Device

ANYBODY = "anybody"
"""The device that asks for anything: facts it invents may be refused."""
STALE_MS = LONGEST_MS
"""By so much a device's idea of hub time may be behind."""
HEARD_MS = 60_000
"""So long after a jump of the hub's clock every device has heard the new time, or broken off."""
UNKNOWN = Refused("outcome_unknown")


class Watch:
    """Holds the hub to its promises, from the disk and from the answers alone."""

    def __init__(self, world: World, site: Site) -> None:
        self._world, self._site = world, site
        self.known = Known()
        self.lineages: dict[str, Lineage] = {}
        """What lies on every machine's disk, as far as it was the hub."""
        self.promises = Promises(world)
        self._clock_jumped_at = 0
        self._torn: dict[str, int] = {}
        """How many commands the turn of a machine held in whose middle the power may have gone."""

    # --- what machines do

    def forget(self, machine: str) -> None:
        """A machine's disk holds something else from now on."""
        self.lineages.pop(machine, None)
        self._torn.pop(machine, None)

    def opened(self, machine: str, journal: Journal) -> None:
        """A machine opened its journal: all that was answered must be there, and nothing else may have changed."""
        is_new = machine not in self.lineages
        known = self.lineages.setdefault(machine, Lineage(self._world, self._site, self.known))
        before, torn = len(known.rows), self._torn.pop(machine, None)
        self.known.entered |= entered_in(journal._db)
        self._clock_jumped_at = max(self._clock_jumped_at, self._world.now if is_new else 0)
        stored = list(stored_rows(journal._db, 0))
        must(
            stored[:before] == known.rows,
            f"after a restart the first {before} rows of {machine} are not those that were answered",
        )
        known.take(stored[before:])
        caused = {row.command_id for row in stored[before:]}
        must(torn is None or len(caused) in (0, torn), f"of {torn} commands in one commit, {len(caused)} survived")
        must(journal.hall == known.hall, "the hall after a restart is not what its rows lead to")
        must(journal.head == known.head, "the head after a restart is not the last row's hash")
        again = journal.answers_to(list(known.answers))
        today = journal.hall.day or journal.hall.closed_day
        for key, (day, answer) in known.answers.items():
            found = again.get(key)
            # An answer that holds a ticket's address goes with its day: the address is the ticket's secret.
            gone = day < today and b'"url":' in answer
            must(found is not None or gone, f"after a restart the answer to {key} of {day} is forgotten")
            must(found is None or found.answer == answer, f"command {key} would be answered otherwise after a restart")
        self.promises.wrote(stored[before:])

    def recovered(self, machine: str, given: GivenBack, report: Report) -> None:
        """A machine carries the journal on: with what it had and what was given back it may have to name nothing."""
        self.known.entered |= set(report.entered)
        self._world.count("recoveries")
        self._world.count("rows given back that continued the journal", report.continued)
        self._world.count("commands entered as facts", len(report.entered))
        self._world.count("losses named", len(report.losses))
        self._world.count("devices missing in a recovery", len(report.silent))
        self.promises.recovered(self.lineages[machine], given, report)

    def recovers(self, machine: str, journal: Journal) -> None:
        """A machine is about to carry the journal on."""
        known = self.lineages.setdefault(machine, Lineage(self._world, self._site, self.known))
        self.known.entered |= entered_in(journal._db)
        known.take(list(stored_rows(journal._db, len(known.rows))))

    def torn(self, machine: str, wrote: list[Request]) -> None:
        """The power went while the rows of these commands were being written."""
        for request in wrote:
            self._enters(request)
            if request.parcel is None:
                self.known.commands.setdefault(request.envelope.id, request)
        self._torn[machine] = len(wrote)

    def clock_jumped(self) -> None:
        """A hub saw that its clock was set."""
        self._clock_jumped_at = self._world.now

    def turned(self, machine: str, journal: Journal, before: Hall, after: Hall, taken: list[Taken]) -> None:
        """The writer took a turn: what it wrote and what it answered must fit."""
        self._torn.pop(machine, None)
        lineage = self.lineages[machine]
        for _, request, outcome in taken:
            self._enters(request)
            if request.parcel is None:
                self.promises.asked(request.envelope.id, request.envelope.command)
            if request.parcel is None and (outcome == UNKNOWN or (isinstance(outcome, Done) and not outcome.repeated)):
                self.known.commands[request.envelope.id] = request
        if any(outcome == UNKNOWN for *_, outcome in taken):
            must(before is after, "the hall moved on though nobody knows what is on the disk")
            return
        new = list(stored_rows(journal._db, len(lineage.rows)))
        lineage.take(new)
        must(lineage.hall == after, "the hall in memory is not what the rows on the disk lead to")
        must(journal.head == lineage.head, "the writer's head is not the last row's hash")
        # Refused is forgotten: the same id may carry something else in the very same turn.
        done = {request.envelope.id for _, request, outcome in taken if isinstance(outcome, Done)}
        caused = {row.command_id for row in new} - done
        for letter, request, outcome in taken:
            self._check_outcome(lineage, letter, request, outcome, caused)
        self.promises.wrote(new)
        must(bool(new) or before == after, "the hall changed though nothing was written")
        check_hall(after, self._site)

    def showing(self, hall: Hall, views: RoleViews) -> None:
        """The hub publishes a hall."""
        check_board(hall, self._site, views)
        if self.known.rated:
            check_no_trace_of_ratings(hall, self._site, views)
        self.known.rated = False

    def check_folder(self, machine: str, folder: Path) -> None:
        """Have the product's own `journal verify` look at all of a folder: chain, snapshots, query tables."""
        try:
            report = verify(folder)
        except OSError as error:
            raise BrokenError(f"journal verify: {error}") from error
        must(report.rows == len(self.lineages[machine].rows), f"journal verify saw {report.rows} rows")

    def was_called(self, nth: int, at: int, number: str, counter: int) -> bool:
        """Tell whether some day's call `nth`, made at this hall time, called this number to this counter."""
        return (nth, at, number, counter) in self.known.calls

    def _enters(self, request: Request) -> None:
        if request.parcel is not None:
            self.known.entered.add(request.envelope.id)

    def _check_outcome(
        self, lineage: Lineage, letter: Letter, request: Request, outcome: object, caused: set[str]
    ) -> None:
        key = request.envelope.id
        if isinstance(outcome, Done):
            hall = lineage.hall
            if request.parcel is not None and not outcome.answer:
                return  # what it was answered is not remembered any more
            _, first = lineage.answers.setdefault(key, (hall.day or hall.closed_day, outcome.answer))
            must(outcome.answer == first, f"command {key} was answered twice, and not the same")
            self.promises.said(key, outcome.answer, request)
            self._world.count("repeated answers" if outcome.repeated else "carried out")
            return
        must(isinstance(outcome, Refused), f"a mistake of the program: {outcome!r} to {request.envelope.command}")
        assert isinstance(outcome, Refused)
        self._world.count(f"refused {outcome.code}")
        must(key not in caused, f"command {key} was refused ({outcome.code}) and changed the hall")
        is_fact = request.parcel is None and isinstance(request.envelope.command, FACTS)
        must(
            not is_fact
            or letter.device == ANYBODY
            or outcome.code in NOT_YET
            or (outcome.code in MAY_FIND_ITS_PLACE and self.promises.recoveries > 0),
            f"a fact was refused ({outcome.code}): {request.envelope.command}",
        )

        heard = self._world.now > self._clock_jumped_at + HEARD_MS
        if outcome.code == "too_late" and letter.late_at is not None and heard:
            early = letter.late_at - STALE_MS - self._world.now
            must(early <= 0, f"a wish of {letter.device} was called too late {early + STALE_MS} ms before it was")

    # --- what devices hear

    def settled(self, device: "Device", key: str, answer: Answered) -> None:
        """A device got an answer: from now on it is a promise."""
        if answer.ok:
            self._world.count("answers heard")
            self.promises.heard(device, key, answer)
