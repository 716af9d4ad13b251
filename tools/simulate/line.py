"""A device's line: the real way to whichever machine is the hub, and the real errands of giving back."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kiosk.hub.web.copy_http import NOTHING_SEEN
from kiosk.link.heartbeat import EVERY_S as BEAT_S
from kiosk.link.keeper import GiveBack, Keeper
from kiosk.link.kept_store import KeptStore
from kiosk.link.line import CONNECT_S, RETRY_S
from kiosk.link.policy import understood
from kiosk.link.way import GIVE_BACK_S, Errand, Way
from kiosk.ports import Answered
from kiosk.wire.kept import order_of
from tools.simulate.broken import must
from tools.simulate.letters import HEARTBEAT, Back, Letter

if TYPE_CHECKING:
    from tools.simulate.device import Device

BEAT_MS = BEAT_S * 1000
OnAnswer = Callable[[Answered], None]


@dataclass(frozen=True)
class Command:
    """What is sent: under its id, and until when in virtual time it is not too late."""

    key: str
    path: str
    body: dict[str, Any]
    late_at: int | None = None


class Line:
    """Of one life of a device."""

    def __init__(self, device: "Device", store: KeptStore) -> None:
        """Begin with the first address."""
        self._device, self.keeper = device, Keeper(store)
        self.way = Way(tuple(device.machines), {}, self.keeper)
        self._errand = Errand(self.keeper, lambda: device.world.now / 1000)
        self.way.on_recovering = lambda: self._errand.recovering() and self._go_soon()
        self.way.on_epoch = self._go_soon
        self._going = self._woken = False

    def begin(self) -> None:
        """Tell the hub now and then that this device is there, and give back what some hub lacks."""
        self._device.later(BEAT_MS, self._beat)
        self._go_soon()

    def post(self, what: Command, patience_ms: float, on_answer: OnAnswer) -> None:
        """Try once: the first answer counts, or none within the patience."""
        url = self.way.url

        def settle(status: int, told: dict[str, Any]) -> None:
            if status == 0:
                self.way.leave(url)
            else:
                before, mark = self.keeper.epoch, str(told.get("kept", {}).get("mark", ""))
                told = self.way.told(url, status, dict(told))
                self.must_be_of_now(before, mark if told else "")
            on_answer(understood(what.key, status, told))

        once = self._once(settle, (0, {}), url, patience_ms)
        seen = self.way.headers()
        letter = Letter(
            self._device.name,
            self._device.role,
            what.key,
            what.path,
            what.body,
            once,
            self._device.held_to,
            what.late_at,
            seen["Moi-Device"],
            "" if seen["Moi-Seen"] == NOTHING_SEEN else seen["Moi-Seen"],
        )
        self._device.network.carry(self._device.name, url, lambda: self._device.machines[url].post(letter))

    def must_be_of_now(self, before: int, mark: str) -> None:
        """Demand that what is believed comes from no hub whose epoch is over.

        Args:
            before: the highest epoch this device had heard of.
            mark: the mark that came with what is believed; empty where there is none.
        """
        epoch = order_of(mark)[0]
        must(not mark or epoch >= before, f"{self._device.name} believes a hub of epoch {epoch} after {before}")

    def _once(
        self, settle: Callable[..., None], nothing: tuple[Any, ...], url: str, patience_ms: float
    ) -> Callable[..., None]:
        """Return what takes the first answer in this life of the device, or that there was none in time."""
        life, settled = self._device.life, False

        def once(*answer: Any) -> None:
            nonlocal settled
            if settled or life != self._device.life:
                return
            settled = True
            settle(*answer)

        # A machine that cannot be reached is given up sooner than one that does not answer.
        wait_ms = (
            patience_ms if self._device.network.reaches(self._device.name, url) else min(patience_ms, CONNECT_S * 1000)
        )
        self._device.world.after(wait_ms, lambda: once(*nothing))
        return once

    def _beat(self) -> None:
        if self._device.world.is_open:
            self.post(
                Command(self._device.world.new_id(), HEARTBEAT, {}), self._device.patience_ms, lambda answered: None
            )
        self._device.later(BEAT_MS if self._device.world.is_open else 600_000, self._beat)

    # --- giving back

    def _go_soon(self) -> None:
        """Go on the errand of giving back, or again when this one is over."""
        if self._going:
            self._woken = True
        else:
            self._going = True
            self._device.later(0, lambda: self._go(self._errand.requests(), None))

    def _go(self, requests: Generator[GiveBack, bytes, None], answer: bytes | None) -> None:
        try:
            request = next(requests) if answer is None else requests.send(answer)
        except StopIteration:
            self._gone()
            return
        url = self.way.url

        def settle(told: bytes) -> None:
            if told:
                self._go(requests, told)
            else:
                self._gone()

        once = self._once(settle, (b"",), url, GIVE_BACK_S * 1000)
        self._device.world.count("commands given back", len(request.positions))
        back = Back(self._device.name, self._device.role, request.body, self.keeper.mark, once)
        self._device.network.carry(self._device.name, url, lambda: self._device.machines[url].returned(back))

    def _gone(self) -> None:
        self._going = False
        self._device.errand_over()
        if self._woken:
            self._woken = False
            self._go_soon()
        else:
            self._device.later(RETRY_S * 1000 if self._device.world.is_open else 600_000, self._go_again)

    def _go_again(self) -> None:
        if not self._going:
            self._go_soon()
