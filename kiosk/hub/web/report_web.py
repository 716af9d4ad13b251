"""What supervisors and clerks may ask of the journal: why, how a day went, what was noted (DESIGN §4, §9)."""

import asyncio
from datetime import date

import msgspec
from msgspec.structs import replace
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from kiosk.domain.commands import Role
from kiosk.domain.why import Reason, Stand, why_before, why_called
from kiosk.hub.access.devices import Device
from kiosk.hub.hub import Hub
from kiosk.hub.journal import history
from kiosk.hub.web.http import Handler, ProblemError, granted, json_answer, language_of
from kiosk.wire.reasons import sentence
from kiosk.wire.reports import SideAnswer, WhyAnswer

COUNT_DIGITS = 6
"""Digits of a day's count that are read at all."""
_CLERK = frozenset({Role.COUNTER})
_SUPERVISOR = frozenset({Role.SUPERVISOR})


class ReportWeb:
    """The handlers. Every question is put to the tables in a thread of its own, never on the event loop."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def handlers(self) -> dict[str, Handler]:
        """Return the handlers by their name in the table of routes."""
        return {
            "why": self.why,
            "why_call": self.why_call,
            "side": self.side,
            "day": self.day,
            "waits": self.waits,
            "periods": self.periods,
        }

    async def why(self, request: HttpRequest) -> Response:
        """Say why a ticket was called last, or with `?other=`, which of two is or was first.

        Both are named by id or by number: the first by one of the day that is open or was closed last, the other by one
        of the first one's day.
        """
        self._device(request, _CLERK | _SUPERVISOR)
        ticket, other = request.path_params["ticket_id"], request.query_params.get("other", "")
        hall = self._hub.publisher.hall
        return self._why(request, await asyncio.to_thread(self._reason, ticket, hall.day or hall.closed_day, other))

    def _reason(self, ticket: str, day: str, other: str) -> Reason:
        stand = self._stand(ticket, day)
        if not other:
            called = [wait for wait in stand.waits if wait.call_seq is not None]
            if not called:
                raise ProblemError("not_called_yet", {"number": stand.number})
            return why_called(stand, called[-1])
        its_day = self._hub.reader.ask(lambda db: history.day_of(db, stand.id))
        return why_before(stand, self._stand(other, its_day))

    def _stand(self, name: str, day: str) -> Stand:
        ask = self._hub.reader.ask
        ticket_id = ask(lambda db: history.ticket_named(db, name, day))
        stand = ask(lambda db: history.stand_of(db, ticket_id)) if ticket_id is not None else None
        if stand is None:
            raise ProblemError("unknown_ticket")
        return stand

    async def why_call(self, request: HttpRequest) -> Response:
        """Say why a call was made: the day's `nth`, as boards know it, today's or that of `?day=`."""
        self._device(request, _CLERK | _SUPERVISOR)
        day, nth = self._day_asked(request), _nth(request)
        called = await asyncio.to_thread(self._hub.reader.ask, lambda db: history.call_of(db, day, nth))
        if called is None:
            raise ProblemError("unknown_call")
        return self._why(request, why_called(*called))

    def _why(self, request: HttpRequest, reason: Reason) -> Response:
        text = sentence(reason, self._hub.site, language_of(request))
        told = WhyAnswer(reason.first, text, reason.cause, reason.other, reason.called, reason.counter)
        return json_answer(msgspec.json.encode(told))

    async def side(self, request: HttpRequest) -> Response:
        """Tell the clerk what no view may hold of the ticket that is at her counter, or belongs to it."""
        device = self._device(request, _CLERK)
        counter = granted(self._hub.rights.place(device, request.query_params.get("counter", "")))
        ticket = self._hub.publisher.hall.ticket(request.path_params["ticket_id"])
        if ticket is None:
            raise ProblemError("unknown_ticket")
        if ticket.counter != counter:
            raise ProblemError("wrong_counter", {"number": ticket.number, "counter": ticket.counter or 0})
        note = await asyncio.to_thread(self._side, ticket.note_ref)
        priority = await asyncio.to_thread(self._side, ticket.priority_ref)
        return json_answer(msgspec.json.encode(SideAnswer(note, priority)))

    def _side(self, ref: str | None) -> str:
        return (self._hub.reader.side(ref) or b"").decode() if ref is not None else ""

    async def day(self, request: HttpRequest) -> Response:
        """Answer a day's report."""
        self._device(request, _SUPERVISOR)
        name = _day(request.path_params["day"])
        found = await asyncio.to_thread(self._hub.reader.ask, lambda db: history.day(db, name))
        if found is None:
            raise ProblemError("unknown_day", {"day": name})
        hall = self._hub.publisher.hall
        given = hall.given if found.closed_at is None and hall.day == name else found.given
        in_order = {queue.id: given[queue.id] for queue in self._hub.site.queues if given.get(queue.id)}
        return json_answer(msgspec.json.encode(replace(found, given=in_order)))

    async def waits(self, request: HttpRequest) -> Response:
        """Answer how well a day's waits were told."""
        self._device(request, _SUPERVISOR)
        name = self._day_asked(request)
        return json_answer(
            msgspec.json.encode(await asyncio.to_thread(self._hub.reader.ask, lambda db: history.waits(db, name)))
        )

    async def periods(self, request: HttpRequest) -> Response:
        """Answer who sat where and when."""
        self._device(request, _SUPERVISOR)
        name = self._day_asked(request)
        return json_answer(
            msgspec.json.encode(await asyncio.to_thread(self._hub.reader.ask, lambda db: history.periods(db, name)))
        )

    def _day_asked(self, request: HttpRequest) -> str:
        """Return the day asked for, or the one that is open or was closed last."""
        hall = self._hub.publisher.hall
        return (
            _day(request.query_params.get("day", "")) if "day" in request.query_params else hall.day or hall.closed_day
        )

    def _device(self, request: HttpRequest, allowed: frozenset[Role]) -> Device:
        return granted(self._hub.rights.admit(request.headers.get("authorization", ""), allowed))


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise ProblemError("bad_json", {"reason": "a day is written YYYY-MM-DD"}) from error


def _nth(request: HttpRequest) -> int:
    text = request.path_params["nth"]
    if not text.isdecimal() or not text.isascii() or len(text) > COUNT_DIGITS:
        raise ProblemError("unknown_call")
    return int(text)
