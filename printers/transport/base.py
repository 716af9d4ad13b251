"""What every way to a printer can do."""

from typing import Protocol

from kiosk.settings import SettingsError


class PrinterSetupError(SettingsError):
    """A printer setting that cannot be used, with a sentence that says what to write instead."""


class Transport(Protocol):
    """Bytes to a printer and back. Any trouble is an `OSError`."""

    @property
    def answers(self) -> bool:
        """Whether the printer can say anything this way at all."""
        ...

    def send(self, data: bytes) -> None:
        """Hand over all of `data`; TimeoutError where the printer takes nothing for the time allowed."""
        ...

    def end_job(self) -> None:
        """Say that a job is complete: a spooler takes it now and lets it go; elsewhere it means nothing."""
        ...

    def receive(self, timeout_s: float) -> bytes:
        """Return what the printer said, b"" where it said nothing for `timeout_s`; ConnectionError where it hung up."""
        ...

    def fileno(self) -> int:
        """Return what `select` can wait on for an answer."""
        ...

    def close(self) -> None:
        """End the connection; bytes on their way still arrive. Never raises."""
        ...


class Target(Protocol):
    """Where paper comes from, before anything is connected."""

    @property
    def bytes_per_s(self) -> float | None:
        """How much the line carries, None where it is faster than any print head."""
        ...

    def open(self, timeout_s: float) -> Transport:
        """Connect.

        Raises:
            OSError: nobody there, or no answer within `timeout_s` seconds.
        """
        ...
