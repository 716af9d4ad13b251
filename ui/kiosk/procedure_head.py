"""The top of a procedure's page: its name, fee and time, what must be read with them; and the keys that end it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout

from kiosk.domain.procedure import Procedure
from kiosk.domain.procedure_words import fee_in_words, fee_says_more, time_in_words
from kiosk.domain.text import pick
from ui.kiosk.shown import Shown
from ui.widgets import Fact, Notice, QueueToken, Rule, SillButton, TextLabel, rich

Keys = tuple[SillButton, SillButton]
ONE_LINE, NO_REMARKS, NO_TOKEN = 1, 2, 3
"""How lean the page is: fee and time in one line; the remarks wait behind "full name"; lying, the doorway goes too."""
LEANEST = NO_TOKEN
FACT_MM = 90.0
"""Widest a fact's value gets on a lying screen before it wraps: the name needs the rest of the line."""
UNTIL_15 = "Handed in after 15:00: the result comes on the next working day."
ASSISTED = "Decided by the province. We receive it here and help you file it."


def add_head(body: QVBoxLayout, shown: Shown, procedure: Procedure, lean: int, keys: Keys) -> None:
    """Put the head on a page; `keys`, which print the list and lead to the full name, only where none fit below."""
    if shown.theme.metrics.portrait:
        _standing(body, shown, procedure, lean)
    else:
        _lying(body, shown, procedure, lean, keys)


def add_keys(body: QVBoxLayout, shown: Shown, procedure: Procedure, lean: int, keys: Keys) -> None:
    """Put the keys below the papers (LOOK 04); lying, what must be read with fee and time stands beside them."""
    portrait = shown.theme.metrics.portrait
    if lean and not portrait:
        return  # they are in the head, where they cost no row
    row = QHBoxLayout()
    row.setSpacing(shown.theme.space("s4"))
    if not portrait:
        row.addWidget(_remark_text(shown, _remarks_lying(shown, procedure)), 1, Qt.AlignmentFlag.AlignVCenter)
    for key in keys:
        row.addWidget(key, int(portrait))
    body.addLayout(row)


def _standing(body: QVBoxLayout, shown: Shown, procedure: Procedure, lean: int) -> None:
    theme = shown.theme
    under = f"{_field(shown, procedure)}  ·  {shown.say('Procedure {code}', code=procedure.code)}"
    if shown.english:
        under = f"{procedure.short}  ·  {procedure.code}"
    body.addLayout(_named(shown, procedure, lean, under if lean < NO_REMARKS else ""))
    body.addWidget(Rule(theme))
    if lean:
        body.addWidget(_fact_line(shown, procedure, "body"))
    else:
        body.addLayout(_facts(shown, procedure))
    body.addWidget(Rule(theme))
    remarks = _remarks(shown, procedure) if lean < NO_REMARKS else []
    if remarks:
        body.addWidget(_remark_text(shown, remarks))
    if procedure.assisted and lean < NO_REMARKS:
        notice = Notice(theme, shown.say(ASSISTED), kind="note", icon="info-circle")
        notice.setObjectName("assisted")
        body.addWidget(notice)


def _lying(body: QVBoxLayout, shown: Shown, procedure: Procedure, lean: int, keys: Keys) -> None:
    theme = shown.theme
    if lean >= NO_TOKEN:
        body.addWidget(_title(shown, procedure, "row"))
        row = QHBoxLayout()
        row.addWidget(_fact_line(shown, procedure, "caption"), 1, Qt.AlignmentFlag.AlignVCenter)
        for key in keys:
            row.addWidget(key)
        body.addLayout(row)
        return
    under = f"{_field(shown, procedure)}  ·  {shown.say('Procedure {code}', code=procedure.code)}"
    if shown.english:
        under = f"{procedure.short}  ·  {procedure.code}"
    head = QHBoxLayout()
    head.setSpacing(theme.space("s5"))
    head.addLayout(_named(shown, procedure, lean, under if lean < NO_REMARKS else ""), 1)
    body.addLayout(head)
    if not lean:
        head.addLayout(_facts(shown, procedure))
        return
    for key in keys:
        head.addWidget(key, 0, Qt.AlignmentFlag.AlignVCenter)
    body.addWidget(_fact_line(shown, procedure, "body"))
    remarks = _remarks_lying(shown, procedure)
    if remarks and lean < NO_REMARKS:
        body.addWidget(_remark_text(shown, remarks))


def _field(shown: Shown, procedure: Procedure) -> str:
    queue = shown.site.queue(shown.state.queue)
    return pick(queue.name, shown.state.language) if queue else procedure.field


def _title(shown: Shown, procedure: Procedure, role: str) -> TextLabel:
    title = TextLabel(shown.theme, shown.headline(procedure), role, max_lines=2, smaller="value")
    title.setObjectName("procedure_name")
    return title


def _named(shown: Shown, procedure: Procedure, lean: int, under: str) -> QBoxLayout:
    """Return the doorway and the name, and under the name where it belongs."""
    theme = shown.theme
    texts = QVBoxLayout()
    texts.setSpacing(0)
    texts.addWidget(_title(shown, procedure, "question" if lean < NO_REMARKS else "value"))
    if under:
        texts.addWidget(TextLabel(theme, under, "caption", color="ink_2"))
    head = QHBoxLayout()
    head.setSpacing(theme.space("s4"))
    head.addWidget(QueueToken(theme, shown.state.queue))
    head.addLayout(texts, 1)
    return head


def _facts(shown: Shown, procedure: Procedure) -> QBoxLayout:
    """Return fee and time, each as wide as its words need."""
    theme, say = shown.theme, shown.say
    fee = Fact(theme, "cash", say("Fee"), fee_in_words(procedure, shown.facts))
    fee.setObjectName("fee")
    time = Fact(theme, "clock", say("Result"), time_in_words(procedure, shown.facts))
    time.setObjectName("time")
    row = QHBoxLayout()
    row.setSpacing(theme.space("s5"))
    for fact in (fee, time):
        natural = fact.value.natural_width()
        if theme.metrics.portrait:
            row.addWidget(fact, max(1, natural), Qt.AlignmentFlag.AlignTop)
        else:
            fact.value.setFixedWidth(min(natural, theme.mm(FACT_MM)))
            row.addWidget(fact, 0, Qt.AlignmentFlag.AlignVCenter)
    return row


def _fact_line(shown: Shown, procedure: Procedure, role: str) -> TextLabel:
    """Return fee and time in one line of words (LOOK 10)."""
    say, fee, time = shown.say, fee_in_words(procedure, shown.facts), time_in_words(procedure, shown.facts)
    return TextLabel(shown.theme, rich(f"{say('Fee')}: **{fee}**   {say('Result')}: **{time}**"), role)


def _remarks(shown: Shown, procedure: Procedure) -> list[str]:
    """Return what must be read with fee and time: the fee's own words, the 15:00 rule (DOMAIN §2.4)."""
    remarks = []
    if fee_says_more(procedure):
        remarks.append(shown.say("Fee: {wording}", wording=procedure.fee_text))
    if procedure.same_day_until_15:
        remarks.append(shown.say(UNTIL_15))
    return remarks


def _remarks_lying(shown: Shown, procedure: Procedure) -> list[str]:
    """Return the same for a lying page, which has no room for a notice of its own."""
    assisted = [shown.say(ASSISTED)] if procedure.assisted else []
    return [*_remarks(shown, procedure), *assisted]


def _remark_text(shown: Shown, remarks: list[str]) -> TextLabel:
    text = TextLabel(shown.theme, "\n".join(remarks), "caption", color="ink_2")
    text.setObjectName("remarks")
    return text
