"""Set up and run Mời from a fresh clone: `python3 dev.py run | test | build | lock`.

Standard library only, because it runs before anything is installed. It makes `.venv`, installs exactly what
`requirements.lock` names (every file checked against its hash) and looks for the system libraries that Qt needs. What
Mời itself can do belongs into `main.py`.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import io
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "set-up-for.txt"
"""Hash of the lock file that `.venv` holds; "unfinished" while it is being made, absent in one made by hand."""
UNFINISHED = "unfinished"
LOCK = ROOT / "requirements.lock"
OLDEST_PYTHON = (3, 11)
WINDOWS = os.name == "nt"
DEBIAN_WHEELS = Path("/usr/share/python-wheels")
"""Where Debian keeps pip's own wheel, which runs without being installed."""

QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfreetype.so.6": "libfreetype6",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    # Pillow looks for this one when it shapes Khmer on paper.
    "libfribidi.so.0": "libfribidi0",
}
"""Library file to Debian package: what drawing without a window needs (found on a minimal system, file by file)."""

WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What a window on X needs beyond that."""

TEST_PROGRAMS = {"Xvfb": "xvfb", "xauth": "xauth", "openbox": "openbox", "xdotool": "xdotool"}
"""Program to Debian package: the virtual screen on which tests press real keys."""

RENAMED = {"libglib2.0-0": "libglib2.0-0t64"}
"""Packages that newer Debian and Ubuntu renamed for 64-bit time."""

CHECKS = (
    ("Lint", ("-m", "ruff", "check", ".")),
    ("Format", ("-m", "ruff", "format", "--check", ".")),
    ("Types", ("-m", "mypy")),
    ("Import contracts", ("-c", "from importlinter.cli import lint_imports_command as check; check()")),
)


def main() -> int:
    """Run the subcommand and return its exit code."""
    parser = argparse.ArgumentParser(description="Set up and run Mời from a fresh clone.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="open the demo centre; without a display, play the tour")
    commands.add_parser("test", help="lint, types, import contracts and all tests; further arguments go to pytest")
    commands.add_parser("build", help="freeze Mời into dist/ and play the tour with the frozen program")
    commands.add_parser("lock", help="resolve pyproject.toml anew into requirements.lock")
    chosen, extra = parser.parse_known_args()
    if extra and chosen.command != "test":
        parser.error(f"unknown arguments: {' '.join(extra)}")
    os.chdir(ROOT)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a Windows code page may lack the name's own letters
    if chosen.command == "test":
        return test(extra)
    return {"run": run, "build": build, "lock": lock}[chosen.command]()


def run() -> int:
    """Open the demo centre, or play the tour where there is no display."""
    display = WINDOWS or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    need_libraries({**QT_LIBRARIES, **WINDOW_LIBRARIES} if display else QT_LIBRARIES)
    need_environment()
    if display:
        say("Opening the demo centre: hub, kiosk, counter, board, tablet and paper tray.")
        return last_call([str(venv_python()), "main.py", "demo"])
    say("There is no display here, so Mời plays its tour instead; pictures and tour.json go to out/tour.")
    return last_call([str(venv_python()), "main.py", "tour", "--out", str(Path("out", "tour"))])


def test(pytest_arguments: list[str]) -> int:
    """Run every check in order, the tests last; stop at the first that fails."""
    need_libraries({**QT_LIBRARIES, **WINDOW_LIBRARIES}, TEST_PROGRAMS)
    need_environment()
    for name, arguments in CHECKS:
        say(f"{name}:")
        code = call([str(venv_python()), *arguments])
        if code != 0:
            say(f"{name}: failed.")
            return code
    say("Tests:")
    # Most tests draw without a window; those that need a screen start their own virtual one.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # A file's tests stay together: what they share (a PostgreSQL, a hub) is started once.
    at_a_time = ["-n", "auto", "--dist", "loadfile"]
    return last_call([str(venv_python()), "-m", "pytest", *at_a_time, *pytest_arguments])


def build() -> int:
    """Freeze Mời into one folder and let the frozen program play the tour."""
    need_libraries({**QT_LIBRARIES, **WINDOW_LIBRARIES, **freezer_libraries()}, {"objdump": "binutils"})
    need_environment()
    say("Freezing Mời into dist/moi (about a minute).")
    code = call([str(venv_python()), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "build_kiosk.spec"])
    if code != 0:
        return code
    program = ROOT / "dist" / "moi" / ("moi.exe" if WINDOWS else "moi")
    say("Playing the tour with the frozen program; pictures and tour.json go to out/tour-build.")
    return last_call([str(program), "tour", "--out", str(Path("out", "tour-build"))])


def lock() -> int:
    """Write requirements.lock anew: one file for Linux and Windows, hashed, without the address it was read from."""
    need_environment()
    python = str(venv_python())
    if not succeeds([python, "-m", "uv", "--version"]):
        say("Installing uv, which resolves for all platforms at once.")
        if call([*find_pip(), "install", "--quiet", "uv"]) != 0:
            stop("uv could not be installed; see the message above.")
    say("Resolving for Linux and Windows.")
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-header"]
    options += ["--quiet", "--group", "dev", "-o", LOCK.name]
    return call([python, "-m", "uv", "pip", "compile", *options, "pyproject.toml"])


def need_environment() -> None:
    """Make sure `.venv` holds exactly what the lock file names; returns at once when it already does."""
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    found = STAMP.read_text(encoding="utf-8").strip() if STAMP.exists() else ""
    if found == wanted and venv_works():
        return
    # A half-made environment is not worth repairing.
    if found == UNFINISHED or not venv_works() or not find_pip():
        make_venv()
    STAMP.write_text(UNFINISHED, encoding="utf-8")
    say("Installing Mời's dependencies into .venv (about 250 MB; a few minutes on a slow line).")
    quiet = [] if sys.stdout.isatty() else ["--quiet"]
    options = ["--disable-pip-version-check", "--no-input", "--require-hashes"]
    if call([*find_pip(), "install", *quiet, *options, "-r", LOCK.name]) != 0:
        stop("The dependencies could not be installed. Is there a network or a proxy to set? Then run this again.")
    STAMP.write_text(wanted, encoding="utf-8")


def make_venv() -> None:
    """Make `.venv`; on a stock Debian, whose Python comes without ensurepip, by the ways that are left."""
    say("Making the virtual environment .venv.")
    if try_venv():
        return
    say("This Python has no ensurepip, so pip has to come from elsewhere.")
    if try_venv("--without-pip") and find_pip():
        return
    install_packages([f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"], "Python's venv module")
    if not try_venv():
        stop("The virtual environment still cannot be made. Is this Python complete?")


def try_venv(*options: str) -> bool:
    """Make `.venv` anew; returns whether that worked."""
    if VENV.exists():
        shutil.rmtree(VENV)
    return succeeds([sys.executable, "-m", "venv", *options, str(VENV)]) and venv_works()


def venv_python() -> Path:
    """Return the Python inside `.venv`."""
    return VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")


def venv_works() -> bool:
    """Whether the Python inside `.venv` starts and is this one: it may have gone, or been another version."""
    same = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    return succeeds([str(venv_python()), "-c", same])


def find_pip() -> list[str]:
    """Return a command that runs pip for `.venv`: its own, Debian's wheel, or this Python's; empty if there is none."""
    candidates = [[str(venv_python()), "-m", "pip"]]
    candidates += [[str(venv_python()), str(wheel / "pip")] for wheel in sorted(DEBIAN_WHEELS.glob("pip-*.whl"))]
    candidates.append([sys.executable, "-m", "pip", "--python", str(venv_python())])
    return next((pip for pip in candidates if succeeds([*pip, "--version"])), [])


def freezer_libraries() -> dict[str, str]:
    """Return the shared Python library that PyInstaller packs, and its Debian package."""
    if WINDOWS or not sysconfig.get_config_var("Py_ENABLE_SHARED"):
        return {}
    folder, name = sysconfig.get_config_var("LIBDIR"), sysconfig.get_config_var("INSTSONAME")
    file = Path(folder, name)
    return {str(file) if file.exists() else name: f"libpython{sys.version_info[0]}.{sys.version_info[1]}"}


def need_libraries(libraries: dict[str, str], programs: dict[str, str] | None = None) -> None:
    """Make sure system libraries can be loaded and programs found (both: name to Debian package)."""
    if WINDOWS:
        return
    missing = find_missing(libraries, programs or {})
    if missing:
        install_packages(sorted(set(missing.values())), ", ".join(missing))
        still = find_missing(libraries, programs or {})
        if still:
            stop(f"Installed, yet still not found: {', '.join(still)}. Is this Python built for another system?")


def find_missing(libraries: dict[str, str], programs: dict[str, str]) -> dict[str, str]:
    """Return those of both that this system lacks; libraries are tried by loading them, as Qt would."""
    missing = {name: package for name, package in programs.items() if shutil.which(name) is None}
    for name, package in libraries.items():
        try:
            ctypes.CDLL(name)
        except OSError:
            missing[name] = package
    return missing


def install_packages(packages: list[str], what: str) -> None:
    """Install Debian packages where this user may; otherwise say what to do and stop."""
    if shutil.which("apt-get") is None:
        stop(f"This system lacks {what}. Install them with its own package manager and run this again.")
    install = ["apt-get", "install", "-y", "--no-install-recommends"]
    by_hand = f"  sudo apt-get update && sudo {' '.join([*install, *packages])}"
    if os.geteuid() == 0:
        prefix = []
    elif shutil.which("sudo") and succeeds(["sudo", "-n", "true"]):
        prefix = ["sudo", "-n"]
    else:
        stop(f"This system lacks {what}. Run this command, then try again:\n{by_hand}")
    say(f"Installing system packages: {' '.join(packages)}.")
    prefix += ["env", "DEBIAN_FRONTEND=noninteractive"]
    quietly = ["-qq", "-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=120"]
    # A package list may be stale or, in a container, absent; without a network the old one may still do.
    call([*prefix, "apt-get", "update", *quietly])
    renamed = [RENAMED.get(package, package) for package in packages]
    if call([*prefix, *install, *quietly, *packages]) != 0 and (
        renamed == packages or call([*prefix, *install, *quietly, *renamed]) != 0
    ):
        stop(f"The system packages could not be installed. Run this command, then try again:\n{by_hand}")


def call(command: list[str]) -> int:
    """Run a command in the project's folder and return its exit code."""
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def succeeds(command: list[str]) -> bool:
    """Whether a command runs and ends well; what it says is not shown."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def last_call(command: list[str]) -> int:
    """Become a command, so that keys and signals reach it alone; Windows cannot, and waits for it."""
    if not WINDOWS:
        sys.stdout.flush()
        os.execv(command[0], command)
    return call(command)


def say(sentence: str) -> None:
    """Tell the person what happens."""
    print(sentence, flush=True)


def stop(sentence: str) -> NoReturn:
    """End with a sentence that says what to do."""
    sys.exit(f"\n{sentence}")


if __name__ == "__main__":
    if sys.version_info < OLDEST_PYTHON:
        stop(f"Mời needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
