"""A hall in which announcers speak through loudspeakers that hold on until a test lets them go."""

import queue
from collections.abc import Callable
from pathlib import Path

from kiosk.voice.announcer import ClipAnnouncer, SpeakingRules
from kiosk.voice.call import SpeechStyle
from kiosk.voice.clips import ClipFolders, read_clip, seconds_of
from kiosk.voice.players import Player, SoundError
from tests.voice.sounds import PATIENCE_S

Traced = Callable[[], list[dict[str, object]]]


class Loudspeaker:
    """A player: notes what starts, and plays on until a test says that the sound has ended."""

    def __init__(self) -> None:
        self._started: queue.Queue[Path] = queue.Queue()
        self._ended: queue.Queue[str] = queue.Queue()

    def __call__(self, path: Path) -> "Loudspeaker":
        self._started.put(path)
        return self

    def wait(self, patience_s: float) -> None:
        trouble = self._ended.get(timeout=PATIENCE_S)
        if trouble:
            raise SoundError(trouble)

    def stop(self) -> None:
        self._ended.put("")

    def end(self, trouble: str = "") -> None:
        self._ended.put(trouble)

    def next_file(self) -> Path:
        return self._started.get(timeout=PATIENCE_S)

    def next_number(self) -> str:
        """Wait for the next sound; return the ticket number that its file is named after."""
        return self.next_file().stem.split("-", 1)[1].rsplit("-", 1)[0]

    def next_seconds(self) -> float:
        return seconds_of(read_clip(self.next_file()))

    @property
    def is_idle(self) -> bool:
        return self._started.empty()


class Seconds:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Hall:
    """Makes announcers on a small voice of tones, and closes them."""

    def __init__(self, voice: Path) -> None:
        self.voice = voice
        self.seconds = Seconds()
        self._announcers: list[ClipAnnouncer] = []

    def announcer(self, *players: Player, rules: SpeakingRules | None = None) -> ClipAnnouncer:
        clips, rules = ClipFolders(shipped=self.voice), rules or SpeakingRules()
        self._announcers.append(ClipAnnouncer(clips, SpeechStyle(), rules, players, self.seconds))
        return self._announcers[-1]

    def close(self) -> None:
        for announcer in self._announcers:
            announcer.close()
