"""A call as a sequence of clips and pauses: "Mời công dân số A, không, một, năm đến quầy số ba" (DOMAIN §7)."""

import msgspec
from msgspec import Struct

from kiosk.domain.site import NumberWords
from kiosk.voice.numbers import NumberStyle, number_words, spelled
from kiosk.voice.script import clip_of, lead_clip

# Seconds, chosen on the joined sound: characters must not run into each other in a hall that echoes, and a whole call
# should stay below five seconds.
AFTER_LEAD_S = 0.12
BETWEEN_CHARACTERS_S = 0.10
AT_HYPHEN_S = 0.35
BEFORE_COUNTER_S = 0.30
BETWEEN_NUMBER_WORDS_S = 0.03


class Clip(Struct, frozen=True, tag=True):
    """Say one clip, by its name without folder and ending."""

    name: str


class Pause(Struct, frozen=True, tag=True):
    """Say nothing for some seconds."""

    seconds: float


Piece = Clip | Pause


class SpeechStyle(Struct, frozen=True):
    """How a centre speaks: its number words, and by language what it calls people ("" for nothing)."""

    numbers: NumberStyle = NumberStyle()
    address: dict[str, str] = msgspec.field(default_factory=lambda: {"vi": "công dân"})


def style_of(words: NumberWords) -> SpeechStyle:
    """Take the style from a centre's set-up; where that says nothing, our own.

    Raises:
        msgspec.ValidationError: the set-up asks for number words that do not exist.
    """
    style = SpeechStyle(numbers=msgspec.convert({"zero_tens": words.zero_hundred}, NumberStyle))
    return msgspec.structs.replace(style, address=dict(words.voice_address)) if words.voice_address else style


def call_pieces(number: str, counter: int, language: str, style: SpeechStyle) -> tuple[Piece, ...]:
    """Return what is said when a ticket is called to a counter, once.

    Raises:
        UnspeakableError: see `numbers.spelled` and `numbers.number_words`.
    """
    groups = spelled(number, language)
    counter_words = number_words(counter, language, style.numbers)
    pieces: list[Piece] = [Clip(lead_clip(style.address.get(language, ""))), Pause(AFTER_LEAD_S)]
    for position, group in enumerate(groups):
        if position:
            pieces.append(Pause(AT_HYPHEN_S))
        pieces += _spaced(group, language, BETWEEN_CHARACTERS_S)
    pieces += [Pause(BEFORE_COUNTER_S), Clip("to-counter"), Pause(BETWEEN_NUMBER_WORDS_S)]
    return (*pieces, *_spaced(counter_words, language, BETWEEN_NUMBER_WORDS_S))


def _spaced(words: tuple[str, ...], language: str, gap_s: float) -> list[Piece]:
    pieces: list[Piece] = []
    for word in words:
        if pieces:
            pieces.append(Pause(gap_s))
        pieces.append(Clip(clip_of(word, language)))
    return pieces
