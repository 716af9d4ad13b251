"""Clips on disk, and joining them to one sound (DESIGN §10). Standard library only: `audioop` left Python with 3.13.

A clip is `<language>/<voice>/<clip>.wav`, 22 050 Hz, 16-bit, mono: what the shipped clips are, and plenty for speech.
"""

import sys
import wave
from array import array
from collections.abc import Iterable, Mapping
from pathlib import Path

from kiosk.settings import ASSETS_DIR
from kiosk.voice.call import Clip, Piece
from kiosk.voice.script import CHIME, SCRIPT

Sound = array  # of "h": signed 16-bit samples, one channel

RATE_HZ = 22_050
FULL_SCALE = 32_767
DEFAULT_VOICES: Mapping[str, str] = {"vi": "south", "en": "british"}
"""Language to the voice that speaks it; the South is where Cà Mau is (DOMAIN §7)."""

# Silence is judged against the clip's own loudest sample, so that a quiet recording is not cut as if it were silence.
SILENCE_SHARE = 0.02
LEAD_KEPT_S = 0.010
TAIL_KEPT_S = 0.020
FADE_S = 0.005
LEAST_PEAK = FULL_SCALE // 50
"""A clip whose loudest sample is below this holds no speech anybody would hear."""


class VoiceError(Exception):
    """A clip that cannot be used, with a sentence that names the file and says what to do."""


class MissingClipError(VoiceError):
    """A clip that is nowhere."""


class ClipFormatError(VoiceError):
    """A file that is not a clip: not a WAV, another rate, width or channel count, or silence."""


class ClipFolders:
    """Finds and keeps clips: the shipped ones, with a centre's own laid over them file by file.

    Args:
        own: a folder built like the shipped one (`chime.wav`, `vi/south/3.wav` …); what it lacks is taken from there.
        voices: language to the folder name of its voice.
        shipped: where the product's own clips are.
    """

    def __init__(
        self, own: Path | None = None, voices: Mapping[str, str] = DEFAULT_VOICES, shipped: Path = ASSETS_DIR / "voice"
    ) -> None:
        self._voices = dict(voices)
        self._folders = (shipped,) if own is None else (own, shipped)
        self._kept: dict[Path, Sound[int]] = {}

    def path(self, language: str, clip: str) -> Path:
        """Return the file of a clip.

        Raises:
            MissingClipError: no folder has it, or no voice is set for the language.
        """
        if language not in self._voices:
            raise MissingClipError(f"No voice is set for the language {language!r}.")
        return self._find(Path(language, self._voices[language], f"{clip}.wav"))

    def sound(self, language: str, clip: str) -> "Sound[int]":
        """Return a clip without the silence around it; read once, then kept.

        Raises:
            VoiceError: it is missing or not a clip.
        """
        return self._read(self.path(language, clip))

    def chime(self) -> "Sound[int]":
        """Return the chime that comes before a call.

        Raises:
            VoiceError: it is missing or not a clip.
        """
        return self._read(self._find(Path(f"{CHIME}.wav")))

    def say(self, pieces: Iterable[Piece], language: str) -> "Sound[int]":
        """Join clips and pauses to one sound.

        Raises:
            VoiceError: a clip is missing or not a clip.
        """
        joined: Sound[int] = array("h")
        for piece in pieces:
            joined.extend(self.sound(language, piece.name) if isinstance(piece, Clip) else silence(piece.seconds))
        return joined

    def _find(self, relative: Path) -> Path:
        for folder in self._folders:
            if (folder / relative).is_file():
                return folder / relative
        places = " or ".join(str(folder / relative) for folder in self._folders)
        raise MissingClipError(f"A voice clip is missing: {places}. Record it, or choose another voice.")

    def _read(self, path: Path) -> "Sound[int]":
        if path not in self._kept:
            self._kept[path] = trim(read_clip(path))
        return self._kept[path]


def read_clip(path: Path) -> "Sound[int]":
    """Read a clip's samples.

    Raises:
        ClipFormatError: the file is not a WAV of 22 050 Hz, 16 bit, one channel, or it holds only silence.
    """
    try:
        with wave.open(str(path), "rb") as file:
            found = (file.getframerate(), 8 * file.getsampwidth(), file.getnchannels())
            data = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise ClipFormatError(f"The voice clip {path} is not a WAV file that can be read: {error}.") from error
    except OSError as error:
        raise ClipFormatError(f"The voice clip {path} cannot be read: {error.strerror}.") from error
    if found != (RATE_HZ, 16, 1):
        raise ClipFormatError(
            f"The voice clip {path} has {found[0]} Hz, {found[1]} bit, {found[2]} channel(s);"
            f" it must have {RATE_HZ} Hz, 16 bit, 1 channel. Save it again in that form."
        )
    sound = array("h", data[: len(data) // 2 * 2])
    if sys.byteorder == "big":
        sound.byteswap()
    if peak(sound) < LEAST_PEAK:
        raise ClipFormatError(f"The voice clip {path} is silent. Record it again.")
    return sound


def write_wav(path: Path, sound: "Sound[int]") -> None:
    """Write samples as a WAV file of the clips' own form.

    Raises:
        OSError: the disk is full or the folder is gone.
    """
    samples = array("h", sound)
    if sys.byteorder == "big":
        samples.byteswap()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(samples.tobytes())


def silence(seconds: float) -> "Sound[int]":
    """Return silence of some seconds."""
    return array("h", bytes(2 * round(seconds * RATE_HZ)))


def seconds_of(sound: "Sound[int]") -> float:
    """Return how long a sound lasts."""
    return len(sound) / RATE_HZ


def peak(sound: "Sound[int]") -> int:
    """Return the loudest sample's distance from zero; 0 for nothing at all."""
    return max(max(sound), -min(sound)) if sound else 0


def trim(sound: "Sound[int]") -> "Sound[int]":
    """Cut the silence at both ends but for a breath, and fade the cut edges so that they do not click."""
    limit = peak(sound) * SILENCE_SHARE
    first = next((i for i, s in enumerate(sound) if abs(s) > limit), 0)
    last = next((i for i in range(len(sound) - 1, -1, -1) if abs(sound[i]) > limit), len(sound) - 1)
    kept = sound[max(0, first - round(LEAD_KEPT_S * RATE_HZ)) : last + 1 + round(TAIL_KEPT_S * RATE_HZ)]
    fade = min(round(FADE_S * RATE_HZ), len(kept) // 2)
    for i in range(fade):
        kept[i] = kept[i] * i // fade
        kept[-1 - i] = kept[-1 - i] * i // fade
    return kept


def check_clips(folder: Path, *, complete: bool = True) -> tuple[str, ...]:
    """Return what is wrong with a voice's folder (`…/vi/south`), a sentence each; nothing means that it can be used.

    Args:
        folder: its parent's name is the language.
        complete: whether missing clips are wrong; False for a centre's own folder, which lies over another.
    """
    expected = SCRIPT.get(folder.parent.name)
    if expected is None:
        return (f"{folder}: calls cannot be said in the language {folder.parent.name!r}.",)
    present = {path.stem: path for path in sorted(folder.glob("*.wav"))}
    problems = [f"{folder / clip}.wav is missing: it says “{text}”." for clip, text in expected.items()]
    problems = [p for clip, p in zip(expected, problems, strict=True) if complete and clip not in present]
    for clip, path in present.items():
        # Any other way to address people is the centre's own recording (`script.lead_clip`).
        if clip not in expected and not clip.startswith("lead-"):
            problems.append(f"{path} is never spoken: no clip has that name.")
        try:
            read_clip(path)
        except ClipFormatError as error:
            problems.append(str(error))
    return tuple(problems)
