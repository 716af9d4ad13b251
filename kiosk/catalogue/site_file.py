"""Reads a centre's set-up from its file and refuses one the hall could not run on, all faults at once."""

import itertools
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from kiosk.catalogue import paper_checks, site_checks
from kiosk.catalogue.clean import clean_tree
from kiosk.catalogue.public_holidays import with_public_holidays
from kiosk.catalogue.sentence import Sentence, SentenceError, sentence
from kiosk.catalogue.site_checks import MAX_PRIORITY_MINUTES, repeated
from kiosk.domain.site import WEEKDAYS, Period, Site
from kiosk.domain.text import DEFAULT_LANGUAGE, Text

QUEUE_ID = re.compile(r"[A-Z]")
"""One capital letter: it begins the ticket's number and is spoken ("A015", LOOK's doorways)."""

KIOSK_NUMBERS = range(1, 10)
"""One digit: an offline number reads A2-015, and the number label is measured for it (LOOK)."""

ROLES = ("clerk", "supervisor")
LEVELS = ("commune", "province")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class SiteError(SentenceError):
    """A site file that cannot be used; one sentence for each fault."""


def load_site(path: Path) -> Site:
    """Read a centre's set-up.

    Raises:
        SiteError: the file is missing, is not JSON, has a wrong field, or describes a hall that cannot run.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise SiteError(
            sentence("Cannot read the site file {path}: {why}. Check the path.", path=path, why=error.strerror)
        ) from error
    return read_site(raw, path.name, path.parent)


def read_site(raw: bytes, name: str, folder: Path = Path()) -> Site:
    """Read a centre's set-up from the bytes of its file.

    Args:
        raw: the bytes.
        name: what errors call the file.
        folder: where other files that it names begin (its logo).

    Raises:
        SiteError: as `load_site`.
    """
    try:
        site = msgspec.convert(clean_tree(json.loads(raw.decode("utf-8-sig"))), Site)
    except msgspec.ValidationError as error:
        raise SiteError(
            sentence("The site file {name} has a wrong field: {why}. Correct it.", name=name, why=error)
        ) from error
    except (ValueError, RecursionError) as error:
        raise SiteError(sentence("The site file {name} is not valid JSON: {why}.", name=name, why=error)) from error
    site, faults_of_logo = paper_checks.with_logo(site, folder)
    faults = [fault for check in _CHECKS for fault in check(site)]
    about_paper = (*faults_of_logo, *paper_checks.about_paper(site))
    faults += [sentence("{name}, {fault}", name=name, fault=fault) for fault in about_paper]
    if faults:
        raise SiteError(*faults)
    return replace(site, calendar=with_public_holidays(site.calendar))


def _about_the_centre(site: Site) -> Iterator[Sentence]:
    if not site.info.id:
        yield sentence("The centre has no id.")
    if site.info.level not in LEVELS:
        yield sentence("The centre's level “{level}” is not known; use commune or province.", level=site.info.level)
    try:
        ZoneInfo(site.info.time_zone)
    except (KeyError, OSError, ValueError):
        # A zone that does not exist, is a directory, or is no name at all: three errors, one fault.
        yield sentence("The time zone “{zone}” is not known; Vietnam's is Asia/Ho_Chi_Minh.", zone=site.info.time_zone)


def _about_names(site: Site) -> Iterator[Sentence]:
    named: list[tuple[str, Text]] = [("site.name", site.info.name), ("site.province", site.info.province)]
    named += [(f"queues {queue.id}", queue.name) for queue in site.queues]
    named += [(f"priority {category.id}", category.name) for category in site.priority]
    for where, text in named:
        if not text.get(DEFAULT_LANGUAGE):
            yield sentence("{where} has no Vietnamese name.", where=where)


def _about_queues(site: Site) -> Iterator[Sentence]:
    if not site.queues:
        yield sentence("The centre has no queue.")
    for queue_id in repeated(queue.id for queue in site.queues):
        yield sentence("Queue {queue} is listed twice.", queue=queue_id)
    for field in repeated(field for queue in site.queues for field in queue.fields):
        yield sentence("The field “{field}” is taken twice; a citizen would not know where to go.", field=field)
    served = {queue_id for counter in site.counters for tier in counter.tiers for queue_id in tier}
    for queue in site.queues:
        if not QUEUE_ID.fullmatch(queue.id):
            yield sentence("The queue id “{queue}” must be one capital letter, A to Z.", queue=queue.id)
        if queue.id not in served:
            yield sentence("No counter serves queue {queue}; its tickets would never be called.", queue=queue.id)
        if queue.max_wait_minutes <= 0:
            yield sentence("The longest wait of queue {queue} must be more than 0 minutes.", queue=queue.id)


def _about_counters(site: Site) -> Iterator[Sentence]:
    for number in repeated(counter.number for counter in site.counters):
        yield sentence("Counter {number} is listed twice.", number=number)
    for counter in site.counters:
        queues = [queue_id for tier in counter.tiers for queue_id in tier]
        if counter.number < 1:
            yield sentence("A counter has the number {number}; numbers start at 1.", number=counter.number)
        if not queues:
            yield sentence("Counter {number} serves no queue.", number=counter.number)
        for queue_id in repeated(queues):
            yield sentence("Counter {number} names queue {queue} twice.", number=counter.number, queue=queue_id)
        for queue_id in dict.fromkeys(queues):
            if site.queue(queue_id) is None:
                yield sentence(
                    "Counter {number} serves queue {queue}, which does not exist.",
                    number=counter.number,
                    queue=queue_id,
                )


def _about_people(site: Site) -> Iterator[Sentence]:
    for staff_id in repeated(member.id for member in site.staff):
        yield sentence("Staff id {staff} is listed twice.", staff=staff_id)
    for member in site.staff:
        if not member.id or not member.name:
            yield sentence("A member of staff has no id or no name.")
        for role in member.roles:
            if role not in ROLES:
                yield sentence(
                    "The role “{role}” of {staff} is not known; use clerk or supervisor.", role=role, staff=member.id
                )
    for category_id in repeated(category.id for category in site.priority):
        yield sentence("Priority {category} is listed twice.", category=category_id)
    for category in site.priority:
        if not 0 <= category.minutes <= MAX_PRIORITY_MINUTES:
            yield sentence(
                "Priority {category} must be 0 to {most} minutes.", category=category.id, most=MAX_PRIORITY_MINUTES
            )
        if category.min_age is not None and category.min_age < 0:
            yield sentence("The age of priority {category} is below 0.", category=category.id)


def _about_kiosks(site: Site) -> Iterator[Sentence]:
    for number in repeated(kiosk.number for kiosk in site.kiosks):
        yield sentence("Kiosk {number} is listed twice.", number=number)
    for kiosk in site.kiosks:
        if kiosk.number not in KIOSK_NUMBERS:
            yield sentence("A kiosk has the number {number}; use 1 to 9.", number=kiosk.number)


def _about_hours(site: Site) -> Iterator[Sentence]:
    hours = site.info.hours
    days = [("site.hours.days", day) for day in hours.days]
    stretches: list[tuple[str, tuple[Period, ...]]] = [("site.hours.default", hours.default)]
    for queue_id, own in hours.queues.items():
        where = f"site.hours.queues.{queue_id}"
        if site.queue(queue_id) is None:
            yield sentence("{where} names a queue that does not exist.", where=where)
        days += [(where, day) for day in own.extra]
        stretches += [(f"{where}.{day}", periods) for day, periods in own.extra.items()]
    for where, day in days:
        if day not in WEEKDAYS:
            yield sentence(
                "{where} names the day “{day}”; days are mon, tue, wed, thu, fri, sat, sun.", where=where, day=day
            )
    for where, periods in stretches:
        yield from _about_periods(where, periods)


def _about_periods(where: str, periods: tuple[Period, ...]) -> Iterator[Sentence]:
    for opens, closes in periods:
        if not (_TIME.fullmatch(opens) and _TIME.fullmatch(closes)):
            yield sentence(
                "{where} holds “{opens}–{closes}”; write times as 07:00.", where=where, opens=opens, closes=closes
            )
        elif opens >= closes:
            yield sentence("{where} closes at {closes}, before it opens.", where=where, closes=closes)
    ordered = sorted(periods)
    for (_, closes), (opens, _) in itertools.pairwise(ordered):
        if opens < closes:
            yield sentence("{where} has two stretches that overlap at {opens}.", where=where, opens=opens)


_CHECKS: tuple[Callable[[Site], Iterator[Sentence]], ...] = (
    _about_the_centre,
    _about_names,
    _about_queues,
    _about_counters,
    _about_people,
    _about_kiosks,
    _about_hours,
    site_checks.about_series,
    site_checks.about_rules,
    site_checks.about_priority,
    site_checks.about_calendar,
    site_checks.about_journeys,
    site_checks.about_others,
)
