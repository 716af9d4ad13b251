"""Every reason there is can be said in every language, in one sentence that names nothing it must not."""

import re
from itertools import product
from typing import Any

import pytest

from kiosk.domain.ticket import CallReason, RankReason
from kiosk.domain.why import Cause, Reason, Stand, Wait, why_before, why_called, why_called_before
from kiosk.wire.reasons import CLAUSES, sentence
from tests.factory import MORNING, SITE

MINUTE = 60_000
LANGUAGES = ("vi", "en")
CALLS = (None, *CallReason)
ORDERS = (-10, 10)
"""Minutes by which the called ticket came after the other: earlier, and later."""


def stands(rank: RankReason, call: CallReason | None, came: int, behind: RankReason) -> tuple[Stand, Wait, Stand]:
    """Return a called ticket with its call, and another that waited then."""
    place = Wait(
        since_seq=2, queue="A", rank_at=MORNING - 60 * MINUTE, rank_seq=2, rank_reason=rank, call_seq=9,
        called_at=MORNING + 50 * MINUTE, counter=3, call_reason=call,
    )  # fmt: skip
    first = Stand("one", "A017", MORNING + came * MINUTE, slot_at=MORNING + 60 * MINUTE, waits=(place,))
    there = Wait(since_seq=1, queue="A", rank_at=MORNING, rank_seq=1, rank_reason=behind)
    return first, place, Stand("two", "A021", MORNING, waits=(there,))


def is_whole(text: str) -> bool:
    """Tell whether a text is one sentence with everything filled in."""
    return bool(text) and not re.search(r"[{}]|None|\s\s", text) and text.endswith(".") and text.count(".") == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("rank", "call"), list(product(RankReason, CALLS)))
def test_every_call_is_explained(rank: RankReason, call: CallReason | None, language: str) -> None:
    first, place, _ = stands(rank, call, 0, RankReason.ARRIVED)
    text = sentence(why_called(first, place), SITE, language)
    assert is_whole(text), text
    assert "A017" in text
    assert "3" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("rank", "call", "came"), list(product(RankReason, CALLS, ORDERS)))
def test_every_order_of_two_is_explained(rank: RankReason, call: CallReason | None, came: int, language: str) -> None:
    for behind in RankReason:
        first, place, other = stands(rank, call, came, behind)
        for reason in (why_called_before(first, place, other), why_before(other, first)):
            text = sentence(reason, SITE, language)
            assert is_whole(text), text
            assert text.index("A017") < text.index("A021")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cause_has_its_sentence_and_no_two_the_same(language: str) -> None:
    whole: dict[str, Any] = {"counter": 3, "at": MORNING, "minutes": 4, "queue": "A"}
    texts = [
        sentence(Reason(cause, "A017", "A021", called=called, confirmed=confirmed, **whole), SITE, language)
        for cause in (*Cause, *RankReason, *CallReason)
        for called in (True, False)
        for confirmed in ((True, False) if cause is RankReason.PRIORITY else (False,))
    ]
    assert all(is_whole(text) for text in texts)
    one_head_only = 2  # the same ticket, and two that never met, are said alike of calls and of places
    assert len(set(texts)) == len(texts) - one_head_only


def test_the_examples_of_the_issue_are_said() -> None:
    def said(cause: Cause | RankReason | CallReason, **more: Any) -> str:
        return sentence(Reason(cause, "A017", "A021", 3, called=True, queue="A", **more), SITE, "en")

    nine = MORNING + 90 * MINUTE
    assert said(RankReason.APPOINTMENT, at=nine).endswith("it had an appointment at 09:00.")
    assert said(Cause.EARLIER, minutes=4).endswith("it came 4 minutes earlier.")
    assert said(Cause.EARLIER, minutes=1).endswith("it came 1 minute earlier.")
    assert said(RankReason.PRIORITY, confirmed=True).endswith("it has a priority confirmed by the counter.")
    assert said(RankReason.DEFERRED).endswith("it was promised the first hour.")
    assert "had waited past 45 minutes" in said(CallReason.OVERDUE)
    assert said(RankReason.PAPERS).endswith("it came back with the papers that were missing.")
    assert said(CallReason.HELPED).endswith("counter 3 was helping.")
    assert said(CallReason.CHOSEN).endswith("the clerk chose it.")


def test_a_time_is_the_centres_own() -> None:
    assert "07:30" in sentence(Reason(Cause.COUNTS_FROM, "A1", "A2", at=MORNING), SITE, "vi")


def test_every_rank_and_call_reason_has_its_clause() -> None:
    assert set(RankReason) | set(CallReason) <= set(CLAUSES)
