"""Who took over tells its old hub; who is told of a later epoch is overtaken itself."""

from kiosk.hub.herald import mark_of_a_later_epoch, question_to_the_old_hub
from kiosk.hub.journal.verbatim import Stand
from kiosk.hub.takeover.copying import Page
from kiosk.hub.takeover.standing import Standing, standing
from kiosk.wire.kept import Mark

OURS = Stand(epoch=2)


def test_the_question_makes_a_hub_of_an_earlier_epoch_step_down() -> None:
    asked = question_to_the_old_hub(OURS)
    mark = Mark(asked.epoch, asked.after, 0, bytes.fromhex(asked.hash))
    assert standing(mark, 1, 99, lambda _: None) is Standing.OVERTAKEN


def test_an_old_hub_that_has_gone_on_in_a_later_epoch_makes_us_step_down() -> None:
    mark = mark_of_a_later_epoch(Page("s-1", 3, 7, agrees=False), "s-1", OURS)
    assert mark is not None
    assert standing(mark, OURS.epoch, 99, lambda _: None) is Standing.OVERTAKEN


def test_another_centre_or_an_earlier_epoch_is_no_news() -> None:
    assert mark_of_a_later_epoch(Page("s-2", 3, 7, agrees=False), "s-1", OURS) is None
    assert mark_of_a_later_epoch(Page("s-1", 1, 7, agrees=False), "s-1", OURS) is None
