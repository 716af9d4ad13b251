"""A CUPS scheduler of our own, on a socket in a folder of its own: the real program, and nobody else's queues."""

import os
import shutil
import subprocess
import time
from pathlib import Path

PROGRAM = shutil.which("cupsd") or shutil.which("cupsd", path="/usr/sbin:/sbin")
ADMIN = shutil.which("lpadmin") or shutil.which("lpadmin", path="/usr/sbin:/sbin")
INSTALLED = bool(PROGRAM and ADMIN and shutil.which("lp"))

_CONF = """LogLevel warn
Listen {folder}/cups.sock
Browsing Off
DefaultAuthType None
WebInterface No
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
_FILES = """ServerRoot {folder}/etc
DataDir /usr/share/cups
CacheDir {folder}/cache
StateDir {folder}/state
RequestRoot {folder}/spool
TempDir {folder}/tmp
ErrorLog {folder}/error_log
AccessLog {folder}/access_log
PageLog {folder}/page_log
SystemGroup root
FatalErrors none
"""


class CupsServer:
    """Runs from `start` to `stop`; programs find it by `CUPS_SERVER`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = f"{folder}/cups.sock"
        for name in ("etc/ppd", "cache", "state", "spool", "tmp"):
            (folder / name).mkdir(parents=True)
        folder.chmod(0o755)
        conf, files = folder / "etc" / "cupsd.conf", folder / "etc" / "cups-files.conf"
        conf.write_text(_CONF.format(folder=folder))
        files.write_text(_FILES.format(folder=folder))
        self._process = subprocess.Popen([str(PROGRAM), "-f", "-c", str(conf), "-s", str(files)])
        for _ in range(200):
            if Path(self.socket).exists() and self.run("lpstat", "-r").startswith("scheduler is running"):
                return
            time.sleep(0.05)
        raise AssertionError((folder / "error_log").read_text())

    def run(self, *command: str) -> str:
        environment = {
            **os.environ,
            "CUPS_SERVER": self.socket,
            "LC_ALL": "C",
            "PATH": os.environ["PATH"] + ":/usr/sbin",
        }
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    def add_raw_queue(self, name: str, port: int) -> None:
        said = self.run(str(ADMIN), "-p", name, "-E", "-v", f"socket://127.0.0.1:{port}", "-m", "raw")
        assert name in self.run("lpstat", "-e"), said

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)
