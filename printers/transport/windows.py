"""Windows' own print spooler, through python-escpos. Written after its documentation and not yet run on Windows."""

from typing import Any, NamedTuple


class WindowsTarget(NamedTuple):
    """The printer's name as Windows shows it."""

    name: str
    bytes_per_s: float | None = None

    def open(self, timeout_s: float) -> "WindowsTransport":
        """Look the printer up. Raises OSError where this is not Windows, or there is no such printer."""
        return WindowsTransport(self.name)


class WindowsTransport:
    """Collects a job and hands it over whole, as "RAW" so that no driver touches it."""

    answers = False

    def __init__(self, name: str) -> None:
        from printers.escpos_stream import load_escpos

        self._job = bytearray()
        try:
            self._printer: Any = load_escpos().Win32Raw(name)
            known = name in self._printer.printers
        except RuntimeError as error:  # what python-escpos says where win32print is missing
            raise OSError("Windows' spooler is only on Windows") from error
        if not known:
            raise OSError(f"Windows has no printer named {name!r}")

    def send(self, data: bytes) -> None:
        """Add to the job."""
        self._job += data

    def end_job(self) -> None:
        """Give the job to the spooler. Raises OSError where it does not take it."""
        from escpos.exceptions import Error

        job = bytes(self._job)
        self._job.clear()
        try:
            self._printer.open(job_name="Moi")
            self._printer._raw(job)
            self._printer.close()
        except Error as error:
            raise OSError(str(error)) from error

    def receive(self, timeout_s: float) -> bytes:
        """Return nothing: a spooler is silent."""
        return b""

    def fileno(self) -> int:
        """There is nothing to wait on."""
        return -1

    def close(self) -> None:
        """Forget a job that was not ended."""
        self._job.clear()
