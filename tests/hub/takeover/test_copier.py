"""A standby gives back what its hub lacks: as often as it is asked, and from where the two have the same past."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.domain import commands as cmd
from kiosk.domain.commands import CloseDay
from kiosk.hub.takeover.copier import Copier
from kiosk.hub.takeover.copying import Advice, Page
from kiosk.hub.takeover.keeping import STANDBY
from kiosk.wire.kept import Returned, Seals
from tests.factory import DAY_MS, SITE, token_of
from tests.hub.machines import Machine


class Pair:
    """A hub of two days, and a standby that has all of it."""

    def __init__(self, folder: Path) -> None:
        self.hub, self.backup = Machine(folder / "hub"), Machine(folder / "backup")
        self._issue("t1")
        self.backup.copy(self.hub.journal.parcels_after(0, 1000))
        self._issue("t2")
        self.hub.ask([("close", CloseDay())])
        self.hub.clock.at += DAY_MS
        self._issue("t3")
        (folder / "standby").mkdir()
        self.copier = Copier(folder / "standby", SITE, "http://hub")
        stand = self.hub.stand
        key, parcels = self.hub.journal.key.hex(), self.hub.journal.parcels_after(0, 1000)
        self.copier.take(Page(SITE.info.id, 1, stand.hall.seq, True, parcels, key, ("store-1", STANDBY)))

    def _issue(self, ticket_id: str) -> None:
        self.hub.ask([(f"give-{ticket_id}", cmd.IssueTicket(ticket_id, token_of(ticket_id), "A"))])

    def recovering(self, machine: Machine) -> Page:
        stand, key = machine.stand, machine.journal.key.hex()
        shared = (stand.hall.seq, stand.head.hex())
        return Page(SITE.info.id, 1, stand.hall.seq, False, key=key, recovering=True, shared=shared)

    def given(self, page: Page) -> list[str]:
        seals, given = Seals(self.hub.journal.key), []
        for body in self.copier.give_back(page):
            for sealed in msgspec.json.decode(body, type=Returned).parcels:
                parcel = seals.open_parcel(sealed)
                assert parcel is not None
                given.append(parcel.command_id)
        return given

    def close(self) -> None:
        for machine in (self.hub, self.backup, self.copier):
            machine.close()


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    pair = Pair(tmp_path)
    yield pair
    pair.close()


def test_a_hub_out_of_yesterdays_backup_gets_back_the_rest_of_yesterday_too(pair: Pair) -> None:
    page = pair.recovering(pair.backup)
    assert pair.copier.advice(page) is Advice.GIVE_BACK
    assert pair.given(page) == ["give-t2", "close", "give-t3"]


def test_a_hub_that_recovers_a_second_time_is_given_everything_a_second_time(pair: Pair) -> None:
    page = pair.recovering(pair.backup)
    assert pair.given(page) == pair.given(page) != []


def test_where_nothing_tells_what_both_have_the_open_day_is_given(pair: Pair) -> None:
    strange = msgspec.structs.replace(pair.recovering(pair.backup), shared=(2, "00" * 32))
    assert pair.given(strange) == ["close", "give-t3"]


def test_a_standby_does_not_wait_for_itself(pair: Pair) -> None:
    assert pair.copier.present == ("store-1",)
