"""`main.py catalogue check|import`: says in words what was taken, what was refused and why. main.py only wires it."""

from collections.abc import Callable
from pathlib import Path

from kiosk.catalogue.importer import CatalogueError, import_catalogue
from kiosk.catalogue.report import Problem, Report, Severity
from kiosk.catalogue.sentence import AREA, SentenceError, sentence
from kiosk.catalogue.site_file import load_site
from kiosk.catalogue.store import save
from kiosk.domain.procedure import Catalogue
from kiosk.i18n import words

Write = Callable[[str], None]
"""Takes one line without its line end; `print` fits."""

OK, REFUSALS, FAILED = 0, 1, 2
"""Exit codes: all good; a check found rows that would be refused; nothing could be read or imported."""


def run_check(path: Path, site_path: Path, language: str, write: Write) -> int:
    """Say what an import would do, changing nothing.

    Returns:
        0 when every row would be taken, 1 when some would be refused, 2 when none could be.
    """
    try:
        _, report = _read(path, site_path)
    except SentenceError as error:
        write(error.say(language))
        return FAILED
    _write_report(report, language, write)
    if not report.accepted:
        return FAILED
    return REFUSALS if report.refused else OK


def run_import(path: Path, site_path: Path, out: Path, language: str, write: Write) -> int:
    """Import the rows that are right into `out`; the file there changes only when all of it is written.

    Returns:
        0 when something was imported, even where rows were refused (they are named); 2 when nothing was, and `out`
        is as it was.
    """
    say = words(language, AREA)
    try:
        catalogue, report = _read(path, site_path)
        _write_report(report, language, write)
        if not report.accepted:
            write(say("Nothing was imported; the catalogue in use was not touched."))
            return FAILED
        save(out, catalogue)
    except SentenceError as error:
        write(error.say(language))
        write(say("Nothing was imported; the catalogue in use was not touched."))
        return FAILED
    write(say("Written to {path}.", path=out))
    return OK


def _read(path: Path, site_path: Path) -> tuple[Catalogue, Report]:
    site = load_site(site_path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise CatalogueError(
            sentence("Cannot read {path}: {why}. Check the path.", path=path, why=error.strerror)
        ) from error
    return import_catalogue(raw, site)


def _write_report(report: Report, language: str, write: Write) -> None:
    say = words(language, AREA)
    for problem in report.problems:
        write(problem_line(problem, language))
    refused = report.rows - report.accepted
    write(
        say(
            "{rows} rows: {accepted} taken, {refused} refused, {warnings} to look at.",
            rows=report.rows,
            accepted=report.accepted,
            refused=refused,
            warnings=len(report.warnings),
        )
    )


def problem_line(problem: Problem, language: str) -> str:
    """Put a problem on one line: row, procedure, field, what became of it, reason."""
    say = words(language, AREA)
    what = say("refused") if problem.severity is Severity.REFUSED else say("look at it")
    return say(
        "Row {row} ({name}), {field}: {what}. {reason}",
        row=problem.row,
        name=problem.name or "–",
        field=problem.field or "–",
        what=what,
        reason=problem.reason.say(language),
    )
