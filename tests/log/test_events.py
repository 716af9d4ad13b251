"""Log events carry nothing a person said: by their types, when they are made, and in whatever an exception holds."""

import enum
import logging
import sqlite3
import string
import typing
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from kiosk.domain.commands import OpenCounter, Role
from kiosk.hub.web import routes
from kiosk.log import catalogue, catalogue_of_data, catalogue_of_machines
from kiosk.log.event import LOGGER, Failure, LogEvent, Place, RefusalCode, RouteTemplate, TicketNumber, Word, log
from kiosk.wire import problems
from tests.house.source import imports, modules, name

EVENTS = [
    kind
    for kind in LogEvent.__subclasses__()
    if kind.__module__ in [part.__name__ for part in (catalogue, catalogue_of_data, catalogue_of_machines)]
]
SECRET = "Nguyễn Thị Hồng Đào 092300012345"


def may_be_told(kind: Any) -> bool:
    return isinstance(kind, type) and (
        kind in (int, float, bool, type, Place, Failure, TicketNumber)
        or (issubclass(kind, enum.Enum | Word) and not issubclass(kind, str))
    )


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.name())
def test_an_event_has_only_fields_that_can_hold_nothing_personal(event: type[LogEvent]) -> None:
    kinds = typing.get_type_hints(event)
    assert [field for field in event.__struct_fields__ if not may_be_told(kinds[field])] == []


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.name())
def test_an_event_has_a_level_a_reason_and_a_sentence_of_its_fields(event: type[LogEvent]) -> None:
    assert event.level in (logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL)
    assert event.__doc__
    named = {field for _, field, _, _ in string.Formatter().parse(event.says) if field}
    assert named == set(event.__struct_fields__)
    assert event.says.endswith(".")


@pytest.mark.parametrize("value", [SECRET, SECRET.encode(), [SECRET], None, {"a": 1}, ValueError(SECRET)])
def test_anything_else_is_refused_when_the_event_is_made(value: Any) -> None:
    with pytest.raises(TypeError, match="may not be told"):
        catalogue.PinWrong(value)


@pytest.mark.parametrize("word", [RouteTemplate, RefusalCode])
def test_a_word_is_one_of_the_codes_own(word: type[Word]) -> None:
    with pytest.raises(ValueError, match="of that text is known"):
        word(SECRET)
    with pytest.raises(ValueError, match="of that text is known"):
        RouteTemplate("/t/0123456789abcdef")
    assert {str(RouteTemplate(route.path)) for route in routes.OTHER_ROUTES} >= {"/t/{token}", "/v1/hall"}
    assert [str(RefusalCode(code)) for code in problems.CATALOGUE] == list(problems.CATALOGUE)


@pytest.mark.parametrize("text", [SECRET, "a001", "A", "092300012345", "A001\n"])
def test_a_tickets_number_is_nothing_but_that(text: str) -> None:
    assert [str(TicketNumber(number)) for number in ("A001", "A2-015", "")] == ["A001", "A2-015", "-"]
    with pytest.raises(ValueError, match="no ticket's number"):
        TicketNumber(text)


def query() -> None:
    sqlite3.connect(":memory:").execute(f"SELECT '{SECRET}' FROM \"{SECRET}\"")


def wrapped() -> None:
    try:
        query()
    except sqlite3.Error as error:
        raise RuntimeError(SECRET) from error


@pytest.mark.parametrize(
    ("fail", "kinds"),
    [(query, (sqlite3.OperationalError,)), (wrapped, (RuntimeError, sqlite3.OperationalError))],
)
def test_of_an_exception_its_class_its_code_and_its_place_are_told_and_not_its_words(
    fail: Callable[[], None], kinds: tuple[type, ...]
) -> None:
    with pytest.raises(kinds[0], match=SECRET) as raised:
        fail()
    failure = Failure.of(raised.value)
    assert (failure.kinds, failure.code) == (kinds, "SQLITE_ERROR")
    assert {place.module for place in failure.at} == {__name__}
    event = catalogue.CommandFailed(OpenCounter, failure)
    assert event.facts()["command"] == "OpenCounter"
    assert SECRET not in str(event)
    assert SECRET not in msgspec.json.encode(event.facts()).decode()


def test_a_message_of_msgspec_that_holds_what_somebody_typed_is_not_told() -> None:
    with pytest.raises(msgspec.ValidationError, match=SECRET) as raised:
        msgspec.convert({"type": SECRET}, OpenCounter | Role, strict=False)
    assert SECRET not in str(Failure.of(raised.value))


def test_facts_are_what_machines_read(caplog: pytest.LogCaptureFixture) -> None:
    event = catalogue.DeviceGone(7, Role.KIOSK)
    assert (event.name(), event.facts()) == ("device_gone", {"device": 7, "role": "kiosk"})
    log.note(event)
    assert caplog.record_tuples == [(LOGGER, logging.WARNING, "Device 7 (kiosk) is gone.")]


@pytest.mark.parametrize("package", ["kiosk/hub", "kiosk/central"])
def test_the_hub_has_no_other_way_to_log(package: str) -> None:
    others = {"logging", "warnings", "traceback"}
    assert [name(path) for path in modules(package) if others & set(imports(path))] == []
