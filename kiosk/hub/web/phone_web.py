"""The pages behind a ticket's QR: whoever holds the token sees and gives up that ticket, and no other (DESIGN §9)."""

import asyncio

from starlette.requests import Request as HttpRequest
from starlette.responses import HTMLResponse, RedirectResponse, Response

from kiosk.domain import commands as cmd
from kiosk.domain.commands import Envelope, Role
from kiosk.domain.hall import Hall
from kiosk.domain.ticket import Move, Ticket
from kiosk.domain.tokens import hash_token
from kiosk.domain.why import why_called_before
from kiosk.hub.hub import Hub
from kiosk.hub.journal import history
from kiosk.hub.web.http import Handler, language_of
from kiosk.hub.web.phone_page import PhonePages, explained_calls
from kiosk.hub.work import Request
from kiosk.ids import new_token
from kiosk.wire.reasons import sentence

_PRIVATE = {"cache-control": "no-store", "referrer-policy": "no-referrer"}
SEE_OTHER = 303
"""After a form was sent: going back or reloading does not send it again."""


class PhoneWeb:
    """The handlers. A token is the only right here; it is 80 random bits, so guessing finds nobody's ticket."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._pages = PhonePages(hub.site, hub.catalogue)

    def handlers(self) -> dict[str, Handler]:
        """Return the handlers by their name in the table of routes."""
        return {
            "ticket_page": self.ticket,
            "cancel_page": self.cancel_page,
            "cancel_ticket": self.cancel,
            "why_page": self.why,
        }

    async def ticket(self, request: HttpRequest) -> Response:
        """Show a ticket."""
        hall, ticket = self._found(request)
        if ticket is None:
            return self._unknown(request)
        return _page(self._pages.ticket(hall, ticket, _token(request), language_of(request, ticket.language)))

    async def cancel_page(self, request: HttpRequest) -> Response:
        """Ask whether the number is really given up."""
        _, ticket = self._found(request)
        if ticket is None:
            return self._unknown(request)
        if ticket.after(Move.CANCEL) is None:
            return _back(_token(request))
        return _page(self._pages.give_up(ticket, _token(request), language_of(request, ticket.language)))

    async def cancel(self, request: HttpRequest) -> Response:
        """Give the number up; sent again it finds the ticket cancelled, and changes nothing."""
        _, ticket = self._found(request)
        if ticket is None:
            return self._unknown(request)
        command = cmd.CancelTicket(ticket.id, cmd.CancelReason.CITIZEN)
        envelope = Envelope(f"page-{new_token()}", Role.HUB, command)
        await self._hub.writer.ask(Request(envelope, ""))
        return _back(_token(request))

    async def why(self, request: HttpRequest) -> Response:
        """Say why a number was called before this one: a sentence, and nothing else of anyone."""
        hall, ticket = self._found(request)
        if ticket is None:
            return self._unknown(request)
        number = request.path_params["number"]
        call = next((c for c in explained_calls(hall, self._hub.site, ticket) if c.number == number), None)
        if call is None:
            return _back(f"../{_token(request)}")
        called = await asyncio.to_thread(self._hub.reader.ask, lambda db: history.call_at(db, call.seq))
        mine = await asyncio.to_thread(self._hub.reader.ask, lambda db: history.stand_of(db, ticket.id))
        if called is None or mine is None:
            return _back(f"../{_token(request)}")
        language = language_of(request, ticket.language)
        text = sentence(why_called_before(*called, mine), self._hub.site, language)
        return _page(self._pages.why(ticket, _token(request), text, language))

    def _found(self, request: HttpRequest) -> tuple[Hall, Ticket | None]:
        hall = self._hub.publisher.hall
        ticket_id = hall.by_token.get(hash_token(_token(request)))
        return hall, hall.ticket(ticket_id) if ticket_id else None

    def _unknown(self, request: HttpRequest) -> Response:
        return HTMLResponse(self._pages.unknown(language_of(request)), 404, _PRIVATE)


def _token(request: HttpRequest) -> str:
    token: str = request.path_params["token"]
    return token


def _page(html: str) -> Response:
    return HTMLResponse(html, headers=_PRIVATE)


def _back(token: str) -> Response:
    """Send the phone to the ticket's page, as seen from one step below it."""
    return RedirectResponse(f"../{token}", SEE_OTHER, _PRIVATE)
