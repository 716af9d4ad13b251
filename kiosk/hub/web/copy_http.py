"""What the handlers of every machine with a journal have in common: questions of a standby, parcels of a device."""

import re

import msgspec
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from kiosk.hub.access.devices import Device
from kiosk.hub.access.rights import Rights
from kiosk.hub.takeover.copying import Question
from kiosk.hub.takeover.keeping import Keeping
from kiosk.hub.web.http import ProblemError, granted, struct_of
from kiosk.hub.web.routes import DEVICE_ROLES
from kiosk.wire.kept import Mark, Parcel, Returned, Seals

SEEN_HEADER = "moi-seen"
"""The highest mark a device was told; "none" before the first. Who sends it is told what to keep."""
DEVICE_HEADER = "moi-device"
"""The id of the store in which it keeps that."""
NOTHING_SEEN = "none"
MAX_RETURNED = 4 * 1024 * 1024
"""Bytes: the first command of a day closes the one before, and may have thousands of rows."""
MSGPACK = "application/msgpack"
_HASH = re.compile(r"[0-9a-f]{64}")
SEQ_DIGITS = 18
"""Longer numbers are not read at all: SQLite keeps none past 2⁶³."""


class GivenBack(msgspec.Struct, frozen=True):
    """What a device gives back, opened; None stands for a parcel that was not sealed here."""

    device: Device
    store: str
    mark: Mark | None
    parcels: tuple[Parcel | None, ...]
    complete: bool


def hears(keeping: Keeping, request: HttpRequest) -> bool:
    """Let a hub hear what a device has seen; tells whether the device wants to be told what to keep.

    Raises:
        ProblemError: the hub does not decide any more.
    """
    seen = request.headers.get(SEEN_HEADER, "")
    refused = keeping.hear(request.headers.get(DEVICE_HEADER, ""), "" if seen == NOTHING_SEEN else seen)
    if refused is not None:
        raise ProblemError(refused.code, refused.params)
    return bool(seen)


def question_of(request: HttpRequest) -> Question:
    """Read a standby's question.

    Raises:
        ProblemError: it does not say what it has.
    """
    asked = request.query_params
    after, epoch, row_hash = asked.get("after", ""), asked.get("epoch", ""), asked.get("hash", "")
    for name, number in (("after", after), ("epoch", epoch)):
        if not number.isdecimal() or len(number) > SEQ_DIGITS:
            raise ProblemError("bad_json", {"reason": f"{name} must be a number"})
    if not _HASH.fullmatch(row_hash):
        raise ProblemError("bad_json", {"reason": "hash must be 64 hexadecimal digits"})
    return Question(int(after), row_hash, int(epoch), asked.get("url", ""), asked.get("wait", "1") != "0")


async def given_back(request: HttpRequest, rights: Rights, seals: Seals) -> GivenBack:
    """Read and open what a device gives back.

    Raises:
        ProblemError: it may not, or it cannot be read.
    """
    device = granted(rights.admit(request.headers.get("authorization", ""), DEVICE_ROLES))
    returned = await struct_of(request, Returned, MAX_RETURNED)
    parcels = tuple(seals.open_parcel(text) for text in returned.parcels)
    mark = seals.open_mark(request.headers.get(SEEN_HEADER, ""))
    return GivenBack(device, returned.device, mark, parcels, returned.complete)


def msgpack_answer(content: object) -> Response:
    """Answer another machine of the centre."""
    return Response(msgspec.msgpack.encode(content), media_type=MSGPACK)
