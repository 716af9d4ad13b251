"""How a device gets its token, and a supervisor in: pairing and signing in over HTTP (docs/decisions/0008)."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Struct
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from kiosk.domain.command import Name, Role
from kiosk.domain.events import Refused
from kiosk.hub.access.devices import Device
from kiosk.hub.access.presence import Heartbeat
from kiosk.hub.access.sessions import IDLE_MS
from kiosk.hub.hub import Hub
from kiosk.hub.web.copy_http import DEVICE_HEADER
from kiosk.hub.web.http import Handler, ProblemError, granted, json_answer, struct_of
from kiosk.hub.web.routes import DEVICE_ROLES, KIOSK_ROLES, SUPERVISOR_ROLES
from kiosk.log.catalogue import CodeWrong, DevicePaired, PinLocked, PinWrong, StaffMenuOpened, SupervisorCame
from kiosk.log.event import log

STAFF_HEADER = "moi-staff"
"""Carries a supervisor's session beside the device's token."""
T = TypeVar("T")


class PairRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """A new device gives up its code."""

    code: Annotated[str, Meta(max_length=64)]


class PairAnswer(Struct, frozen=True):
    """Its token, told this once, and what it is."""

    token: str
    id: int
    role: Role
    number: int | None
    name: str


class SignIn(Struct, frozen=True, forbid_unknown_fields=True):
    """A supervisor at a supervisor's device, or any of the staff at a kiosk."""

    staff: Name
    pin: Annotated[str, Meta(max_length=64)]


class SignedIn(Struct, frozen=True):
    """The session: send it as `Moi-Staff` with every command; it ends when unused for `idle_ms`."""

    session: str
    staff: str
    idle_ms: int


class AccessWeb:
    """The handlers, and the one thread in which PINs and codes are checked, one at a time."""

    def __init__(self, hub: Hub) -> None:
        self._rights, self._pins, self._pairing, self._sessions = hub.rights, hub.pins, hub.pairing, hub.sessions
        self._presence, self._publisher = hub.presence, hub.publisher
        self._thread = ThreadPoolExecutor(1, "access")

    def handlers(self) -> dict[str, Handler]:
        """Return the handlers by their names in the table of routes."""
        return {
            "heartbeat": self.heartbeat,
            "pair": self.pair,
            "sign_in": self.sign_in,
            "sign_out": self.sign_out,
            "check_staff": self.check_staff,
        }

    async def check_pin(self, device: Device, staff: str, pin: str, *, public: bool = False) -> None:
        """Check a PIN given at a device; `public` as in `Pins.check`.

        Raises:
            ProblemError: it is wrong, or there were too many wrong ones.
        """
        refused = await self._checked(lambda: self._pins.check(staff, pin, device.id, public=public))
        if refused is None:
            return
        if refused.code == "too_many_tries":
            log.note(PinLocked(device.id, int(refused.params["seconds"])))
        else:
            log.note(PinWrong(device.id))
        raise ProblemError(refused.code, refused.params)

    async def heartbeat(self, request: HttpRequest) -> Response:
        """Take a device's heartbeat."""
        device = granted(self._rights.admit(request.headers.get("authorization", ""), DEVICE_ROLES))
        answer = self._presence.beat(
            device, await struct_of(request, Heartbeat), request.headers.get(DEVICE_HEADER, "")
        )
        self._publisher.touch()
        return json_answer(msgspec.json.encode(answer))

    async def pair(self, request: HttpRequest) -> Response:
        """Give a device its token for a code."""
        asked = await struct_of(request, PairRequest)
        paired = await self._checked(lambda: self._pairing.pair(asked.code))
        if isinstance(paired, Refused):
            if paired.code == "wrong_code":  # so many a minute and no more: a stranger must not fill the disk
                log.note(CodeWrong())
            raise ProblemError(paired.code, paired.params)
        device, token = paired
        log.note(DevicePaired(device.id, device.role))
        return json_answer(msgspec.json.encode(PairAnswer(token, device.id, device.role, device.number, device.name)))

    async def sign_in(self, request: HttpRequest) -> Response:
        """Begin a supervisor's session."""
        device = granted(self._rights.admit(request.headers.get("authorization", ""), SUPERVISOR_ROLES))
        asked = await struct_of(request, SignIn)
        granted(self._rights.is_supervisor(asked.staff))
        await self.check_pin(device, asked.staff, asked.pin)
        session = self._sessions.begin(device.id, asked.staff)
        log.note(SupervisorCame(device.id))
        return json_answer(msgspec.json.encode(SignedIn(session, asked.staff, IDLE_MS)))

    async def sign_out(self, request: HttpRequest) -> Response:
        """End a supervisor's session, if there is one."""
        device = granted(self._rights.admit(request.headers.get("authorization", ""), SUPERVISOR_ROLES))
        if self._sessions.staff_of(device.id, request.headers.get(STAFF_HEADER, "")) is not None:
            self._sessions.end(device.id)
        return json_answer(b"{}")

    async def check_staff(self, request: HttpRequest) -> Response:
        """Tell a kiosk whether a PIN is right: it opens the staff menu there and gives no right at the hub."""
        device = granted(self._rights.admit(request.headers.get("authorization", ""), KIOSK_ROLES))
        asked = await struct_of(request, SignIn)
        await self.check_pin(device, asked.staff, asked.pin, public=True)
        log.note(StaffMenuOpened(device.id))
        return json_answer(b"{}")

    async def _checked(self, check: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, check)
