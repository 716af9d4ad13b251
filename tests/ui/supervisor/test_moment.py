"""What the supervisor reads of her hall, in words."""

import pytest

from kiosk.domain.commands import Role
from kiosk.flows.supervisor_state import State
from kiosk.wire.views import DeviceView
from ui.supervisor.gallery import NOW_MS, demo_site, sample_view
from ui.supervisor.moment import Moment


def said(device: DeviceView, language: str = "vi") -> tuple[str, str, bool]:
    return Moment(State(connected=True), sample_view(), NOW_MS, None, language, demo_site()).device_words(device)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.HUB])
def test_every_device_has_a_name_in_vietnamese(role: Role) -> None:
    device = DeviceView(role.value, present=True)
    assert said(device)[0] not in ("", role.value, said(device, "en")[0])


def test_a_printer_of_her_own_is_told_with_her_window() -> None:
    told = said(DeviceView("supervisor", present=True, printer="paper_out"))
    assert told == ("Máy người phụ trách", "đang chạy · hết giấy in", True)
