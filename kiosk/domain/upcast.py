"""Stored events of earlier versions, read as today's: a written journal never changes, its reader does (DESIGN §3)."""

from collections.abc import Callable

import msgspec

from kiosk.domain.events import AnyEvent

_events = msgspec.json.Decoder(AnyEvent)


class _Tagged(msgspec.Struct):
    """Only the tag of a stored event."""

    type: str


_tags = msgspec.json.Decoder(_Tagged)


def _ticket_waiting_1(raw: dict[str, object]) -> dict[str, object]:
    """Version 1 kept the clerk's own words in the event; nothing a person typed is read from there any more."""
    return {**{k: v for k, v in raw.items() if k != "reason"}, "type": "ticket_waiting/2"}


def _ticket_issued_1(raw: dict[str, object]) -> dict[str, object]:
    """Version 1 kept a day's pseudonym of a person: it counts nobody any more, for its day is over."""
    return {**{k: v for k, v in raw.items() if k != "person"}, "type": "ticket_issued/2"}


def _day_closed_1(raw: dict[str, object]) -> dict[str, object]:
    """The same, of all who took numbers that day."""
    return {**{k: v for k, v in raw.items() if k != "persons"}, "type": "day_closed/2"}


UPCASTS: dict[str, Callable[[dict[str, object]], dict[str, object]]] = {
    "ticket_waiting/1": _ticket_waiting_1,
    "ticket_issued/1": _ticket_issued_1,
    "day_closed/1": _day_closed_1,
}
"""Tag of an earlier version -> how its stored fields become those of the next."""


def tag_of(body: bytes) -> str:
    """Return the tag a stored event bears, such as "ticket_waiting/1".

    Raises:
        msgspec.MsgspecError: it has none.
    """
    return _tags.decode(body).type


def event_of(body: bytes) -> AnyEvent:
    """Read a stored event of any version.

    Raises:
        msgspec.MsgspecError: it is no event this release knows.
    """
    try:
        event: AnyEvent = _events.decode(body)
        return event
    except msgspec.ValidationError:
        if tag_of(body) not in UPCASTS:
            raise
    raw = msgspec.json.decode(body, type=dict[str, object])
    while (upcast := UPCASTS.get(str(raw["type"]))) is not None:
        raw = upcast(raw)
    upcasted: AnyEvent = _events.decode(msgspec.json.encode(raw))  # as JSON: a key that is a number is text there
    return upcasted
