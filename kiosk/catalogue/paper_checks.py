"""What is wrong with a set-up's `paper` table, said when it is read: never at the citizen's tap (DESIGN §8)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from kiosk.catalogue.logo import LogoError, read_logo
from kiosk.catalogue.sentence import Sentence, sentence
from kiosk.domain.paper import EVERYWHERE, HIDEABLE, PLACEHOLDERS, QR_LEVELS, PaperSetup, PaperTemplate, Template
from kiosk.domain.site import Site
from kiosk.domain.text import DEFAULT_LANGUAGE, Text
from kiosk.i18n import LOCALE_DIR, SOURCE_LANGUAGE
from kiosk.typefaces import TypefaceError, unprintable

_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_FORM_02 = re.compile(r"mẫu\s+(?:số\s+)?0?2\b|phiếu yêu cầu bổ sung|form\s+(?:no\.?\s*)?0?2\b", re.IGNORECASE)
_LISTS = (Template.CHECKLIST, Template.MORE_PAPERS)
"""Papers that name what is missing, as form 02 does, which only an officer issues (DOMAIN §1.3)."""
MOST_LINES = 8
"""Lines of a centre's own in one place: more is a leaflet, and every citizen waits for it."""
LONGEST_LINE = 300


def with_logo(site: Site, folder: Path) -> tuple[Site, tuple[Sentence, ...]]:
    """Return a set-up with its logo's bytes, or without them and what is wrong with it.

    Args:
        site: the set-up as its file says it.
        folder: where that file lies; a logo's path begins there.
    """
    paper = site.paper
    if paper.picture:
        return site, (sentence("paper.picture is not written by hand; name a PNG in paper.logo."),)
    if not paper.logo:
        return site, ()
    try:
        picture = read_logo(folder / paper.logo)
    except LogoError as error:
        return site, (sentence("paper.logo: {fault}", fault=error.sentence),)
    return replace(site, paper=replace(paper, picture=picture)), ()


def about_paper(site: Site) -> Iterator[Sentence]:
    """Everything that stands on paper can be filled in and printed, and with the typefaces there are."""
    try:
        yield from _about_table(site.paper)
        yield from _about_names(site)
    except TypefaceError as error:
        yield sentence("{why}", why=_Whole(error))


def _about_table(paper: PaperSetup) -> Iterator[Sentence]:
    yield from _about_settings(paper)
    yield from _about_lines("paper.header", paper.header, EVERYWHERE)
    yield from _about_lines("paper.footer", paper.footer, EVERYWHERE)
    yield from _about_form_02("paper.header", paper.header)
    yield from _about_form_02("paper.footer", paper.footer)
    for template in Template:
        yield from _about_template(template, paper.of(template))
    for index, form in enumerate(paper.dossier_forms):
        where = f"paper.dossier_forms[{index}]"
        if not _is_day(form.valid_from):
            yield sentence(
                "{where}.valid_from is “{day}”; write a day as 2025-09-15.", where=where, day=form.valid_from
            )
        yield from _about_lines(f"{where}.name", (form.name,), (), indexed=False)


def _about_names(site: Site) -> Iterator[Sentence]:
    named: list[tuple[str, Text]] = [("site.name", site.info.name), ("site.province", site.info.province)]
    for queue in site.queues:
        named += [(f"queues {queue.id}", queue.name), (f"queues {queue.id}.zone", {DEFAULT_LANGUAGE: queue.zone})]
    for where, text in named:
        for language, wording in text.items():
            yield from _about_wording(f"{where}.{language}", wording)


class _Whole:
    """A text that a sentence does not shorten."""

    def __init__(self, said: object) -> None:
        self._said = said

    def __str__(self) -> str:
        return str(self._said)


def _about_settings(paper: PaperSetup) -> Iterator[Sentence]:
    yield from _about_languages("paper", paper.language, paper.second_language)
    if paper.language and paper.language == paper.second_language:
        # Of one kind of paper this is meant: it has one language where the others have two.
        yield sentence(
            "paper.second_language is “{language}”, as language is; name another one, or leave it out.",
            language=paper.language,
        )
    if paper.qr_level and paper.qr_level not in QR_LEVELS:
        yield sentence(
            "paper.qr_level is “{level}”; write one of {levels}.", level=paper.qr_level, levels=_all(QR_LEVELS)
        )
    if not _CLOCK.fullmatch(paper.late_after):
        yield sentence("paper.late_after is “{time}”; write an hour as 15:00.", time=paper.late_after)


def _about_template(template: Template, own: PaperTemplate) -> Iterator[Sentence]:
    where, allowed = f"paper.{template.value}", PLACEHOLDERS[template]
    yield from _about_languages(where, own.language, own.second_language)
    for place, lines in (("header", own.header), ("extra", own.extra), ("footer", own.footer)):
        yield from _about_lines(f"{where}.{place}", lines, allowed)
        if template in _LISTS:
            yield from _about_form_02(f"{where}.{place}", lines)
    for part in own.hide:
        if part not in HIDEABLE[template]:
            yield sentence(
                "{where}.hide names “{part}”; these can be left out: {parts}.",
                where=where,
                part=part,
                parts=_all(HIDEABLE[template]),
            )


def _about_languages(where: str, *languages: str) -> Iterator[Sentence]:
    bundled = {SOURCE_LANGUAGE, *(path.parent.name for path in LOCALE_DIR.glob("*/paper.po"))}
    for language in dict.fromkeys(languages):
        if language and language not in bundled:
            yield sentence(
                "{where} asks for the language “{language}”; paper speaks {bundled}.",
                where=where,
                language=language,
                bundled=_all(sorted(bundled)),
            )


def _about_lines(
    where: str, lines: tuple[Text, ...], allowed: tuple[str, ...], *, indexed: bool = True
) -> Iterator[Sentence]:
    if len(lines) > MOST_LINES:
        yield sentence("{where} has {n} lines; write at most {most}.", where=where, n=len(lines), most=MOST_LINES)
    for index, line in enumerate(lines):
        place = f"{where}[{index}]" if indexed else where
        if not line.get(DEFAULT_LANGUAGE):
            yield sentence("{where} has no Vietnamese wording; write one under “vi”.", where=place)
        for language, wording in line.items():
            yield from _about_wording(f"{place}.{language}", wording)
            yield from _about_placeholders(f"{place}.{language}", wording, allowed)


def _about_form_02(where: str, lines: tuple[Text, ...]) -> Iterator[Sentence]:
    for index, line in enumerate(lines):
        for language, wording in line.items():
            if _FORM_02.search(unicodedata.normalize("NFC", wording)):
                yield sentence(
                    "{where} calls a list of papers form 02, which only an officer issues. Write it without.",
                    where=f"{where}[{index}].{language}",
                )


def _about_wording(where: str, wording: str) -> Iterator[Sentence]:
    if len(wording) > LONGEST_LINE:
        yield sentence("{where} has {n} letters; write at most {most}.", where=where, n=len(wording), most=LONGEST_LINE)
    missing = unprintable(wording)
    if missing:
        yield sentence(
            "{where} has letters that no typeface here can print: {letters}. Write it without them.",
            where=where,
            letters=" ".join(f"{letter} (U+{ord(letter):04X})" for letter in missing[:5]),
        )


def _about_placeholders(where: str, wording: str, allowed: tuple[str, ...]) -> Iterator[Sentence]:
    for name in _PLACEHOLDER.findall(wording):
        if name not in allowed:
            yield sentence(
                "{where} asks for “{name}”; it can be filled with {allowed}.",
                where=where,
                name=f"{{{name}}}",
                allowed=_Whole(_all([f"{{{one}}}" for one in allowed]) or "–"),
            )
    if any(brace in _PLACEHOLDER.sub("", wording) for brace in "{}"):
        yield sentence(
            "{where} has a brace without its other half; write placeholders as {example}.",
            where=where,
            example="{date}",
        )


def _all(names: Iterable[str]) -> str:
    return ", ".join(names)


def _is_day(day: str) -> bool:
    try:
        return date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False
