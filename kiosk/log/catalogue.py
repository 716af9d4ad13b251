"""The catalogue: every event the hub's process can log, how grave it is, what it says, and what it carries.

Here stands what concerns the process, requests, devices and staff; in `catalogue_of_data` and `catalogue_of_machines`
the rest. Together they make the page `docs/log-events.md`. To tell something new, add an event; there is no other way
to log in the hub.
"""

import enum
import logging

from kiosk.log.event import Failure, LogEvent, Place, RouteTemplate

INFO, WARNING, ERROR, CRITICAL = logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL


# --- the process


class HubStarted(LogEvent, frozen=True):
    """The hub serves from now on."""

    level, says = INFO, "The hub serves on port {port}, epoch {epoch}, newest row {seq}."
    port: int
    epoch: int
    seq: int


class HubStopped(LogEvent, frozen=True):
    """The hub ended in order."""

    level, says = INFO, "The hub has ended, newest row {seq}."
    seq: int


class ClockSet(LogEvent, frozen=True):
    """The machine's clock was set; hall time is carried on evenly. Both UTC milliseconds."""

    level, says = WARNING, "The machine's clock was set from {before} to {after}."
    before: int
    after: int


class Uncaught(LogEvent, frozen=True):
    """An exception nobody caught: our mistake."""

    level, says = CRITICAL, "Nobody caught {failure}."
    failure: Failure


class Foreign(LogEvent, frozen=True):
    """Another library has something to say; what, is in its code at that place."""

    level, says = WARNING, "A library warns at {place}."
    place: Place


class ForeignFailed(LogEvent, frozen=True):
    """Another library reports an exception."""

    level, says = ERROR, "A library reports at {place}: {failure}."
    place: Place
    failure: Failure


# --- requests


class RequestFailed(LogEvent, frozen=True):
    """A request ended in our mistake; whoever asked was answered 500."""

    level, says = ERROR, "A request to {route} failed: {failure}. The rest goes on."
    route: RouteTemplate
    failure: Failure


class CommandFailed(LogEvent, frozen=True):
    """A command could not be decided by our mistake; it changed nothing."""

    level, says = ERROR, "A {command} failed: {failure}. It changed nothing."
    command: type
    failure: Failure


class CommandNotStored(LogEvent, frozen=True):
    """A command's events could not be stored by our mistake; it changed nothing."""

    level, says = ERROR, "A {command} cannot be stored: {failure}. It changed nothing."
    command: type
    failure: Failure


class AnswersUnheard(LogEvent, frozen=True):
    """Commands were carried out while the server was ending; a device that asks again gets their answers."""

    level, says = INFO, "{count} answers came after the server had ended; who asks again gets them."
    count: int


# --- devices and staff


class DevicePaired(LogEvent, frozen=True):
    """A device gave up its pairing code for a token."""

    level, says = INFO, "Device {device} is paired as {role}."
    device: int
    role: enum.Enum


class DeviceCame(LogEvent, frozen=True):
    """A device is there; devices with numbers below 0 are those of development tokens."""

    level, says = INFO, "Device {device} ({role}) is there."
    device: int
    role: enum.Enum


class DeviceGone(LogEvent, frozen=True):
    """A device has neither a stream nor a heartbeat any more."""

    level, says = WARNING, "Device {device} ({role}) is gone."
    device: int
    role: enum.Enum


class FollowerCut(LogEvent, frozen=True):
    """A device did not read its stream, or lost its rights: its connection was ended."""

    level, says = WARNING, "The stream of device {device} ({role}) was cut."
    device: int
    role: enum.Enum


class DevicesUnread(LogEvent, frozen=True):
    """What the command line may have changed about devices could not be read now; it is tried again in a second."""

    level, says = WARNING, "Devices are read again later: {failure}."
    failure: Failure


class PinWrong(LogEvent, frozen=True):
    """A wrong PIN at a device. Whose is not told: who watches devices sees the same."""

    level, says = WARNING, "A wrong PIN at device {device}."
    device: int


class PinLocked(LogEvent, frozen=True):
    """Too many wrong PINs at a device, or for a name tried there."""

    level, says = WARNING, "Too many wrong PINs at device {device}: {seconds} s to wait."
    device: int
    seconds: int


class CodeWrong(LogEvent, frozen=True):
    """A wrong pairing code, from whomever."""

    level, says = WARNING, "A wrong pairing code."


class SupervisorCame(LogEvent, frozen=True):
    """A supervisor signed in."""

    level, says = INFO, "A supervisor signed in at device {device}."
    device: int


class StaffMenuOpened(LogEvent, frozen=True):
    """Somebody of the staff opened a kiosk's menu with her PIN."""

    level, says = INFO, "The staff menu was opened at device {device}."
    device: int
