"""Which kiosk prints a paper again: its own, unless that cannot and another can."""

import pytest

from kiosk.domain.commands import Role
from kiosk.hub.access.devices import Device
from kiosk.hub.access.presence import GONE_AFTER_MS, Heartbeat, Presence
from kiosk.ports import PrinterStatus as S
from tests.halls import FixedClock, demo_site

SITE = demo_site()
ONE, TWO = (Device(number, Role.KIOSK, number, "") for number in (1, 2))


@pytest.mark.parametrize(
    ("own", "other", "prints"),
    [
        (S.READY, S.READY, 1),
        (S.PAPER_LOW, S.READY, 1),
        (S.UNKNOWN, S.READY, 1),
        (S.PAPER_OUT, S.READY, 2),
        (S.UNREACHABLE, S.PAPER_LOW, 2),
        (S.PAPER_OUT, S.COVER_OPEN, 1),
        (S.PAPER_OUT, S.UNKNOWN, 1),
        (None, S.READY, 2),
        (S.PAPER_OUT, None, 1),
    ],
)
def test_a_paper_goes_where_it_comes_out(own: S | None, other: S | None, prints: int) -> None:
    presence = Presence(FixedClock().now_ms, lambda: (ONE, TWO))
    for device, printer in ((ONE, own), (TWO, other)):
        if printer is not None:
            presence.beat(device, Heartbeat(printer=printer))
    assert presence.kiosk_to_print(1, SITE) == prints


def test_a_kiosk_that_is_gone_prints_nothing_and_a_number_of_no_kiosk_comes_out_anywhere() -> None:
    clock = FixedClock()
    presence = Presence(clock.now_ms, lambda: (ONE, TWO))
    presence.beat(ONE, Heartbeat(printer=S.READY))
    clock.at += GONE_AFTER_MS
    presence.beat(TWO, Heartbeat(printer=S.READY))
    assert presence.kiosk_to_print(1, SITE) == 2
    assert presence.kiosk_to_print(0, SITE) == 2
    clock.at += GONE_AFTER_MS
    assert presence.kiosk_to_print(0, SITE) == 0
