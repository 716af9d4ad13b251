"""Makes the stand-in voices and the chime in `assets/voice`. Run by developers only; what it makes is committed.

    python -m tools.make_voice [--out DIR]

The speech comes from espeak-ng, run as a separate program (PLATFORM §5), so that nothing of it is in the product: see
`assets/voice/NOTICE.md`. The chime is our own.
"""

import argparse
import math
import subprocess
import sys
import tempfile
from array import array
from pathlib import Path

from kiosk.settings import ASSETS_DIR
from kiosk.voice.clips import FULL_SCALE, RATE_HZ, Sound, check_clips, peak, read_clip, trim, write_wav
from kiosk.voice.script import CHIME, SCRIPT

VOICES = {("vi", "south"): "vi-vn-x-south", ("vi", "north"): "vi", ("en", "british"): "en-gb"}
"""Language and voice folder to the voice's name in espeak-ng."""

RESPELLED = {("vi", "gi"): "di"}
"""What espeak-ng must be given where it misreads the script: it says "gi" without a vowel."""

# A public address is slower than talk (DOMAIN §7 met a rate of 0.8); 175 words a minute is espeak-ng's own.
WORDS_A_MINUTE = 150
# Below 100, its default, because single vowels come out clipped there.
AMPLITUDE = 60
# All clips equally loud, as far as the loudest sample leaves room.
SPEECH_RMS = 0.12
GREATEST_PEAK = 0.85

# Two falling tones, a major third apart (E5, C5): frequency in Hz, start and length in seconds.
CHIME_TONES = ((659.26, 0.0, 0.9), (523.25, 0.38, 1.0))
# A struck bar: the upper partials are weak and die first. Multiple of the tone, share, decay per second.
CHIME_PARTIALS = ((1.0, 1.0, 4.5), (2.0, 0.25, 8.0), (3.0, 0.08, 13.0))
CHIME_ATTACK_S = 0.012
CHIME_PEAK = 0.45


def spoken(text: str, language: str, voice: str) -> "Sound[int]":
    """Let espeak-ng say a text, trimmed and brought to the common loudness."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "clip.wav")
        command = ["espeak-ng", "-v", voice, "-s", str(WORDS_A_MINUTE), "-a", str(AMPLITUDE), "-w", str(path)]
        subprocess.run([*command, RESPELLED.get((language, text), text)], check=True)
        return levelled(trim(read_clip(path)))


def levelled(sound: "Sound[int]") -> "Sound[int]":
    """Bring a sound to the loudness all clips share."""
    rms = math.sqrt(sum(s * s for s in sound) / len(sound))
    gain = min(SPEECH_RMS * FULL_SCALE / rms, GREATEST_PEAK * FULL_SCALE / peak(sound))
    return array("h", (round(s * gain) for s in sound))


def chime() -> "Sound[int]":
    """Strike the two tones of the hall's chime."""
    length = round(max(start + seconds for _, start, seconds in CHIME_TONES) * RATE_HZ)
    wave = [0.0] * length
    for frequency, start, seconds in CHIME_TONES:
        first = round(start * RATE_HZ)
        for i in range(round(seconds * RATE_HZ)):
            t = i / RATE_HZ
            # Rises in the attack, and reaches zero at the end, so that neither edge clicks.
            envelope = min(1.0, t / CHIME_ATTACK_S) * min(1.0, (seconds - t) / 0.2)
            wave[first + i] += envelope * sum(
                share * math.exp(-decay * t) * math.sin(2 * math.pi * frequency * multiple * t)
                for multiple, share, decay in CHIME_PARTIALS
            )
    loudest = max(abs(s) for s in wave)
    return array("h", (round(s / loudest * CHIME_PEAK * FULL_SCALE) for s in wave))


def main() -> int:
    """Make every clip, check the folders, and say how large they are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ASSETS_DIR / "voice", help="where the voices go")
    out: Path = parser.parse_args().out
    problems: list[str] = []
    for (language, name), voice in VOICES.items():
        folder = out / language / name
        folder.mkdir(parents=True, exist_ok=True)
        for clip, text in SCRIPT[language].items():
            write_wav(folder / f"{clip}.wav", spoken(text, language, voice))
        problems += check_clips(folder)
    write_wav(out / f"{CHIME}.wav", chime())
    for problem in problems:
        print(problem, file=sys.stderr)
    files = list(out.rglob("*.wav"))
    print(f"{len(files)} clips, {sum(f.stat().st_size for f in files) / 1e6:.2f} MB in {out}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
