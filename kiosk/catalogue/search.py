"""Finds a procedure by what people type: without accents, half a word, in everyday words, in English."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from kiosk.catalogue.fold import Word, one_letter_apart, split
from kiosk.catalogue.lists import Synonyms, load_most_asked, load_synonyms
from kiosk.domain.procedure import Catalogue, Procedure

Ranges = tuple[tuple[int, int], ...]
"""Stretches of a text, from and up to, to underline."""

# How much a word found in each place counts: the headline and what people say, then the rest (chosen by trying).
SHORT, SAID, ENGLISH, NAME, FIELD = 10.0, 9.0, 8.0, 4.0, 2.0

# How well a typed word fits a word of the text.
EXACT, OTHER_ACCENTS, BEGINNING, BEGINNING_OTHER_ACCENTS, MISTYPED = 1.0, 0.7, 0.8, 0.55, 0.4

IN_ORDER, WHOLE_PHRASE = 12.0, 24.0
"""Added where the words stand beside each other as typed, or are the whole of a text."""

WORTH_SHOWING = 0.5
"""What scores below this part of the best is noise: words met by chance in a long official name."""

TYPO_LETTERS = 5
"""Shorter words are too close to each other for a letter to be forgiven."""

PREFIX_LETTERS = 3
"""A word before the last one is taken for a beginning only from here on; the last may still be being typed."""

Fits = dict[str, float]
"""How well one typed word fits each word of the catalogue that it fits at all, by the word in lower case."""


class Match(Struct, frozen=True):
    """A procedure that was found, and what to underline. Both ranges are empty where everyday words found it."""

    procedure: Procedure
    ranges: Ranges = ()
    """In the short name."""
    ranges_en: Ranges = ()
    """In the English name."""


class _Text(Struct, frozen=True):
    """A searchable text of a procedure; words stand between spaces, so that a phrase is a plain substring."""

    weight: float
    words: tuple[str, ...]
    lower: str
    folded: str


class _Entry(Struct, frozen=True):
    procedure: Procedure
    place: int
    """Among those asked for most; ties go to the smaller."""
    texts: tuple[_Text, ...]
    short: tuple[Word, ...]
    english: tuple[Word, ...]


class SearchIndex:
    """All procedures of a centre, split into words once, so that a search while typing is not felt."""

    def __init__(self, catalogue: Catalogue, synonyms: Synonyms, most_asked: Sequence[str] = ()) -> None:
        self._fillers = sorted((_lowers(filler) for filler in synonyms.fillers), key=len, reverse=True)
        said: dict[str, list[str]] = {}
        for synonym in synonyms.said:
            for key in synonym.procedures:
                said.setdefault(key, []).extend(synonym.words)
        places = {key: place for place, key in enumerate(most_asked)}
        self._vocabulary: dict[str, Word] = {}
        self._entries = tuple(
            self._entry(procedure, said.get(procedure.key, ()), places.get(procedure.key, len(places)))
            for procedure in catalogue.procedures
        )

    def search(self, query: str, limit: int = 50) -> list[Match]:
        """Return what fits `query`, best first; nothing for a query without a word.

        Every word must be found; where no procedure has them all, those with most of them, at least half.
        """
        words = split(query)
        telling = self._without_fillers(words)
        if not telling:
            return []
        fits = [self._fits(word, word is words[-1]) for word in telling]
        scored = [(*_score(entry, fits, words), entry) for entry in self._entries]
        most = max((found for found, _, _ in scored), default=0)
        if most < len(telling) / 2:
            return []
        hits = [(score, entry) for found, score, entry in scored if found == most]
        least = max(score for score, _ in hits) * WORTH_SHOWING
        hits = [hit for hit in hits if hit[0] >= least]
        hits.sort(key=lambda hit: (-hit[0], hit[1].place, len(hit[1].procedure.short), hit[1].procedure.key))
        return [
            Match(
                entry.procedure,
                _ranges(entry.procedure.short, entry.short, telling, fits),
                _ranges(entry.procedure.name_en, entry.english, telling, fits),
            )
            for _, entry in hits[:limit]
        ]

    def _entry(self, procedure: Procedure, said: Iterable[str], place: int) -> _Entry:
        texts = [
            (SHORT, procedure.short),
            *((SAID, phrase) for phrase in said),
            (ENGLISH, procedure.name_en),
            (NAME, procedure.name),
            (FIELD, procedure.field),
        ]
        return _Entry(
            procedure,
            place,
            tuple(self._text(weight, text) for weight, text in texts),
            split(procedure.short),
            split(procedure.name_en),
        )

    def _text(self, weight: float, text: str) -> _Text:
        words = split(text)
        self._vocabulary.update((word.lower, word) for word in words)
        return _Text(weight, tuple(word.lower for word in words), *_phrases(words))

    def _without_fillers(self, words: tuple[Word, ...]) -> list[Word]:
        """Leave out words that tell no procedure from another, unless nothing else was typed."""
        telling: list[Word] = []
        at = 0
        lowers = tuple(word.lower for word in words)
        while at < len(words):
            filler = next((f for f in self._fillers if f and lowers[at : at + len(f)] == f), ())
            if not filler:
                telling.append(words[at])
            at += len(filler) or 1
        return telling or list(words)

    def _fits(self, typed: Word, last: bool) -> Fits:
        may_be_beginning = last or len(typed.folded) >= PREFIX_LETTERS
        fits = {lower: fit for lower, word in self._vocabulary.items() if (fit := _fit(typed, word, may_be_beginning))}
        if not fits and len(typed.folded) >= TYPO_LETTERS:
            fits = {w.lower: MISTYPED for w in self._vocabulary.values() if one_letter_apart(typed.folded, w.folded)}
        return fits


def default_index(catalogue: Catalogue) -> SearchIndex:
    """Build the index with the lists in `assets/catalogue`.

    Raises:
        CatalogueError: a list is missing or wrong.
    """
    return SearchIndex(catalogue, load_synonyms(), load_most_asked().procedures)


def _lowers(text: str) -> tuple[str, ...]:
    return tuple(word.lower for word in split(text))


def _phrases(words: tuple[Word, ...]) -> tuple[str, str]:
    return f" {' '.join(word.lower for word in words)} ", f" {' '.join(word.folded for word in words)} "


def _fit(typed: Word, word: Word, may_be_beginning: bool) -> float:
    """Say how well a typed word fits, 0 where it does not."""
    if word.folded == typed.folded:
        return OTHER_ACCENTS if typed.accented and word.lower != typed.lower else EXACT
    if may_be_beginning and word.folded.startswith(typed.folded):
        return BEGINNING_OTHER_ACCENTS if typed.accented and not word.lower.startswith(typed.lower) else BEGINNING
    return 0.0


def _score(entry: _Entry, fits: list[Fits], words: tuple[Word, ...]) -> tuple[int, float]:
    """Return how many of the words were found, and how well."""
    found, score = 0, 0.0
    for fit in fits:
        best = max((text.weight * fit[word] for text in entry.texts for word in text.words if word in fit), default=0.0)
        found += best > 0
        score += best
    lower, folded = _phrases(words)
    accented = any(word.accented for word in words)
    return found, score + max(_phrase_bonus(text, lower, folded, accented) for text in entry.texts)


def _phrase_bonus(text: _Text, lower: str, folded: str, accented: bool) -> float:
    accents = OTHER_ACCENTS if accented and lower.rstrip() not in text.lower else EXACT
    if folded == text.folded:
        return WHOLE_PHRASE * accents
    if folded in text.folded:
        return IN_ORDER * accents
    return IN_ORDER * accents * BEGINNING if folded.rstrip() in text.folded else 0.0


def _ranges(text: str, words: tuple[Word, ...], telling: list[Word], fits: list[Fits]) -> Ranges:
    """Return what to underline: each typed word where it fits best, neighbours in one stretch."""
    ends: dict[int, int] = {}
    for typed, fit in zip(telling, fits, strict=True):
        best = max((fit.get(word.lower, 0.0) for word in words), default=0.0)
        for word in words:
            if best and fit.get(word.lower) == best:
                beginning = best in (BEGINNING, BEGINNING_OTHER_ACCENTS)
                end = word.end_of(len(typed.folded)) if beginning else word.end
                ends[word.start] = max(end, ends.get(word.start, 0))
    stretches: list[tuple[int, int]] = []
    for start, end in sorted(ends.items()):
        if stretches and text[stretches[-1][1] : start].isspace():
            stretches[-1] = (stretches[-1][0], end)
        else:
            stretches.append((start, end))
    return tuple(stretches)
