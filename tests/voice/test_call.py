import msgspec
import pytest

from kiosk.domain.site import NumberWords
from kiosk.voice.call import AT_HYPHEN_S, Clip, Pause, Piece, SpeechStyle, call_pieces, style_of
from kiosk.voice.numbers import GREATEST, NumberStyle, UnspeakableError, number_words
from kiosk.voice.script import SCRIPT, clip_of, lead_clip

STYLE = SpeechStyle()


def sentence(pieces: tuple[Piece, ...], language: str) -> str:
    return " ".join(SCRIPT[language][p.name] for p in pieces if isinstance(p, Clip))


def test_a_call_in_vietnamese_says_the_letter_the_digits_and_the_counter() -> None:
    said = sentence(call_pieces("A015", 3, "vi", STYLE), "vi")
    assert said == "Mời công dân số a không một năm đến quầy số ba"


def test_a_call_in_english_says_the_same() -> None:
    said = sentence(call_pieces("A015", 3, "en", STYLE), "en")
    assert said == "Ticket A zero one five please go to counter three"


def test_a_counter_is_said_as_a_whole_number() -> None:
    assert sentence(call_pieces("B120", 21, "vi", STYLE), "vi").endswith("đến quầy số hai mươi mốt")
    assert sentence(call_pieces("B120", 45, "en", STYLE), "en").endswith("please go to counter forty five")


def test_an_offline_number_has_a_longer_pause_at_its_hyphen_and_no_word_for_it() -> None:
    pieces = call_pieces("A2-015", 3, "vi", STYLE)
    assert sentence(pieces, "vi") == "Mời công dân số a hai không một năm đến quầy số ba"
    at = pieces.index(Pause(AT_HYPHEN_S))
    assert (pieces[at - 1], pieces[at + 1]) == (Clip("2"), Clip("0"))


def test_no_two_clips_follow_each_other_without_a_pause() -> None:
    pieces = call_pieces("A2-015", 21, "vi", STYLE)
    assert all(isinstance(p, Clip) == (i % 2 == 0) for i, p in enumerate(pieces))


def test_a_hall_that_addresses_nobody_says_only_the_number() -> None:
    style = SpeechStyle(address={"vi": ""})
    assert sentence(call_pieces("A015", 3, "vi", style), "vi").startswith("Mời số a")


def test_another_word_for_people_asks_for_its_own_recording() -> None:
    style = SpeechStyle(address={"vi": "Khách hàng"})
    assert call_pieces("A015", 3, "vi", style)[0] == Clip("lead-khach-hang")
    assert lead_clip("đồng bào") == "lead-dong-bao"


def test_the_centre_says_how_it_speaks() -> None:
    style = style_of(NumberWords(zero_hundred="linh", voice_address={"vi": "bà con"}))
    assert style == SpeechStyle(numbers=NumberStyle(zero_tens="linh"), address={"vi": "bà con"})
    assert style_of(NumberWords()) == STYLE


def test_a_centre_with_unknown_number_words_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="zero_tens"):
        style_of(NumberWords(zero_hundred="le"))


@pytest.mark.parametrize("language", sorted(SCRIPT))
def test_there_is_a_clip_for_every_word_a_number_can_have(language: str) -> None:
    styles = (NumberStyle(), NumberStyle(zero_tens="linh", four_after_tens="bốn", thousand="ngàn"))
    words = {word for style in styles for n in range(GREATEST + 1) for word in number_words(n, language, style)}
    clips = {clip_of(word, language) for word in words | set("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
    leads_and_links = {clip for clip in SCRIPT[language] if clip.startswith(("lead", "to-"))}
    assert clips | leads_and_links == set(SCRIPT[language])


def test_no_two_letters_are_said_the_same() -> None:
    for clips in SCRIPT.values():
        names = [text for clip, text in clips.items() if clip.startswith("letter-")]
        assert len(set(names)) == len(names) == 26


def test_what_cannot_be_said_is_refused() -> None:
    with pytest.raises(UnspeakableError):
        call_pieces("Số 15", 3, "vi", STYLE)
