"""Log lines: each names the role that speaks; in the hub nothing comes through that is not in the catalogue."""

import json
import logging
import sys
import threading

import pytest

from kiosk.domain.commands import Role
from kiosk.log import catalogue, set_up
from kiosk.log.event import log

SECRET = "Nguyễn Thị Hồng Đào"


@pytest.fixture(autouse=True)
def logging_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)


def test_a_log_line_names_the_role_that_speaks(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("kiosk")
    logging.getLogger("spool").info("paper is low")
    assert " kiosk INFO spool: paper is low" in capsys.readouterr().err


def test_the_hubs_line_is_the_events_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("hub", events_only=True)
    log.note(catalogue.DeviceGone(7, Role.KIOSK))
    assert capsys.readouterr().err.endswith(" hub WARNING device_gone: Device 7 (kiosk) is gone.\n")


def test_as_json_a_line_is_one_object_that_machines_read(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("hub", events_only=True, as_json=True)
    log.note(catalogue.DeviceGone(7, Role.KIOSK))
    line = json.loads(capsys.readouterr().err)
    assert line.pop("at").endswith("Z")
    facts = {"device": 7, "role": "kiosk"}
    assert line == {"role": "hub", "level": "warning", "event": "device_gone", "facts": facts}


@pytest.mark.parametrize("as_json", [False, True])
def test_what_a_library_says_in_the_hub_is_told_by_its_place_only(
    capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    set_up("hub", events_only=True, as_json=as_json)
    library = logging.getLogger(f"library.{SECRET}")
    library.info("connected to %s", SECRET)
    assert capsys.readouterr().err == ""
    library.warning("who is %s", SECRET)
    try:
        raise KeyError(SECRET)
    except KeyError:
        library.exception(f"failed for {SECRET}")
    told = capsys.readouterr().err
    lines = told.splitlines()
    assert len(lines) == 2
    assert all("test_lines:" in line for line in lines)
    assert "KeyError" in lines[1]
    assert SECRET not in told


def test_what_nobody_caught_is_an_event_too(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("hub", events_only=True)

    def fail() -> None:
        raise ValueError(SECRET)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    with pytest.raises(ValueError, match=SECRET) as raised:
        fail()
    sys.excepthook(raised.type, raised.value, raised.tb)
    told = capsys.readouterr().err
    assert ["uncaught: Nobody caught ValueError" in line for line in told.splitlines()] == [True, True]
    assert SECRET not in told
