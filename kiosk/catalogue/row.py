"""One row of the source becomes one procedure, or a list of reasons why not."""

from kiosk.catalogue import rules
from kiosk.catalogue.clean import is_decomposed
from kiosk.catalogue.fields import Fields, Finding
from kiosk.catalogue.remarks import for_citizens
from kiosk.catalogue.report import Severity
from kiosk.catalogue.sentence import sentence
from kiosk.domain.procedure import KEY_LENGTH, Document, DocumentKind, Procedure, TimeUnit
from kiosk.domain.site import Site
from kiosk.typefaces import unprintable

COMMUNE, PROVINCE = "commune", "province"
LEVELS = (COMMUNE, PROVINCE, "province+commune")

_ROW_FIELDS = frozenset(
    {
        *("code", "name_vi", "short_vi", "name_en", "field_vi", "level", "level_source_vi", "documents"),
        *("time_limit_days", "time_unit", "time_text", "fee_vnd", "fee_text", "decision_no", "note", "source"),
        *("verified", "time_verified", "fee_verified"),
    }
)
_DOCUMENT_FIELDS = frozenset({"name_vi", "original", "copy", "note", "where_vi"})


def read_row(
    data: dict[str, object], site: Site, rows_by_key: dict[str, int]
) -> tuple[Procedure | None, list[Finding]]:
    """Read one row.

    Args:
        data: the row as decoded from JSON.
        site: the centre whose queues must take the row's field.
        rows_by_key: rows already taken, by key, so that a repeated code names the first.

    Returns:
        The procedure, None where a finding refuses the row; and all findings.
    """
    findings: list[Finding] = []
    fields = Fields(data, findings)
    code = _code(fields, rows_by_key)
    name = fields.needed_text("name_vi", sentence("The name is missing."))
    short = fields.needed_text("short_vi", sentence("The short name is missing."))
    field = _field(fields, site)
    level = _level(fields)
    days, unit = _time_limit(fields)
    time_text, fee_text = fields.text("time_text"), fields.text("fee_text")
    source = fields.text("source")
    procedure = Procedure(
        code=code,
        key=code[:KEY_LENGTH],
        name=name,
        short=short,
        name_en=fields.text("name_en"),
        field=field,
        level=level,
        assisted=level == PROVINCE and site.info.level == COMMUNE,
        documents=_documents(fields),
        time_text=for_citizens(time_text),
        time_limit_days=days,
        time_unit=unit,
        same_day_until_15=rules.same_day_until_15(time_text),
        fee_vnd=fields.count("fee_vnd"),
        fee_text=for_citizens(fee_text),
        decision_no=fields.text("decision_no"),
        note=for_citizens(fields.text("note")),
        source=source,
        page=rules.portal_page(source),
        verified=fields.flag("verified"),
        time_verified=fields.flag("time_verified"),
        fee_verified=fields.flag("fee_verified"),
    )
    if any(severity is Severity.REFUSED for _, _, severity in findings):
        return None, findings
    _warn(procedure, fields)
    for name_of_field, value in data.items():
        if is_decomposed(value):
            fields.warn(name_of_field, sentence("Held decomposed Unicode; it was normalised to NFC."))
    fields.warn_of_unknown(_ROW_FIELDS)
    return procedure, findings


def _code(fields: Fields, rows_by_key: dict[str, int]) -> str:
    code = fields.needed_text(
        "code", sentence("The procedure code is missing; a procedure without its national code cannot be told apart.")
    )
    if not code:
        return ""
    if not rules.PROCEDURE_CODE.fullmatch(code):
        fields.refuse("code", sentence("“{code}” is not a procedure code; one looks like 1.001193.", code=code))
    elif code[:KEY_LENGTH] in rows_by_key:
        key = code[:KEY_LENGTH]
        fields.refuse("code", sentence("{code} is already in row {row}.", code=key, row=rows_by_key[key]))
    return code


def _field(fields: Fields, site: Site) -> str:
    field = fields.needed_text("field_vi", sentence("The field is missing; no queue could take it."))
    if field and site.queue_of_field(field) is None:
        fields.refuse("field_vi", sentence("No queue of this centre takes the field “{field}”.", field=field))
    return field


def _level(fields: Fields) -> str:
    level = fields.needed_text("level", sentence("The level is missing; use {levels}.", levels=", ".join(LEVELS)))
    if level and level not in LEVELS:
        fields.refuse(
            "level", sentence("The level “{level}” is not known; use {levels}.", level=level, levels=", ".join(LEVELS))
        )
    return level


def _time_limit(fields: Fields) -> tuple[int | None, TimeUnit | None]:
    days = fields.count("time_limit_days")
    word = fields.text("time_unit")
    units = {str(unit): unit for unit in TimeUnit}
    if word and word not in units:
        fields.refuse(
            "time_unit",
            sentence("The time unit “{unit}” is not known; use {units}.", unit=word, units=", ".join(units)),
        )
        return None, None
    if days is not None and not word:
        # A bare number is the portal's commonest quirk, and may be same day, one day or unfilled (DOMAIN §2.4).
        fields.warn("time_unit", sentence("{days} has no time unit; only the time's own text is shown.", days=days))
        return None, None
    if days is None and word:
        fields.warn("time_limit_days", sentence("There is a time unit but no number; only the time's text is shown."))
        return None, None
    return days, units.get(word)


def _documents(fields: Fields) -> tuple[Document, ...]:
    documents = (_document(document) for document in fields.objects("documents"))
    return tuple(document for document in documents if document is not None)


def _document(fields: Fields) -> Document | None:
    name = fields.needed_text("name_vi", sentence("The paper's name is missing."))
    original, copy = fields.needed_count("original"), fields.needed_count("copy")
    note = fields.text("note")
    fields.warn_of_unknown(_DOCUMENT_FIELDS)
    if rules.is_stale(note):
        fields.warn("note", sentence("The source says “{name}” must be reviewed first; it is left out.", name=name))
        return None
    kind = rules.kind_of(note, original, copy)
    return Document(
        name=name,
        kind=kind,
        original=original,
        copy=copy,
        note=for_citizens(note),
        conditional=kind is not DocumentKind.NOTE and rules.is_conditional(note),
        where=for_citizens(fields.text("where_vi")),
    )


def _warn(procedure: Procedure, fields: Fields) -> None:
    said = [procedure.short, procedure.name, procedure.name_en, procedure.fee_text]
    for document in procedure.documents:
        said += [document.name, document.note, document.where]
    if missing := unprintable("".join(said)):
        fields.warn("name_vi", sentence("No typeface here can print “{letters}”; write it without.", letters=missing))
    if not procedure.documents:
        fields.warn("documents", sentence("No papers are listed."))
    if not procedure.name_en:
        fields.warn("name_en", sentence("There is no English name; the Vietnamese one is shown."))
    if not procedure.fee_text:
        fields.warn("fee_text", sentence("There is no text for the fee; citizens are asked to ask at the counter."))
    if not procedure.verified:
        fields.warn("verified", sentence("Not verified against a published record; check it before use."))
