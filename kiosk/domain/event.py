"""The base of all events: its own module, so that events can stand in files by what they are about."""

from msgspec import Struct


class Event(Struct, frozen=True, tag_field="type", omit_defaults=True):
    """Base of all events."""
