"""A procedure's facts in a few words: the same on the kiosk, on paper and on the phone.

The words themselves are given by the caller (area "catalogue"), since the domain takes no leaf.
"""

from typing import Protocol

from kiosk.domain.procedure import Document, DocumentKind, Procedure, TimeUnit


class Say(Protocol):
    """Translates a text and fills its placeholders (`kiosk.i18n.Words`)."""

    def __call__(self, text: str, **values: object) -> str:
        """Translate `text`."""
        ...


PHOTOGRAPH = "Ảnh"
"""Begins the name of a photograph, which is neither an original nor a copy; its note says how many."""

EITHER = ("bản chính hoặc bản sao", "bản sao hoặc bản chính")
"""Begin a note that says outright what one of each only means."""


def copies_in_words(document: Document, say: Say) -> str:
    """Say how many originals and copies: "1 bản chính", "bản chính hoặc bản sao"; "" for a note or a photograph.

    One of each is the portal's default for *or* (DOMAIN §2.4); any other pair is meant as it stands.
    """
    original, copy = document.original, document.copy
    if document.kind is DocumentKind.NOTE or document.name.startswith(PHOTOGRAPH):
        return ""
    if (original, copy) == (1, 1) or document.note.lower().startswith(EITHER):
        return say("original or copy")
    parts = []
    if original:
        parts.append(say("1 original") if original == 1 else say("{n} originals", n=original))
    if copy:
        parts.append(say("1 copy") if copy == 1 else say("{n} copies", n=copy))
    return ", ".join(parts)


def time_in_words(procedure: Procedure, say: Say) -> str:
    """Say how long it takes: "Trong ngày", "7 ngày làm việc"; hedged where the source is unsure, never invented."""
    days, unit = procedure.time_limit_days, procedure.time_unit
    if unit is None or days is None:
        return say("Ask at the counter")
    if unit is TimeUnit.SAME_DAY or days == 0:
        return say("Same day") if procedure.time_verified else say("Usually the same day")
    if unit is TimeUnit.WORKING_DAY:
        span = say("1 working day") if days == 1 else say("{n} working days", n=days)
    else:
        span = say("1 day") if days == 1 else say("{n} days", n=days)
    return span if procedure.time_verified else say("About {span}", span=span)


FREE = "Miễn phí"
"""The whole fee text of a procedure that is free without any condition."""

PROVINCIAL_COUNCIL = "HĐND tỉnh"
"""In a fee text: the province's council sets the amount."""


def fee_in_words(procedure: Procedure, say: Say) -> str:
    """Say the fee in a few words; `fee_text` is shown with it wherever it says more (`fee_says_more`).

    "Free" stands alone only where the text says so too: the portal's flag often contradicts its own note (DOMAIN §2.4).
    """
    fee = procedure.fee_vnd
    if fee is None:
        if PROVINCIAL_COUNCIL in procedure.fee_text:
            return say("Set by the province")
        return say("Depends on the case") if any(c.isdigit() for c in procedure.fee_text) else say("Ask at the counter")
    if fee:
        # Vietnamese groups thousands with a point, English with a comma.
        amount = say("{amount} VND", amount=f"{fee:,}".replace(",", say(",")))
        return amount if procedure.fee_verified else say("About {span}", span=amount)
    return say("Free") if procedure.fee_text == FREE and procedure.fee_verified else say("Usually free")


def fee_says_more(procedure: Procedure) -> bool:
    """Whether the fee's own text must be read beside its few words."""
    return procedure.fee_text not in ("", FREE)
