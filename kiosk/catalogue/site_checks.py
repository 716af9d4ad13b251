"""What a set-up may say about the order of its hall: series, rules, calendar, journeys, results (DESIGN §4)."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from kiosk.catalogue.sentence import Sentence, sentence
from kiosk.domain.numbers import prefix_of
from kiosk.domain.site import WEEKDAYS, Site
from kiosk.domain.text import DEFAULT_LANGUAGE

PREFIX = re.compile(r"[A-Z]{1,2}")
"""One or two letters: spoken one by one, and as wide as the number label is measured for (LOOK)."""
GREATEST_NUMBER = 9999
MAX_PRIORITY_MINUTES = 240
"""Half a day. Priority is bounded so that nobody starves (DESIGN §4)."""

_RANGES = (
    ("confirm_within_s", 0, 600),
    ("recall_limit", 1, 20),
    ("return_behind", 0, 100),
    ("undo_ms", 0, 60_000),
    ("appointment_credit_minutes", 0, 120),
    ("appointment_late_minutes", 0, 120),
    ("park_minutes", 1, 600),
    ("away_minutes", 1, 600),
    ("away_days", 0, 30),
    ("person_quota", 1, 99),
    ("honest_minutes", 0, 600),
    ("first_hour_share", 0, 1),
    ("appointment_share", 0, 1),
    ("priority_bound_minutes", 0, MAX_PRIORITY_MINUTES),
)
"""Rule, least and greatest value that make sense."""


def repeated(values: Iterable[str | int]) -> list[str]:
    """Return what is there more than once."""
    return [str(value) for value, count in Counter(values).items() if count > 1]


def about_series(site: Site) -> Iterator[Sentence]:
    """No number may be given by two queues, and each must be sayable."""
    for queue in site.queues:
        if not PREFIX.fullmatch(prefix_of(queue)):
            yield sentence(
                "Queue {queue} has the prefix “{prefix}”; use one or two letters A to Z.",
                queue=queue.id,
                prefix=prefix_of(queue),
            )
        if not 1 <= queue.first <= queue.last <= GREATEST_NUMBER:
            yield sentence(
                "The numbers of queue {queue} must run upwards within 1 to {most}.",
                queue=queue.id,
                most=GREATEST_NUMBER,
            )
        if queue.quota is not None and queue.quota < 1:
            yield sentence("The quota of queue {queue} must be at least 1.", queue=queue.id)
        if queue.share_above is not None and queue.share_above < 0:
            yield sentence("Queue {queue} shares its load above a number of people below 0.", queue=queue.id)
    for index, one in enumerate(site.queues):
        for other in site.queues[:index]:
            if prefix_of(one) == prefix_of(other) and one.first <= other.last and other.first <= one.last:
                yield sentence("Queues {one} and {other} would give the same numbers.", one=other.id, other=one.id)


def about_rules(site: Site) -> Iterator[Sentence]:
    """Each rule within what makes sense."""
    for name, least, most in _RANGES:
        value = getattr(site.rules, name)
        if value is not None and not least <= value <= most:
            yield sentence("rules.{rule} must be {least} to {most}.", rule=name, least=least, most=most)


def about_priority(site: Site) -> Iterator[Sentence]:
    """Minutes of single queues are bounded like those of all."""
    for category in site.priority:
        for queue_id, minutes in category.queues.items():
            if site.queue(queue_id) is None:
                yield sentence(
                    "Priority {category} names queue {queue}, which does not exist.",
                    category=category.id,
                    queue=queue_id,
                )
            if not 0 <= minutes <= MAX_PRIORITY_MINUTES:
                yield sentence(
                    "Priority {category} must be 0 to {most} minutes.", category=category.id, most=MAX_PRIORITY_MINUTES
                )


def about_calendar(site: Site) -> Iterator[Sentence]:
    """Days are days, none is both worked and off, and where hours are enforced every queue has some."""
    calendar, hours = site.calendar, site.info.hours
    listed = (("public_holidays", calendar.public_holidays), ("off", calendar.off), ("working", calendar.working))
    for where, days in listed:
        for day in sorted(days):
            if not _is_day(day):
                yield sentence("calendar.{where} holds “{day}”; write days as 2026-09-02.", where=where, day=day)
    for day in sorted(calendar.off & calendar.working):
        yield sentence("{day} is both off and worked in the calendar.", day=day)
    for queue in site.queues if hours.enforced else ():
        if not any(hours.periods(queue.id, day) for day in WEEKDAYS):
            yield sentence(
                "Queue {queue} is never open; give it hours, or set site.hours.enforced to false.", queue=queue.id
            )


def about_journeys(site: Site) -> Iterator[Sentence]:
    """A journey leads through queues that exist, and a procedure takes one journey."""
    for journey_id in repeated(journey.id for journey in site.journeys):
        yield sentence("Journey {journey} is listed twice.", journey=journey_id)
    for procedure in repeated(p for journey in site.journeys for p in journey.procedures):
        yield sentence("Procedure {procedure} takes two journeys.", procedure=procedure)
    for journey in site.journeys:
        if len(journey.steps) < 2:
            yield sentence("Journey {journey} needs two queues or more.", journey=journey.id)
        for queue_id in dict.fromkeys(journey.steps):
            if site.queue(queue_id) is None:
                yield sentence(
                    "Journey {journey} names queue {queue}, which does not exist.", journey=journey.id, queue=queue_id
                )


def about_others(site: Site) -> Iterator[Sentence]:
    """Agencies can be named, and results are handed out where somebody can be called to."""
    for agency_id in repeated(agency.id for agency in site.agencies):
        yield sentence("Agency {agency} is listed twice.", agency=agency_id)
    for agency in site.agencies:
        if not agency.id or not agency.name.get(DEFAULT_LANGUAGE):
            yield sentence("An agency has no id or no Vietnamese name.")
    lane = site.results
    if lane is None:
        return
    if site.queue(lane.queue) is None:
        yield sentence("Results are handed out in queue {queue}, which does not exist.", queue=lane.queue)
    if lane.counter is not None and site.counter(lane.counter) is None:
        yield sentence("Results are handed out at counter {counter}, which does not exist.", counter=lane.counter)


def _is_day(day: str) -> bool:
    try:
        return date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False
