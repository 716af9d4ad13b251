"""Sentences that several kiosk screens say."""

from collections.abc import Callable, Sequence

from kiosk.domain.procedure import Procedure
from kiosk.domain.procedure_words import fee_in_words, time_in_words
from kiosk.domain.site import Site
from kiosk.domain.text import pick
from kiosk.i18n import Words
from kiosk.wire.views import KioskView, QueueView
from ui.kiosk.shown import Shown

LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English", "km": "ខ្មែរ"}
"""Languages in their own script (LOOK, AccessBar)."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UNITS = (" xã ", " phường ", " đặc khu ")
"""Levels of a commune as a centre's name holds them: what follows is the place, not the office."""

EXAMPLES_FROM = 6
"""How many of a field's procedures are tried as examples: the first are the ones people know."""


def clock(site: Site, now_ms: int) -> str:
    """Return the time of day on the centre's own clock: "8:42"."""
    now = site.local(now_ms)
    return f"{now.hour}:{now.minute:02d}"


def date(site: Site, now_ms: int, say: Words) -> str:
    """Return the day: "Thứ Hai 23/11", "Monday 23 Nov"."""
    now = site.local(now_ms)
    weekday, month = say(WEEKDAYS[now.weekday()]), MONTHS[now.month - 1]
    return say("{weekday} {day} {month}", weekday=weekday, day=now.day, month=month, number=now.month)


def site_name(site: Site, language: str) -> tuple[str, str]:
    """Return what the centre is and where: ("Trung tâm Phục vụ hành chính công", "Xã Vàm Đước, Cà Mau")."""
    name, province = pick(site.info.name, language), pick(site.info.province, language)
    for unit in _UNITS:
        office, found, place = name.partition(unit)
        if found:
            return office, f"{unit.strip().capitalize()} {place}, {province}"
    return name, province


def numbers(values: Sequence[int], joined: str) -> str:
    """Join numbers as people say them: "1", "1 và 2", "1, 2 và 3"; `joined` is the last pair's word."""
    texts = [str(value) for value in values]
    return f"{', '.join(texts[:-1])} {joined} {texts[-1]}" if len(texts) > 1 else "".join(texts)


def counters(values: Sequence[int], say: Words, joined: str) -> str:
    """Say counters: "quầy 1 và 2"; `joined` is "and" or "or"."""
    return say.count("counter {list}", "counters {list}", len(values), list=numbers(values, say(joined)))


def line_in_words(line: QueueView, say: Words) -> str:
    """Say how a queue stands: "3 người đang chờ, quầy 1 và 2"."""
    waiting = waiting_in_words(line, say)
    if not line.open_counters:
        return f"{waiting}, {say('no counter open yet')}"
    return f"{waiting}, {counters(line.open_counters, say, 'and')}"


def waiting_in_words(line: QueueView, say: Words) -> str:
    """Say how many wait in a queue."""
    return (
        say.count("{n} person waiting", "{n} people waiting", line.waiting) if line.waiting else say("Nobody waiting")
    )


def hall_in_words(hall: KioskView, say: Words) -> tuple[str, str]:
    """Say how many counters are open and how many people wait, with the numbers in **bold** marks."""
    open_counters = {number for line in hall.queues.values() for number in line.open_counters}
    waiting = sum(line.waiting for line in hall.queues.values())
    return (
        say.count("**{n} counter** open", "**{n} counters** open", len(open_counters)),
        say.count("**{n} person** waiting", "**{n} people** waiting", waiting),
    )


def minutes(low: int | None, high: int | None, say: Words) -> str:
    """Say a wait: "10–20 phút"; "" where nobody knows."""
    if low is None or high is None:
        return ""
    if low == high:
        return say.count("{n} minute", "{n} minutes", high)
    return say("under {high} minutes", high=high) if low == 0 else say("{low}–{high} minutes", low=low, high=high)


def time_and_fee(shown: Shown, procedure: Procedure) -> str:
    """Say a procedure's time and fee in one line: "Trong ngày · Miễn phí"."""
    return f"{time_in_words(procedure, shown.facts)}  ·  {fee_in_words(procedure, shown.facts)}"


def examples(shown: Shown, procedures: Sequence[Procedure], fits: Callable[[str], bool]) -> str:
    """Name what a field is about by its first procedures with a plain name, as many as fit."""
    said = ""
    for procedure in procedures[:EXAMPLES_FROM]:
        name = shown.headline(procedure)
        lower = name if name[1:2].isupper() else name[0].lower() + name[1:]
        longer = f"{said}, {lower}" if said else name
        if "," not in name and "(" not in name and fits(longer):
            said = longer
    return said
