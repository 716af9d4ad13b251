"""Playing a WAV file with what the system has: nothing to install, and no 400 MB of multimedia (DESIGN §10)."""

import os
import shutil
import subprocess
import sys
import threading
import wave
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

TERMINATE_PATIENCE_S = 2.0
"""How long a player may take to end when it is told to, before it is killed."""

LINUX_COMMANDS = (("paplay",), ("pw-play",), ("aplay", "--quiet"))
"""Tried in this order: a sound server where there is one (it finds the right output), else the bare device."""
MAC_COMMANDS = (("afplay",),)

# Of winsound, repeated here because that module exists on Windows only.
SND_ASYNC = 0x0001
SND_NODEFAULT = 0x0002
SND_FILENAME = 0x20000


class SoundError(Exception):
    """A sound could not be played, with what the player said."""


class Playback(Protocol):
    """A sound that is being played."""

    def wait(self, patience_s: float) -> None:
        """Return when the sound has ended or was stopped.

        Raises:
            SoundError: the player failed, or had not ended after `patience_s` seconds and was stopped.
        """
        ...

    def stop(self) -> None:
        """End the sound, from any thread; nothing where it has ended."""
        ...


Player = Callable[[Path], Playback]
"""Starts to play a WAV file and returns at once. Raises SoundError where it cannot start."""


class CommandPlayer:
    """Plays with a program of the system, which gets the file's path as its last argument."""

    def __init__(self, command: Sequence[str]) -> None:
        self.command = tuple(command)
        """The program and its fixed arguments."""

    def __call__(self, path: Path) -> "CommandPlayback":
        """Start the program.

        Raises:
            SoundError: it cannot be started.
        """
        try:
            process = subprocess.Popen(
                [*self.command, str(path)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=system_environment(os.environ),
            )
        except OSError as error:
            raise SoundError(f"{self.command[0]} cannot be started: {error.strerror}") from error
        return CommandPlayback(self.command[0], process)


class CommandPlayback:
    """A player's process. It is ours: it ends with us."""

    def __init__(self, name: str, process: subprocess.Popen[bytes]) -> None:
        self._name = name
        self._process = process
        self._stopped = False

    @property
    def is_running(self) -> bool:
        """Whether the program still runs."""
        return self._process.poll() is None

    def wait(self, patience_s: float) -> None:
        """Wait for the program to end. See `Playback.wait`."""
        try:
            _, said = self._process.communicate(timeout=patience_s)
        except subprocess.TimeoutExpired:
            self.stop()
            self._process.communicate()
            raise SoundError(f"{self._name} did not end within {patience_s:.0f} s") from None
        if self._process.returncode and not self._stopped:
            # Players lead up to what went wrong; the last line says it.
            lines = said.decode(errors="replace").strip().splitlines()
            reason = lines[-1] if lines else f"it ended with {self._process.returncode}"
            raise SoundError(f"{self._name}: {reason}")

    def stop(self) -> None:
        """Ask the program to end, and kill it where it does not. See `Playback.stop`."""
        if not self.is_running:
            return
        self._stopped = True
        self._process.terminate()
        try:
            self._process.wait(TERMINATE_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()


PlaySound = Callable[[str | None, int], None]
"""`winsound.PlaySound`: a path or None to end the sound, and flags; RuntimeError where it cannot play."""


class WindowsPlayer:
    """Plays with the standard library's winsound, through the function given."""

    def __init__(self, play_sound: PlaySound) -> None:
        self._play_sound = play_sound

    def __call__(self, path: Path) -> "WindowsPlayback":
        """Start the sound.

        Raises:
            SoundError: Windows has no sound device, or refuses the file.
        """
        try:
            self._play_sound(str(path), SND_FILENAME | SND_ASYNC | SND_NODEFAULT)
        except RuntimeError as error:
            raise SoundError(f"winsound: {error}") from error
        with wave.open(str(path), "rb") as file:
            seconds = file.getnframes() / file.getframerate()
        return WindowsPlayback(self._play_sound, seconds)


class WindowsPlayback:
    """A sound Windows plays on its own; it does not say when it ends, so we go by its length."""

    def __init__(self, play_sound: PlaySound, seconds: float) -> None:
        self._play_sound = play_sound
        self._seconds = seconds
        self._stopped = threading.Event()

    def wait(self, patience_s: float) -> None:
        """Wait as long as the sound lasts. See `Playback.wait`."""
        self._stopped.wait(min(self._seconds, patience_s))
        # Gives the file free, which may be deleted next.
        self._play_sound(None, 0)

    def stop(self) -> None:
        """End the waiting, and with it the sound. See `Playback.stop`."""
        self._stopped.set()


def system_players() -> tuple[Player, ...]:
    """Return the players this machine has, best first; none where it has none."""
    if sys.platform == "win32":
        import winsound

        return (WindowsPlayer(winsound.PlaySound),)
    commands = MAC_COMMANDS if sys.platform == "darwin" else LINUX_COMMANDS
    return tuple(CommandPlayer(command) for command in commands if shutil.which(command[0]))


def system_environment(ours: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for a program of the system, started by us.

    A frozen build points LD_LIBRARY_PATH at its own libraries, with which a program of the system may not run; what it
    was before stands in LD_LIBRARY_PATH_ORIG (PyInstaller's manual, "Launching external programs").
    """
    theirs = dict(ours)
    before = theirs.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is not None:
        theirs["LD_LIBRARY_PATH"] = before
    elif getattr(sys, "frozen", False):
        theirs.pop("LD_LIBRARY_PATH", None)
    return theirs
