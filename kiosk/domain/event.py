"""The base of all events: its own module, so that events can stand in files by what they are about."""

from typing import Annotated

from msgspec import Meta, Struct

PersonRef = Annotated[str, Meta(pattern=r"^[A-Za-z0-9-]{1,64}/person$")]
"""What the side data is called that knows a person for the day: the first number's ticket names it, so that it says
nothing of her. No hash has this form, and a row that held one could not be read."""


class Event(Struct, frozen=True, tag_field="type", omit_defaults=True):
    """Base of all events."""
