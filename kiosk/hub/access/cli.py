"""What an administrator does with devices and PINs from a command line, also while the hub runs."""

import contextlib
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from kiosk.domain.commands import Role
from kiosk.domain.site import Site
from kiosk.hub.access.devices import Device, DeviceError, Devices
from kiosk.hub.access.pairing import CODE_LIVES_MS, new_code
from kiosk.hub.access.pins import set_pin
from kiosk.hub.access.store import AccessStore

Write = Callable[[str], object]
"""Where a line goes, such as `print`."""
DONE, REFUSED = 0, 1
ASK_S = 10.0


def run_add(data: Path, role: str, number: int | None, name: str, write: Write) -> int:
    """Register a device and print its token, alone on the last line: it is told this once."""
    with _devices(data) as (_, devices):
        try:
            device, token = devices.add(Role(role), number, name)
        except DeviceError as error:
            write(str(error))
            return REFUSED
    write(f"Device {device.id} is a {_place(device)}. Its token, told this once:")
    write(token)
    return DONE


def run_code(data: Path, role: str, number: int | None, name: str, write: Write) -> int:
    """Make a pairing code and print it, alone on the last line."""
    with _devices(data) as (store, _):
        try:
            code = new_code(store, _now_ms(), Role(role), number, name)
        except DeviceError as error:
            write(str(error))
            return REFUSED
    write(f"Type this code on the device within {CODE_LIVES_MS // 60_000} minutes:")
    write(code)
    return DONE


def run_list(data: Path, write: Write) -> int:
    """Print the registered devices."""
    with _devices(data) as (_, devices):
        for device in devices.all():
            gone = f", revoked {_day(device.revoked_at)}" if device.revoked_at is not None else ""
            write(f"{device.id}  {_place(device)}  {device.name}  since {_day(device.paired_at)}{gone}")
    return DONE


def run_revoke(data: Path, device_id: int, write: Write) -> int:
    """Take a device's rights away; a running hub ends its stream within a second or two."""
    with _devices(data) as (_, devices):
        if not devices.revoke(device_id):
            write(f"There is no device {device_id} with a token that works.")
            return REFUSED
    write(f"Device {device_id} may do nothing any more.")
    return DONE


def run_pair(hub: str, code: str, write: Write) -> int:
    """Give up a code at a hub and print the token, alone on the last line."""
    told = _asked(f"{hub.rstrip('/')}/v1/devices/pair", {"code": code}, "", write)
    if told is None:
        return REFUSED
    write(f"Paired as a {told['role']}. Its token, told this once:")
    write(str(told["token"]))
    return DONE


def run_promote(standby: str, token: str, staff_id: str, pin: str, write: Write) -> int:
    """Have a standby take over; whoever runs it has made sure that the old machine is off."""
    body = {"staff": staff_id, "pin": pin, "old_machine_is_off": True}
    told = _asked(f"{standby.rstrip('/')}/v1/promote", body, token, write)
    if told is None:
        return REFUSED
    write(f"{standby} takes over after row {told['seq']}. It waits for its devices, then the hall goes on.")
    return DONE


def _asked(url: str, body: dict[str, Any], token: str, write: Write) -> dict[str, Any] | None:
    """Ask a machine over HTTP; None where it refused or did not answer, which was said then."""
    headers = {"Accept-Language": "en", **({"Authorization": f"Bearer {token}"} if token else {})}
    try:
        answer = httpx.post(url, json=body, trust_env=False, timeout=ASK_S, headers=headers)
        told: dict[str, Any] = answer.json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        write(f"{url} did not answer: {error}")
        return None
    if answer.status_code != httpx.codes.OK:
        write(str(told.get("detail", answer.status_code)))
        return None
    return told


def run_pin(data: Path, site: Site, staff_id: str, pin: str, write: Write) -> int:
    """Give a member of staff a PIN."""
    if site.staff_member(staff_id) is None:
        write(f"The site file has no member of staff {staff_id}.")
        return REFUSED
    with _devices(data) as (store, _):
        try:
            set_pin(store, staff_id, pin)
        except ValueError as error:
            write(str(error))
            return REFUSED
    write(f"{staff_id} has a new PIN.")
    return DONE


def run_staff(data: Path, site: Site, write: Write) -> int:
    """Print the centre's staff, and who has no PIN yet."""
    with _devices(data) as (store, _):
        known = {row[0] for row in store.rows("SELECT staff FROM pins")}
    for member in site.staff:
        write(f"{member.id}  {', '.join(member.roles)}  {'' if member.id in known else 'no PIN yet'}".rstrip())
    return DONE


@contextlib.contextmanager
def _devices(data: Path) -> Iterator[tuple[AccessStore, Devices]]:
    data.mkdir(parents=True, exist_ok=True)
    with contextlib.closing(AccessStore(data)) as store:
        yield store, Devices(store, _now_ms)


def _place(device: Device) -> str:
    return device.role.value if device.number is None else f"{device.role.value} {device.number}"


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def _day(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000).date().isoformat()
