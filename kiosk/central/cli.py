"""What an administrator does with central from a command line: every outcome is a sentence and an exit code."""

from collections.abc import Callable

import psycopg

from kiosk.central import sites
from kiosk.central.connecting import DsnError
from kiosk.central.migrate import MigrationError, migrate

Write = Callable[[str], object]
"""Where a line goes, such as `print`."""

DONE = 0
FAILED = 1
"""It was tried and does not hold, or the server refused."""
UNREACHABLE = 2
"""No server answered, or the DSN cannot be read: nothing was tried."""


def run_migrate(dsn: str, write: Write) -> int:
    """Bring central's database up to date, saying what was done; returns the exit code."""

    def work() -> int:
        applied = migrate(dsn)
        for name in applied:
            write(f"Applied {name}.")
        write("Central's database is up to date." if applied else "Central's database was already up to date.")
        return DONE

    return _tell_failures(work, write)


def run_add_site(dsn: str, site_id: str, login: str, password: str, write: Write) -> int:
    """Register a site with a new login of its own; returns the exit code."""

    def work() -> int:
        sites.add_site(dsn, site_id, login, password)
        write(f"The login {login} may now push and pull for the site {site_id}, and nothing else.")
        return DONE

    return _tell_failures(work, write)


def run_verify(dsn: str, site_id: str, write: Write) -> int:
    """Check a site's whole journal in central; returns the exit code, `FAILED` where the chain is broken."""

    def work() -> int:
        report = sites.verify_chain(dsn, site_id)
        if report.broken_at is not None:
            write(f"The journal of {site_id} is broken at row {report.broken_at}: a row is missing or was changed.")
            return FAILED
        write(f"The journal of {site_id} is whole: {report.rows} rows, head {report.head}.")
        return DONE

    return _tell_failures(work, write)


def _tell_failures(work: Callable[[], int], write: Write) -> int:
    try:
        return work()
    except DsnError as error:
        write(str(error))
        return UNREACHABLE
    except (MigrationError, sites.SiteError) as error:
        write(str(error))
        return FAILED
    except psycopg.Error as error:
        words = str(error).strip()
        if error.sqlstate is None:
            write(f"Central cannot be reached: {words}")
            return UNREACHABLE
        if error.sqlstate in ("3F000", "42P01", "42883"):
            write("Central's database is not set up yet: run `central migrate` first.")
        else:
            write(f"Central's database refused: {words}")
        return FAILED
