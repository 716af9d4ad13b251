"""A sentence that can be said in any language later: what is wrong with a file is read by staff in their own."""

from msgspec import Struct

from kiosk.i18n import SOURCE_LANGUAGE, words

AREA = "catalogue"
"""The area of `assets/locale` that holds these sentences."""

LONGEST_QUOTE = 60
"""Characters of a wrong value that a sentence quotes: enough to find it, short enough to read."""


class Sentence(Struct, frozen=True):
    """An English text with `{placeholders}` and what fills them: words, or another sentence."""

    text: str
    values: "dict[str, str | Sentence]" = {}

    def say(self, language: str = SOURCE_LANGUAGE) -> str:
        """Return the sentence in `language`, filled in."""
        values = {name: one.say(language) if isinstance(one, Sentence) else one for name, one in self.values.items()}
        return words(language, AREA)(self.text).format(**values)


class SentenceError(ValueError):
    """An error that tells a person what to do, in her language. `str()` of it is English."""

    def __init__(self, *sentences: Sentence) -> None:
        super().__init__("\n".join(sentence.say() for sentence in sentences))
        self.sentences = sentences

    def say(self, language: str) -> str:
        """Return its sentences in `language`, one a line."""
        return "\n".join(sentence.say(language) for sentence in self.sentences)


def sentence(text: str, **values: object) -> Sentence:
    """Make a sentence. A long text of the source is quoted only in part; paths and errors are not shortened."""
    return Sentence(text, {name: _quote(value) for name, value in values.items()})


def _quote(value: object) -> str | Sentence:
    if isinstance(value, Sentence):
        return value
    long = isinstance(value, str) and len(value) > LONGEST_QUOTE
    return f"{str(value)[: LONGEST_QUOTE - 1]}…" if long else str(value)
