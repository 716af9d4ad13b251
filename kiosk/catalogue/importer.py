"""Turns a published list of procedures into the centre's catalogue: a wrong row is refused, the rest is taken."""

import json
import re
from collections import Counter

from kiosk.catalogue.clean import clean_text
from kiosk.catalogue.report import Problem, Report, Severity
from kiosk.catalogue.row import read_row
from kiosk.catalogue.sentence import SentenceError, sentence
from kiosk.domain.procedure import Catalogue, Procedure
from kiosk.domain.site import Site

SCHEMA_VERSION = 1
"""The only version of the source's layout this importer knows."""

_HOST = re.compile(r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.vn\b")


class CatalogueError(SentenceError):
    """A file of procedures, or a catalogue, that cannot be used at all."""


def check(raw: bytes, site: Site) -> Report:
    """Say what an import of `raw` would take and refuse, changing nothing.

    Raises:
        CatalogueError: the file as a whole cannot be read.
    """
    return import_catalogue(raw, site)[1]


def import_catalogue(raw: bytes, site: Site) -> tuple[Catalogue, Report]:
    """Make the centre's catalogue from the bytes of a source file (`procedures-vn.json`; DOMAIN §2).

    The same source gives the same catalogue, byte for byte: procedures stand in the order of their keys.

    Raises:
        CatalogueError: the file as a whole cannot be read. Nothing is imported then.
    """
    top = _top(raw)
    rows = top["procedures"]
    if not isinstance(rows, list):
        raise CatalogueError(sentence("“procedures” must be a list of procedures."))
    taken: list[Procedure] = []
    rows_by_key: dict[str, int] = {}
    problems: list[Problem] = []
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            reason = sentence("The row is not an object.")
            problems.append(Problem(number, "", "", reason, Severity.REFUSED))
            continue
        procedure, findings = read_row(row, site, rows_by_key)
        problems += [Problem(number, _name(row), *finding) for finding in findings]
        if procedure is not None:
            taken.append(procedure)
            rows_by_key[procedure.key] = number
    taken.sort(key=lambda procedure: procedure.key)
    catalogue = Catalogue(
        as_of=_top_text(top, "as_of"),
        source=_hosts(taken),
        disclaimer=_top_text(top, "disclaimer_vi"),
        procedures=tuple(taken),
    )
    return catalogue, Report(len(rows), len(taken), tuple(problems))


def _top(raw: bytes) -> dict[str, object]:
    try:
        top = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CatalogueError(sentence("The file is not UTF-8 text (byte {at}).", at=error.start)) from error
    except json.JSONDecodeError as error:
        raise CatalogueError(
            sentence("The file is not valid JSON: line {line}, column {column}.", line=error.lineno, column=error.colno)
        ) from error
    except (ValueError, RecursionError) as error:
        # A number of thousands of digits, or brackets without end.
        raise CatalogueError(sentence("The file is not a list of procedures: {why}.", why=error)) from error
    if not isinstance(top, dict) or "procedures" not in top:
        raise CatalogueError(sentence("The file has no “procedures”; it is not a list of procedures."))
    if top.get("schema_version") != SCHEMA_VERSION:
        raise CatalogueError(
            sentence(
                "The file's schema_version is {found}; this program reads {known}.",
                found=top.get("schema_version"),
                known=SCHEMA_VERSION,
            )
        )
    return top


def _top_text(top: dict[str, object], name: str) -> str:
    value = top.get(name, "")
    if not isinstance(value, str):
        raise CatalogueError(sentence("“{name}” must be text.", name=name))
    return clean_text(value)


def _name(row: dict[str, object]) -> str:
    named = (row.get(name) for name in ("short_vi", "name_vi", "code"))
    return next((clean_text(text) for text in named if isinstance(text, str) and text.strip()), "")


def _hosts(procedures: list[Procedure]) -> str:
    """Name the sites the rows were read from, the most frequent first."""
    counted = Counter(host for procedure in procedures for host in set(_HOST.findall(procedure.source)))
    return ", ".join(host for host, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0])))
