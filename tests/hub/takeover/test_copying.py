"""What a standby makes of a hub's page, and that it takes nothing that does not continue its copy."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.hub.journal.chain import JournalDamagedError
from kiosk.hub.journal.verbatim import Stand
from kiosk.hub.takeover.copying import Advice, Page, advice, taken
from kiosk.wire.kept import Parcel
from tests.factory import SITE, token_of
from tests.hub.machines import Machine

HERE = SITE.info.id


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Machine]:
    machine = Machine(tmp_path / "hub")
    yield machine
    machine.close()


def issued(hub: Machine, *names: str) -> tuple[Parcel, ...]:
    done = hub.ask([(f"command-{name}", cmd.IssueTicket(name, token_of(name), "A")) for name in names])
    return tuple(one[1] for one in done if one is not None)


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (Page(HERE, 3, 9, agrees=True), Advice.TAKE),
        (Page(HERE, 3, 9, agrees=False), Advice.WAIT),
        (Page(HERE, 4, 9, agrees=False), Advice.BEGIN_ANEW),
        (Page(HERE, 2, 9, agrees=False), Advice.OVERTAKEN),
        (Page("s-other", 3, 9, agrees=True), Advice.ANOTHER_CENTRE),
    ],
)
def test_what_a_standby_does_is_told_by_where_the_two_journals_part(page: Page, found: Advice) -> None:
    assert advice(page, HERE, Stand(epoch=3)) is found


def test_a_page_leads_to_the_hubs_own_hall(hub: Machine) -> None:
    parcels = issued(hub, "one", "two")
    stand, appends = taken(Stand(), Page(HERE, 1, hub.stand.hall.seq, True, parcels))
    assert stand == hub.stand
    assert [append.command_id for append in appends] == ["command-one", "command-two"]


def test_rows_with_a_gap_or_changed_on_the_way_are_not_taken(hub: Machine) -> None:
    first, second = issued(hub, "one", "two")
    other = replace(first, rows=(replace(first.rows[0], body=b"{}"), *first.rows[1:]))
    for wrong in ((second,), (other, second)):
        with pytest.raises(JournalDamagedError):
            taken(Stand(), Page(HERE, 1, hub.stand.hall.seq, True, wrong))
