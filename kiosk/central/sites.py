"""The administrator's side of central: sites, their logins, and whether what they sent is whole."""

import psycopg
from msgspec import Struct
from psycopg import sql

from kiosk.central.connecting import connect


class SiteError(Exception):
    """A site cannot be added or found, with a sentence that says why."""


class ChainReport(Struct, frozen=True):
    """What checking a site's whole journal found; hashes in lowercase hex."""

    rows: int
    head: str
    broken_at: int | None
    """The first row that is missing or changed; None where all is whole."""


def add_site(dsn: str, site_id: str, login: str, password: str) -> None:
    """Make a login that may do nothing but push and pull for one new site.

    The password never reaches the server, not even its log: only its SCRAM verifier does.

    Args:
        dsn: central as an administrator, who may create roles.
        site_id: an opaque name that will outlive mergers and renamings.
        login: the new role's name.
        password: its password, told to the site and kept nowhere here.

    Raises:
        SiteError: the site or the login exists, or something was left empty.
        psycopg.Error: no connection, or the rights do not suffice.
    """
    for what, value in (("site id", site_id), ("login", login), ("password", password)):
        if not value:
            raise SiteError(f"A site needs a {what}; it was left empty.")
    with connect(dsn) as connection:
        verifier = connection.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode()
        try:
            with connection.transaction():
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN NOINHERIT PASSWORD {}").format(
                        sql.Identifier(login), sql.Literal(verifier)
                    )
                )
                connection.execute("SELECT moi.register_site(%s, %s)", (site_id, login))
        except psycopg.errors.DuplicateObject as error:
            raise SiteError(f"There is already a login {login}. Choose another.") from error
        except psycopg.errors.UniqueViolation as error:
            raise SiteError(f"The site {site_id} is already registered. Choose another id.") from error


def revoke_site(dsn: str, site_id: str) -> None:
    """End a site's access: its open sessions may do nothing any more and new ones are not let in. Its data stays.

    Raises:
        SiteError: there is no such site.
        psycopg.Error: no connection, or the rights do not suffice.
    """
    with connect(dsn) as connection, connection.transaction():
        row = connection.execute("SELECT login FROM moi.sites WHERE site_id = %s", (site_id,)).fetchone()
        if row is None:
            raise SiteError(f"There is no site {site_id}.")
        connection.execute("SELECT moi.revoke_site(%s)", (site_id,))
        connection.execute(sql.SQL("ALTER ROLE {} NOLOGIN").format(sql.Identifier(row[0])))


def verify_chain(dsn: str, site_id: str) -> ChainReport:
    """Let central recompute every hash of a site over the bytes it stores.

    Raises:
        SiteError: there is no such site.
        psycopg.Error: no connection, or the rights do not suffice.
    """
    with connect(dsn) as connection:
        row = connection.execute(
            "SELECT v.row_count, encode(v.head, 'hex'), v.broken_at FROM moi.sites, moi.verify_chain(site_id) AS v"
            " WHERE site_id = %s",
            (site_id,),
        ).fetchone()
    if row is None:
        raise SiteError(f"There is no site {site_id}.")
    return ChainReport(rows=row[0], head=row[1] or "00" * 32, broken_at=row[2])


def journal_hashes(dsn: str, site_id: str) -> list[tuple[int, str]]:
    """Return seq and hash of every journal row central holds of a site, in order, to compare with the hub's."""
    with connect(dsn) as connection:
        rows = connection.execute(
            "SELECT seq, encode(hash, 'hex') FROM moi.journal WHERE site_id = %s ORDER BY seq", (site_id,)
        ).fetchall()
    return [(seq, held) for seq, held in rows]
