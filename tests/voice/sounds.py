"""Sounds and folders for the voice's tests."""

import math
import threading
import time
import wave
from array import array
from collections.abc import Callable
from pathlib import Path

from kiosk.voice.clips import RATE_HZ, Sound, write_wav
from kiosk.voice.script import SCRIPT

PATIENCE_S = 30.0
"""Far more than anything here takes; reached only where a test has failed."""


def until(happened: Callable[[], object]) -> None:
    """Wait for something another thread or process does."""
    deadline = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < deadline, "it never happened"
        threading.Event().wait(0.005)


def tone(seconds: float, level: int = 10_000) -> "Sound[int]":
    return array("h", (round(level * math.sin(i / 8)) for i in range(round(seconds * RATE_HZ))))


def make_voice(root: Path, language: str = "vi", voice: str = "south", seconds: float = 0.02) -> Path:
    """Make a whole voice of short tones, and a chime beside it."""
    folder = root / language / voice
    folder.mkdir(parents=True)
    for clip in SCRIPT[language]:
        write_wav(folder / f"{clip}.wav", tone(seconds))
    write_wav(root / "chime.wav", tone(seconds))
    return folder


def write_other_form(path: Path, *, rate: int = RATE_HZ, channels: int = 1, width: int = 2) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(b"\x40" * channels * width * 1000)
