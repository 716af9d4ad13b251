"""What the staff menu says of printer, papers and outbox."""

from collections.abc import Iterable

from kiosk.i18n import Words
from kiosk.ports import PrinterStatus, StoredJob


def printer_in_words(status: PrinterStatus, say: Words) -> str:
    """Say how the printer is, and what to do where staff can do something."""
    return {
        PrinterStatus.READY: say("The printer is ready."),
        PrinterStatus.PAPER_LOW: say("The printer prints; the paper is nearly used up."),
        PrinterStatus.PAPER_OUT: say("The printer is out of paper: put in a new roll."),
        PrinterStatus.COVER_OPEN: say("The printer's cover is open: close it."),
        PrinterStatus.CUTTER_ERROR: say("Paper is stuck at the knife: open the cover and take it out."),
        PrinterStatus.OVERHEATED: say("The printer is too hot; it goes on by itself when it has cooled down."),
        PrinterStatus.ERROR: say("The printer has a fault: switch it off and on again."),
        PrinterStatus.OFFLINE: say("The printer is switched to off line."),
        PrinterStatus.UNKNOWN: say("The printer says nothing: look whether it prints."),
        PrinterStatus.UNREACHABLE: say("There is no printer at its address: look at cable and switch."),
    }[status]


def fate_in_words(state: str, say: Words) -> str:
    """Say what became of a paper (`StoredJob.state`)."""
    return {
        "waiting": say("waits for its turn"),
        "printed": say("printed"),
        "refused": say("not printed"),
        "uncertain": say("not sure whether it came out"),
    }.get(state, say("being printed"))


def outbox_in_words(waiting: int, aside: int, say: Words) -> str:
    """Say how many facts wait for the hub, and how many it could not place."""
    said = say("Nothing waits for the hub.")
    if waiting:
        said = say.count("{n} message waits for the hub.", "{n} messages wait for the hub.", waiting)
    if aside:
        said += " " + say.count("{n} could not be placed.", "{n} could not be placed.", aside)
    return said


def newest_of_each(papers: Iterable[StoredJob]) -> list[StoredJob]:
    """Return each ticket's newest paper, in the given order (newest first)."""
    newest: dict[str, StoredJob] = {}
    for job in papers:
        newest.setdefault(job.ticket_id, job)
    return list(newest.values())
