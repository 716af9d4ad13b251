"""A job whose paper did not come out, kept for as long as its holder may stand there."""

from msgspec import Struct

from kiosk.ports import PrinterStatus, PrintJob, PrintOutcome, PrintUncertain


class Held(Struct):
    """What may be printed once more. Seconds are monotonic."""

    job: PrintJob
    outcome: PrintOutcome
    until: float
    copy: bool
    """The first may have come out."""
    ready_since: float = 0.0

    @property
    def comes_whole(self) -> bool:
        """Whether its paper is all right once the printer says that it has finished after all.

        Where its roll ended in the middle it is in two pieces, one of them on the old roll.
        """
        return isinstance(self.outcome, PrintUncertain) and self.outcome.status is not PrinterStatus.PAPER_OUT
