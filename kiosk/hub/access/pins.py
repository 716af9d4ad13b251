"""Staff PINs: argon2id hashes, and a growing wait after wrong ones (DESIGN §9; docs/decisions/0008)."""

import re
from collections.abc import Callable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from msgspec import Struct

from kiosk.domain.events import Refused
from kiosk.domain.site import PIN_MAX, PIN_MIN, Site
from kiosk.hub.access.store import AccessStore

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""argon2id as OWASP's password storage sheet asks: 33 ms on two old cores, and little enough memory for a hub."""
DEMO_HASHER = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)
"""For the demo centre's PINs, which everybody knows: a new demo must not hash for a second before it opens."""
PIN = re.compile(f"[0-9]{{{PIN_MIN},{PIN_MAX}}}")


class BackOff(Struct, frozen=True):
    """How many wrong PINs are free, and how long to wait after more of them. Milliseconds."""

    free: int
    first_ms: int
    longest_ms: int = 3_600_000

    def wait_ms(self, tries: int) -> int:
        """Return the wait after so many wrong PINs in a row: it doubles with each."""
        beyond = tries - self.free
        return 0 if beyond < 0 else min(self.first_ms * 2 ** min(beyond, 30), self.longest_ms)


PER_STAFF = BackOff(free=5, first_ms=30_000)
"""Forgiven by the right PIN. Guessing one person's four digits then gets about 30 tries a day out of 10,000."""
PER_DEVICE = BackOff(free=10, first_ms=60_000)
"""For one device that tries everybody's name."""
DEVICE_FORGETS_MS = 30 * 60_000
"""One wrong PIN of a device is forgotten in this time. The right PIN does not forgive it: a clerk who tries the others'
would put in her own between."""


class Pins:
    """The PINs. Use it in one thread at a time: a check takes tens of milliseconds, so keep it off the event loop."""

    def __init__(self, store: AccessStore, site: Site, now_ms: Callable[[], int], *, demo: bool = False) -> None:
        """Use the PINs in a store.

        Args:
            store: where hashes and wrong tries are kept; wrong tries outlive a restart.
            site: only its staff can sign in.
            now_ms: a clock that is not put back while the hub runs.
            demo: give everyone without a PIN the one `demo_pin` says.
        """
        self._store, self._site, self._now_ms = store, site, now_ms
        if demo:
            known = {row[0] for row in store.rows("SELECT staff FROM pins")}
            hashes = [(s.id, DEMO_HASHER.hash(demo_pin(s.id))) for s in site.staff if s.id not in known]
            with store.change() as db:
                for one in hashes:
                    db.execute("INSERT OR IGNORE INTO pins VALUES (?, ?)", one)

    def check(self, staff: str, pin: str, device: int, *, public: bool = False) -> Refused | None:
        """Check a PIN that a device was given; None means right.

        Args:
            staff: who it should be.
            pin: what was typed.
            device: where.
            public: anybody can type there, as at a kiosk: wrong tries count for the device alone, or a stranger could
                keep a clerk from her counter.

        Raises:
            sqlite3.Error: wrong tries cannot be counted, so none may be made.
        """
        who = (f"staff {staff}", f"device {device}")
        wait = max(self._wait_ms(one) for one in who)
        if wait > 0:
            return Refused("too_many_tries", {"seconds": -(-wait // 1000)})
        known = self._store.rows("SELECT hash FROM pins WHERE staff = ?", (staff,))
        here = self._site.staff_member(staff) is not None
        if here and known and PIN.fullmatch(pin) and _matches(known[0][0], pin):
            self._forgive(who[0])
            return None
        self._note(who[1], PER_DEVICE)
        if here and not public:  # names nobody has would fill the store
            self._note(who[0], PER_STAFF)
        return Refused("wrong_pin")

    def _wait_ms(self, who: str) -> int:
        found = self._store.rows("SELECT tries, free_at FROM wrong_pins WHERE who = ?", (who,))
        if not found:
            return 0
        tries, free_at = found[0]
        # A clock that was put back must not lock anyone out for longer than the wait that was meant.
        longest = _rule(who).wait_ms(tries)
        return min(int(free_at) - self._now_ms(), longest)

    def _note(self, who: str, rule: BackOff) -> None:
        now = self._now_ms()
        found = self._store.rows("SELECT tries, free_at FROM wrong_pins WHERE who = ?", (who,))
        tries, free_at = found[0] if found else (0, now)
        if rule is PER_DEVICE:
            tries = max(0, tries - max(0, now - free_at) // DEVICE_FORGETS_MS)
        tries += 1
        with self._store.change() as db:
            db.execute("INSERT OR REPLACE INTO wrong_pins VALUES (?, ?, ?)", (who, tries, now + rule.wait_ms(tries)))

    def _forgive(self, who: str) -> None:
        if self._store.rows("SELECT 1 FROM wrong_pins WHERE who = ?", (who,)):
            with self._store.change() as db:
                db.execute("DELETE FROM wrong_pins WHERE who = ?", (who,))


def set_pin(store: AccessStore, staff: str, pin: str, hasher: PasswordHasher = HASHER) -> None:
    """Give a member of staff a PIN; the wrong tries so far are forgiven.

    Raises:
        ValueError: that is no PIN.
    """
    if not PIN.fullmatch(pin):
        raise ValueError("A PIN has 4 to 12 digits.")
    hashed = hasher.hash(pin)
    with store.change() as db:
        db.execute("INSERT OR REPLACE INTO pins VALUES (?, ?)", (staff, hashed))
        db.execute("DELETE FROM wrong_pins WHERE who = ?", (f"staff {staff}",))


def demo_pin(staff_id: str) -> str:
    """Return the demo centre's PIN of a member of staff: "nv01" signs in with 0001."""
    return "".join(c for c in staff_id if c.isdigit()).rjust(4, "0")[-4:]


def _rule(who: str) -> BackOff:
    return PER_STAFF if who.startswith("staff ") else PER_DEVICE


def _matches(known: str, pin: str) -> bool:
    try:
        return HASHER.verify(known, pin)
    except (VerificationError, InvalidHashError):
        return False
