"""What a centre may change about its paper without code: the table `paper` of its set-up (DESIGN §8).

What the law says must be there has no switch: a checklist's papers and its promise, form 01's fields (DOMAIN §1.3).
"""

from enum import StrEnum

from msgspec import Struct

from kiosk.domain.text import Text


class Template(StrEnum):
    """The kinds of paper; the value names the table below `paper`."""

    TICKET = "ticket"
    CHECKLIST = "checklist"
    MORE_PAPERS = "more_papers"
    """What a citizen was sent to fetch (bổ sung)."""
    APPOINTMENT = "appointment"
    RESULT = "result"
    DOSSIER = "dossier"
    """Dossier receipt and return appointment: form 01."""
    DAY = "day"
    TEST = "test"
    ROLL = "roll"
    """Numbers for a day without machines."""


HIDEABLE: dict[Template, tuple[str, ...]] = {
    Template.TICKET: ("what_for", "where", "ahead", "missing", "code", "moment"),
    Template.CHECKLIST: ("summary", "fee", "code", "decision", "moment"),
    Template.MORE_PAPERS: ("what_for", "code", "moment"),
    Template.APPOINTMENT: ("what_for", "papers", "code", "moment"),
    Template.RESULT: ("what_for", "ahead", "code", "moment"),
    Template.DOSSIER: ("moment",),
    Template.DAY: ("queues", "chain", "moment"),
    Template.TEST: (),
    Template.ROLL: ("what_for",),
}
"""Parts of a paper that may be left out; all others are always there."""

EVERYWHERE = ("centre", "province", "machine", "date", "time")
PLACEHOLDERS: dict[Template, tuple[str, ...]] = {
    template: (
        *EVERYWHERE,
        *(("number", "queue", "zone") if "what_for" in HIDEABLE[template] else ()),
    )
    for template in Template
}
"""What a line of a centre's own may be filled with, as `{name}`."""

QR_LEVELS = ("L", "M", "Q", "H")
"""How much of a code may be lost: 7, 15, 25, 30 percent (ISO/IEC 18004)."""


class PaperTemplate(Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of paper. What is empty here is as in the table above it."""

    language: str = ""
    """Empty: the citizen's own."""
    second_language: str = ""
    """Everything is said once more in it; empty, or the language printed anyway, prints one."""
    header: tuple[Text, ...] = ()
    """In place of the centre's name."""
    extra: tuple[Text, ...] = ()
    """Lines between what the paper says and its code."""
    footer: tuple[Text, ...] = ()
    hide: tuple[str, ...] = ()
    logo: bool = True


class DossierForm(Struct, frozen=True, forbid_unknown_fields=True):
    """The name of form 01 from a day on: decrees and circulars replace each other (DOMAIN §1.1)."""

    valid_from: str
    """ISO date."""
    name: Text


FORM_01 = DossierForm("2025-09-15", {"vi": "Mẫu số 01, Thông tư 03/2025/TT-VPCP"})


class PaperSetup(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole table: what holds for all paper, and a table for each kind."""

    logo: str = ""
    """A PNG beside the set-up's file, of one bit or grey, no wider than the paper."""
    picture: bytes = b""
    """The logo's bytes, read with the set-up; never written there."""
    qr_level: str = ""
    """One of L, M, Q, H; empty: Q on narrow paper where it fits, else M."""
    language: str = ""
    second_language: str = ""
    header: tuple[Text, ...] = ()
    footer: tuple[Text, ...] = ()
    late_after: str = "15:00"
    """Handed in after this, a dossier of a procedure with the 15:00 rule has its result on the next working day
    (DOMAIN §2.4)."""
    dossier_forms: tuple[DossierForm, ...] = (FORM_01,)
    ticket: PaperTemplate = PaperTemplate()
    checklist: PaperTemplate = PaperTemplate()
    more_papers: PaperTemplate = PaperTemplate()
    appointment: PaperTemplate = PaperTemplate()
    result: PaperTemplate = PaperTemplate()
    dossier: PaperTemplate = PaperTemplate()
    day: PaperTemplate = PaperTemplate()
    test: PaperTemplate = PaperTemplate()
    roll: PaperTemplate = PaperTemplate()

    def of(self, template: Template) -> PaperTemplate:
        """Return a kind of paper's own table."""
        found: PaperTemplate = getattr(self, template.value)
        return found

    def languages(self, template: Template, wanted: str) -> tuple[str, ...]:
        """Return the one or two languages a paper is printed in; `wanted` is the citizen's."""
        own = self.of(template)
        first = own.language or self.language or wanted
        second = own.second_language or self.second_language
        return (first, second) if second and second != first else (first,)

    def header_of(self, template: Template) -> tuple[Text, ...]:
        """Return the lines that head a paper in place of the centre's name; empty where its name does."""
        return self.of(template).header or self.header

    def footer_of(self, template: Template) -> tuple[Text, ...]:
        """Return the lines that end a paper."""
        return self.of(template).footer or self.footer

    def shows(self, template: Template, part: str) -> bool:
        """Whether a part of a paper is printed."""
        return part not in self.of(template).hide

    def form_on(self, day: str) -> DossierForm | None:
        """Return the form 01 that is in force on a day ("2026-11-23"); None before the first."""
        valid = [form for form in self.dossier_forms if form.valid_from <= day]
        return max(valid, key=lambda form: form.valid_from, default=None)
