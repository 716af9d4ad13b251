"""A ticket's paper made anew: what stands on it, for the one kiosk that staff wants it from (docs/decisions/0015)."""

import asyncio

import msgspec
from msgspec.structs import replace
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from kiosk.domain.hall import REPRINT_MS
from kiosk.domain.visit import ref_of
from kiosk.hub.hub import Hub
from kiosk.hub.web.http import Handler, ProblemError, granted, json_answer
from kiosk.hub.web.routes import KIOSK_ROLES
from kiosk.wire.make_views import ticket_answer
from kiosk.wire.reports import PaperAnswer


class PaperWeb:
    """The handler. The ticket's secret leaves the hub only here, and only while the wish for the paper is meant."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def handlers(self) -> dict[str, Handler]:
        """Return the handlers by their name in the table of routes."""
        return {"paper": self.paper}

    async def paper(self, request: HttpRequest) -> Response:
        """Answer what is on a ticket's paper; of one that is not wanted from this kiosk, that there is no such ticket.

        A ticket whose secret is forgotten already has no address, and its paper no code.
        """
        device = granted(self._hub.rights.admit(request.headers.get("authorization", ""), KIOSK_ROLES))
        asked = request.query_params.get("kiosk", "")
        if not (asked.isascii() and asked.isdecimal() and len(asked) <= 4):
            raise ProblemError("bad_json", {"reason": "kiosk must be a number"})
        if device.number not in (None, int(asked)):
            raise ProblemError("wrong_number", {"number": device.number or 0})
        hall, ticket_id = self._hub.publisher.hall, request.path_params["ticket_id"]
        ticket, wish = hall.ticket(ticket_id), hall.reprints.get(ticket_id)
        if ticket is None or wish is None or wish.papers or wish.result or wish.kiosk != int(asked):
            raise ProblemError("unknown_ticket")
        if self._hub.clock.now_ms() - wish.at >= REPRINT_MS:
            raise ProblemError("unknown_ticket")
        token = await asyncio.to_thread(self._side, ticket_id, "token")
        dossier = await asyncio.to_thread(self._side, ticket_id, "dossier")
        told = ticket_answer(hall, self._hub.site, ticket)
        if token:
            told = replace(told, url=f"{self._hub.public_url()}/t/{token}")
        return json_answer(msgspec.json.encode(PaperAnswer(told, ticket.language, ticket.procedure or "", dossier)))

    def _side(self, ticket_id: str, kind: str) -> str:
        return (self._hub.reader.side(ref_of(ticket_id, kind)) or b"").decode()
