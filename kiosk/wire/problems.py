"""What can be wrong with a request: a stable code, a status, a sentence in the caller's language (RFC 9457)."""

from datetime import date
from typing import Any

import msgspec
from msgspec import Struct

from kiosk.domain.events import Refused
from kiosk.i18n import Words, words
from kiosk.log.event import RefusalCode

MEDIA_TYPE = "application/problem+json"

CATALOGUE: dict[str, tuple[int, str]] = {
    # the caller's mistake
    "bad_json": (400, "The request is not valid JSON, or a field is missing or wrong: {reason}."),
    "idempotency_key_missing": (400, "The request needs an Idempotency-Key of 8 to 64 letters, digits or hyphens."),
    "counter_missing": (400, "Say which counter: add ?counter=N."),
    "not_signed_in": (401, "This device is not known here. Pair it again."),
    "wrong_pin": (401, "The PIN is not right. Try again."),
    "staff_not_signed_in": (401, "A supervisor signs in with a PIN first."),
    "wrong_code": (401, "The pairing code is not right, or is too old. Ask for a new one."),
    "wrong_role": (403, "This device may not do that."),
    "wrong_number": (403, "This device works for place {number} only."),
    "wrong_staff_role": (403, "This member of staff may not do that."),
    "not_found": (404, "There is nothing at this address."),
    "unknown_ticket": (404, "There is no such ticket today."),
    "no_kiosk": (409, "{number} was not given at a kiosk, and no kiosk can print it now."),
    "unknown_counter": (404, "There is no such counter."),
    "unknown_call": (404, "There is no such call."),
    "unknown_day": (404, "Nothing is known of the day {day}."),
    "not_called_yet": (409, "Number {number} has not been called yet."),
    "unknown_command": (404, "No command with this id was carried out."),
    "method_not_allowed": (405, "This address does not take that method."),
    "key_reused": (422, "This Idempotency-Key was used for a different request."),
    "too_large": (413, "The request is too large."),
    # the hall's rules
    "unknown_queue": (422, "There is no queue {queue} here."),
    "unknown_priority": (422, "There is no priority group {priority} here."),
    "unknown_journey": (422, "There is no journey {journey} here."),
    "unknown_agency": (422, "There is no agency {agency} here."),
    "unknown_kiosk": (404, "There is no kiosk {kiosk} here."),
    "unknown_staff": (422, "This member of staff is not known here."),
    "weak_token": (422, "The ticket's token is too short or was used before."),
    "ticket_exists": (409, "Number {number} was already given for this ticket."),
    "confirm_number": (409, "Number {number} was given here {seconds} seconds ago. Do you want another one?"),
    "queue_closed": (409, "No numbers are given here now: {reason}."),
    "kiosk_closed": (409, "This machine gives no numbers now: {reason}. Please ask the staff."),
    "queue_shut": (409, "No numbers are given now. They are given again on {day} from {opens}."),
    "queue_has_no_hours": (409, "Queue {queue} has no opening hours in sight."),
    "quota_reached": (409, "All {quota} numbers of today are given. Please come another day."),
    "person_quota_reached": (409, "You have taken {quota} numbers today; more are not given to one person."),
    "series_exhausted": (409, "Queue {queue} has no number left today."),
    "day_is_full": (
        409,
        "Today's counters cannot serve more people. You can have a number for {day}, between {from} and {to}.",
    ),
    "no_day_ahead": (409, "Today's counters cannot serve more people, and no coming day has a number left."),
    "not_today": (409, "This number is for {day}."),
    "slot_not_ahead": (422, "An appointment must lie ahead, and within a year."),
    "slot_shut": (409, "The counters are not open on {day} at {time}."),
    "slot_full": (409, "The hour of {time} on {day} is fully booked."),
    "wrong_state": (409, "Number {number} cannot do that now: it is {state}."),
    "wrong_counter": (409, "Number {number} belongs to counter {counter}."),
    "counter_busy": (409, "Finish number {number} at counter {counter} first."),
    "counter_not_open": (409, "Counter {counter} is not open."),
    "counter_not_paused": (409, "Counter {counter} is not paused."),
    "counter_taken": (409, "Someone else is signed in at counter {counter}."),
    "counter_serves_not": (409, "Counter {counter} does not serve queue {queue}."),
    "staff_elsewhere": (409, "You are still signed in at counter {counter}."),
    "nobody_waiting": (409, "Nobody is waiting."),
    "recall_limit": (409, "Number {number} was called {times} times. Mark it absent."),
    "papers_which": (422, "Say which papers are missing."),
    "papers_how_long": (422, "Give minutes or days to come back, not both."),
    "papers_too_many_days": (422, "At most {days} days may be given to come back."),
    "papers_too_late": (409, "The time to come back with number {number} is over. Please take a new number."),
    "no_priority": (409, "Number {number} has no priority."),
    "note_empty": (422, "The note is empty."),
    "day_over": (409, "The day {day} is over."),
    "unreadable": (409, "A newer version wrote this; it cannot be read here."),
    "nothing_to_undo": (409, "There is nothing to take back at counter {counter}."),
    "undo_too_late": (409, "More than {seconds} seconds have passed, it cannot be taken back any more."),
    "undo_touched": (409, "It cannot be taken back any more: the hall has moved on."),
    "staff_not_here": (409, "{name} is not at any counter now."),
    "comes_back_already": (409, "Number {number} must first go back to counter {counter}."),
    "transfer_where": (422, "Say to which queue or counter the ticket goes."),
    "already_rated": (409, "This visit was already rated."),
    "too_late": (409, "This came too late and was not done."),
    # the environment and ourselves
    "too_many_tries": (429, "Too many wrong PINs. Wait {seconds} seconds and try again."),
    "too_many_codes": (429, "Too many wrong pairing codes. Wait {seconds} seconds and try again."),
    "recovering": (503, "The hub is taking back what devices kept. Try again in a moment."),
    "old_machine": (409, "Make sure that the old machine is off, and say so: two hubs would give every number twice."),
    "nothing_copied": (409, "This machine has no copy of the journal yet. It cannot take over."),
    "not_the_hub": (503, "This machine is not the hub."),
    "cannot_place": (409, "What is said of number {number} does not fit any more. It was noted."),
    "storage_full": (503, "The hub's disk is full, nothing can be stored. Tell the technician."),
    "outcome_unknown": (503, "The hub could not make sure. Ask again with the same id."),
    "internal": (500, "The hub made a mistake. It was noted; the rest goes on."),
}
RefusalCode.register(*CATALOGUE)

STATES = {
    "booked": "booked for later",
    "waiting": "waiting",
    "called": "called",
    "serving": "being served",
    "done": "done",
    "no_show": "marked absent",
    "parked": "set aside",
    "away": "fetching missing papers",
    "deferred": "promised for another day",
    "cancelled": "cancelled",
    "expired": "expired",
}


REASONS = {
    "no_staff": "nobody is here to serve it",
    "system": "the system is being repaired",
    "meeting": "the staff is in a meeting",
    "paper": "it has no paper",
    "repair": "it is being repaired",
    "weather": "the weather does not allow it",
}
"""Why a queue or a kiosk is closed, by the code in the journal; one that is not here is said as it is."""


class Problem(Struct, frozen=True, omit_defaults=True):
    """A problem as it goes over the wire."""

    title: str
    status: int
    code: str
    detail: str
    type: str = "about:blank"


def problem(code: str, language: str, params: dict[str, Any] | None = None) -> Problem:
    """Say what is wrong in the caller's language.

    Raises:
        KeyError: the code is not in the catalogue; that is our bug.
    """
    status, sentence = CATALOGUE[code]
    say = words(language, "problems")
    values = dict(params or {})
    if "state" in values:
        values["state"] = say(STATES.get(str(values["state"]), str(values["state"])))
    if "reason" in values:
        values["reason"] = say(REASONS.get(str(values["reason"]), str(values["reason"])))
    if "day" in values:
        values["day"] = _day(str(values["day"]), say)
    return Problem(title=code.replace("_", " "), status=status, code=code, detail=say(sentence, **values))


def _day(day: str, say: Words) -> str:
    """Say a service day ("2026-11-24") as people do."""
    on = date.fromisoformat(day)
    names = (
        say("Monday"),
        say("Tuesday"),
        say("Wednesday"),
        say("Thursday"),
        say("Friday"),
        say("Saturday"),
        say("Sunday"),
    )
    return say("{weekday} {date}/{month}", weekday=names[on.weekday()], date=on.day, month=on.month)


def refusal(refused: Refused, language: str) -> Problem:
    """Say why the hall's rules do not allow a command."""
    return problem(refused.code, language, dict(refused.params))


def encode(found: Problem) -> bytes:
    """Return a problem as JSON."""
    return msgspec.json.encode(found)
