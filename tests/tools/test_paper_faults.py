"""Every trouble of a printer at every moment: what screen, paper, journal and clerk see is what the page says."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.hub.hub import Hub
from kiosk.ports import PrinterStatus
from tools.paper_faults import DOC, row
from tools.paper_scene import TROUBLES, Outcome, Trouble, When, open_hub, play

SILENT_TO_CLERKS = (PrinterStatus.OVERHEATED, PrinterStatus.UNKNOWN)
HAS_TICKET = (When.START, When.BEFORE, When.DURING, When.AFTER)


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    hub = open_hub(tmp_path_factory.mktemp("hub"))
    yield hub
    hub.close()


@pytest.mark.parametrize("when", When)
@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.status.value)
def test_a_trouble_at_a_moment(hub: Hub, tmp_path: Path, trouble: Trouble, when: When) -> None:
    outcome = play(tmp_path, hub, trouble, when)
    promises(outcome, trouble, when)
    told = "run `python -m tools.paper_faults` and commit what it writes"
    assert row(trouble, when, outcome) in DOC.read_text(encoding="utf-8"), told


def promises(outcome: Outcome, trouble: Trouble, when: When) -> None:
    """Hold a scene to what is promised of all of them."""
    during, mended = outcome.during, outcome.mended
    assert bool(during.clerk) == (trouble.status not in SILENT_TO_CLERKS)
    assert mended.clerk == ""
    for seen in (during, mended):
        assert ("number" in seen.screen) == (when in HAS_TICKET)
        assert seen.paper.count("ticket") <= 1
        assert "copy" not in seen.paper or any(fate.startswith("uncertain") for fate in seen.journal)
        assert ("Your ticket is ready" in seen.screen) == (seen.journal[-1:] == ("printed",))
        if seen.journal[-1:] == ("printed",):
            assert seen.paper
    if during.journal and during.journal[-1].startswith("refused"):
        assert during.paper == ()
    if when in HAS_TICKET and trouble.status is not PrinterStatus.UNKNOWN:
        assert mended.journal[-1] == "printed"  # her paper came while she stood there
