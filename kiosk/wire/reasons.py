"""Why, in one sentence: "Number A017 was called before A021: it had an appointment at 09:00."

A sentence names numbers, counters and times. Of another person it says nothing else: never what she came for, and of a
priority only that she has one, never which (DOMAIN §5).
"""

from kiosk.domain.site import Site
from kiosk.domain.ticket import CallReason, RankReason
from kiosk.domain.why import Cause, Reason
from kiosk.i18n import Words, words

CLAUSES: dict[Cause | RankReason | CallReason, str] = {
    RankReason.ARRIVED: "it came at {at}",
    RankReason.PRIORITY: "it has declared a priority",
    RankReason.APPOINTMENT: "it had an appointment at {at}",
    RankReason.APPOINTMENT_LATE: "it came too late for its appointment and counts from {at}",
    RankReason.DEFERRED: "it was promised the first hour",
    RankReason.OFFLINE: "its number was given at {at}, while the hub was away",
    RankReason.TRANSFERRED: "it was sent there and kept its place from {at}",
    RankReason.TRANSFERRED_FRONT: "a clerk sent it to the front",
    RankReason.TRANSFERRED_END: "it was sent to the end of the line, and its turn came",
    RankReason.NEXT_STEP: "it goes from desk to desk and kept its place from {at}",
    RankReason.CAME_BACK: "it came back from another counter",
    RankReason.RETURNED: "it had missed its call and waited behind the next few, and its turn came",
    RankReason.PARK_OVER: "it had been set aside there",
    RankReason.PAPERS: "it came back with the papers that were missing",
    CallReason.NEXT: "it was next",
    CallReason.OVERDUE: "it had waited past {minutes} minutes, and nobody passes such a number",
    CallReason.BOUND: "it was waiting for counter {counter}",
    CallReason.HELPED: "counter {counter} was helping",
    CallReason.CHOSEN: "the clerk chose it",
    Cause.JUST_BEFORE: "it came just before",
    Cause.KEPT: "it came at {at} and kept its place",
    Cause.OTHER_MISSED: "{other} had missed its call and waits behind the next few",
    Cause.OTHER_SENT_TO_END: "{other} was sent to the end of the line",
    Cause.OTHER_LATE: "{other} came too late for its appointment and counts from {at}",
    Cause.COUNTS_FROM: "it counts from {at}",
    Cause.NOT_THERE_YET: "{other} came after that",
    Cause.NOT_IN_LINE: "{other} was not waiting in a line then",
    Cause.OTHER_LINE: "{other} was waiting in another line",
}
"""What stands after the colon. Those that depend on more than the cause are chosen in `_clause`."""


def sentence(reason: Reason, site: Site, language: str) -> str:
    """Say a reason.

    Args:
        reason: from `kiosk.domain.why`.
        site: the centre, for its local time and its bounds on waiting.
        language: a language code; one without words of its own speaks English.
    """
    say = words(language, "reasons")
    values: dict[str, object] = {
        "first": reason.first,
        "other": reason.other,
        "counter": reason.counter,
        "at": f"{site.local(reason.at):%H:%M}" if reason.at is not None else "",
        "minutes": reason.minutes,
    }
    if reason.cause is CallReason.OVERDUE:
        queue = site.queue(reason.queue)
        values["minutes"] = queue.max_wait_minutes if queue else 0
    if reason.cause is Cause.SAME:
        return say("Both are number {first}.", **values)
    if reason.cause is Cause.NOT_TOGETHER:
        return say("Numbers {first} and {other} never waited at the same time.", **values)
    values["clause"] = _clause(reason, say, values)
    if not reason.called:
        return say("Number {first} comes before {other}: {clause}.", **values)
    if reason.other:
        return say("Number {first} was called before {other}: {clause}.", **values)
    return say("Number {first} was called to counter {counter}: {clause}.", **values)


def _clause(reason: Reason, say: Words, values: dict[str, object]) -> str:
    if reason.cause is Cause.EARLIER:
        return say.count("it came {n} minute earlier", "it came {n} minutes earlier", reason.minutes or 0)
    if reason.cause is RankReason.PRIORITY and reason.confirmed:
        return say("it has a priority confirmed by the counter")
    return say(CLAUSES[reason.cause], **values)
