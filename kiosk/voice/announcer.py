"""Speaks calls in the hall, one after another, in a thread of its own (DESIGN §6, §10).

Whatever goes wrong with sound is logged and the hall goes on: the board shows the call all the same.
"""

import logging
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from kiosk.log import trace
from kiosk.voice.call import SpeechStyle, call_pieces
from kiosk.voice.clips import ClipFolders, Sound, VoiceError, seconds_of, silence, write_wav
from kiosk.voice.numbers import UnspeakableError
from kiosk.voice.players import Playback, Player, SoundError, system_players

log = logging.getLogger(__name__)

AFTER_CHIME_S = 0.30
AFTER_SAYING_S = 0.70
"""Before the next saying, and at the end, because some players drop the last fraction of a file."""
PLAYER_PATIENCE_S = 10.0
"""How much longer than the sound a player may take: a sleeping output needs seconds, a broken one never ends."""


class SpeakingRules(Struct, frozen=True):
    """How calls are spoken, and where their sound goes."""

    times: int = 2
    """How often a call is said; once while another call waits, so that a busy minute loses none to `max_age_s`."""
    max_age_s: float = 15.0
    """A call older than this is not spoken: whoever was meant has looked at the board or left (DESIGN §6)."""
    keep_dir: Path | None = None
    """Where the sound of each call stays, as `001-A015-3.wav`; None keeps none."""


DEFAULT_RULES = SpeakingRules()


class Call(Struct, frozen=True):
    """One call as the board asked for it; equal calls that wait are one."""

    number: str
    counter: int
    languages: tuple[str, ...]


class ClipAnnouncer:
    """Speaks calls from clips with the system's player. Implements `kiosk.ports.Announcer`.

    Args:
        clips: where the voices are.
        style: how this centre says numbers and addresses people.
        rules: how often, how late, and whether the sound is kept.
        players: what plays a file, best first; None takes the system's own.
        seconds: the clock ages are measured with.
    """

    def __init__(
        self,
        clips: ClipFolders,
        style: SpeechStyle,
        rules: SpeakingRules = DEFAULT_RULES,
        players: Sequence[Player] | None = None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clips = clips
        self._style = style
        self._rules = rules
        self._players = list(system_players() if players is None else players)
        self._seconds = seconds
        self._changed = threading.Condition()
        self._waiting: dict[Call, float] = {}
        """Calls in order, with the moment each was made, on our own clock."""
        self._playing: Playback | None = None
        self._speaking: Call | None = None
        """The call that was taken last; withdrawn, it is None again."""
        self._closed = False
        self._spoken = 0
        self._sound_is_lost = False
        self._reported: set[str] = set()
        self._temp = tempfile.TemporaryDirectory(prefix="moi-voice-", ignore_cleanup_errors=True)
        self._thread = threading.Thread(target=self._run, name="announcer", daemon=True)
        self._thread.start()

    def announce(self, number: str, counter: int, languages: tuple[str, ...], age_s: float) -> None:
        """Queue a call that was made `age_s` seconds ago; returns at once.

        A call that waits already keeps its place and takes the newer age. After `close` nothing is queued.
        """
        call, made_at = Call(number, counter, languages), self._seconds() - age_s
        with self._changed:
            if not self._closed:
                self._waiting[call] = max(made_at, self._waiting.get(call, made_at))
                self._changed.notify()

    def withdraw(self, number: str, counter: int) -> None:
        """Speak a call no further: the clerk took it back, or it is over. It is forgotten, or falls silent."""
        with self._changed:
            for call in [c for c in self._waiting if (c.number, c.counter) == (number, counter)]:
                del self._waiting[call]
            current = self._speaking
            if current is None or (current.number, current.counter) != (number, counter):
                return
            self._speaking, playing = None, self._playing
        trace("announcement_withdrawn", number=number, counter=counter)
        if playing is not None:
            # A player that does not listen is waited for; whoever withdraws is a screen, and must not wait.
            threading.Thread(target=playing.stop, name="announcer-stop", daemon=True).start()

    def close(self) -> None:
        """Stop speaking, end the player and the thread. A second time does nothing."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            self._changed.notify()
            playing = self._playing
        if playing is not None:
            playing.stop()
        self._thread.join()
        self._temp.cleanup()

    def _run(self) -> None:
        while (taken := self._next()) is not None:
            call, made_at, times = taken
            try:
                self._speak(call, made_at, times)
            except OSError as error:
                self._report(f"The sound of a call cannot be written: {error.strerror}. Check the disk.")

    def _next(self) -> tuple[Call, float, int] | None:
        """Wait for the next call that is young enough, and say how often it is said; None when we are closed."""
        with self._changed:
            self._speaking = None
            while True:
                self._changed.wait_for(lambda: self._closed or self._waiting)
                if self._closed:
                    return None
                call = next(iter(self._waiting))
                made_at = self._waiting.pop(call)
                if not self._too_old(made_at):
                    self._speaking, self._playing = call, None
                    return call, made_at, 1 if self._waiting else self._rules.times
                age_s = self._seconds() - made_at
                log.warning("The call of %s is %.0f s old and is not spoken.", call.number, age_s)
                trace("announcement_dropped", number=call.number, counter=call.counter, age_s=age_s)

    def _too_old(self, made_at: float) -> bool:
        return self._seconds() - made_at > self._rules.max_age_s

    def _speak(self, call: Call, made_at: float, times: int) -> None:
        sound = self._compose(call, times)
        if not sound:
            return
        self._spoken += 1
        folder = self._rules.keep_dir or Path(self._temp.name)
        folder.mkdir(parents=True, exist_ok=True)
        plain_number = "".join(c for c in call.number if c.isalnum() or c == "-")
        path = folder / f"{self._spoken:03d}-{plain_number}-{call.counter}.wav"
        write_wav(path, sound)
        trace("announcement_written", number=call.number, counter=call.counter, file=str(path))
        self._play(call, made_at, path, seconds_of(sound) + PLAYER_PATIENCE_S)
        if self._rules.keep_dir is None:
            path.unlink(missing_ok=True)

    def _compose(self, call: Call, times: int) -> "Sound[int]":
        """Join chime and sayings. What cannot be said is left out: the chime alone still makes the hall look up."""
        sound = silence(0)
        try:
            sound = self._clips.chime() + silence(AFTER_CHIME_S)
        except VoiceError as error:
            self._report(str(error))
        said = [self._say(call, language) for language in call.languages]
        for saying in [saying for saying in said if saying] * times:
            sound += saying + silence(AFTER_SAYING_S)
        return sound

    def _say(self, call: Call, language: str) -> "Sound[int]":
        try:
            return self._clips.say(call_pieces(call.number, call.counter, language, self._style), language)
        except (VoiceError, UnspeakableError) as error:
            self._report(str(error))
            return silence(0)

    def _play(self, call: Call, made_at: float, path: Path, patience_s: float) -> None:
        """Play with the first player that can; the one that could is asked first next time."""
        failures: list[str] = []
        for player in tuple(self._players):
            if failures and self._too_old(made_at):
                break
            try:
                playing = self._start(player, path)
                if playing is None:
                    return
                trace("announced", number=call.number, counter=call.counter)
                playing.wait(patience_s)
            except SoundError as error:
                failures.append(str(error))
                trace("announcement_failed", number=call.number, counter=call.counter, reason=str(error))
                continue
            self._players.remove(player)
            self._players.insert(0, player)
            self._sound_is(lost_because="")
            trace("announcement_ended", number=call.number, counter=call.counter)
            return
        self._sound_is(lost_because="; ".join(failures) or "there is no player (paplay, pw-play or aplay)")

    def _start(self, player: Player, path: Path) -> Playback | None:
        """Start a player unless we are closed or the call is withdrawn; under the lock, so that nobody misses it."""
        with self._changed:
            if self._closed or self._speaking is None:
                return None
            self._playing = player(path)
            return self._playing

    def _sound_is(self, *, lost_because: str) -> None:
        """Log when sound is lost and when it is back, not each call in between."""
        if lost_because and not self._sound_is_lost:
            log.error("Calls are not heard: %s. They are shown on the board.", lost_because)
        elif self._sound_is_lost and not lost_because:
            log.info("Calls are heard again.")
        self._sound_is_lost = bool(lost_because)

    def _report(self, trouble: str) -> None:
        """Log a trouble with clips or disk once: it would come back with every call."""
        if trouble not in self._reported:
            self._reported.add(trouble)
            log.error("%s", trouble)
