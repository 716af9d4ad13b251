"""The printer behind the plug: roll, knife, head, buffer and what it says. No socket and no thread.

As real ones do (PLATFORM §4): without paper it takes bytes and waits, prints on when there is paper, and forgets what
it held when it is switched off. A roll that is changed in the middle of a receipt leaves a torn piece and a second one.
"""

import re
from collections.abc import Callable, Iterable

from printers.simulator.decoder import Decoder, Request
from printers.simulator.roll import Paper
from printers.simulator.state import STOPPING, ReceiverState, States, sensor_byte, status_back, status_byte, watched_by

_REAL_TIME_REQUEST = re.compile(b"\x10\x04([\x01-\x04])", re.DOTALL)
_NAMES = {65: "1.0", 66: "MOI", 67: "SIMULATOR", 68: "0"}
"""Answers to GS I: firmware, maker, model, serial number."""

Change = Callable[[], None]


class Machine:
    """One printer of `width_dots`. Whoever owns it calls it from one thread at a time.

    Finished paper is in `take_papers`, what it has to say in `take_words`: both are asked for after every call.
    """

    def __init__(self, width_dots: int) -> None:
        self.decoder = Decoder(width_dots)
        self.states: frozenset[ReceiverState] = frozenset()
        self._held = bytearray()
        self._papers: list[Paper] = []
        self._words = bytearray()
        self._last_bytes = b""
        self._watch = 0
        self._later: list[tuple[int, Change]] = []
        self.deaf = False
        """Set by a change that ends the line: the rest of what was being taken never arrived."""

    @property
    def held(self) -> int:
        """How many bytes wait for paper, knife or head."""
        return len(self._held)

    def take(self, data: bytes) -> None:
        """Take bytes off the line: print what can be printed, hold the rest, answer.

        Requests of DLE EOT are answered wherever they stand, inside pictures too: real printers do not look.
        """
        self.deaf = False
        before, at = len(self._last_bytes), 0
        heard = self._last_bytes + data
        for match in _REAL_TIME_REQUEST.finditer(heard):
            start, end = max(match.start() - before, 0), match.end() - before
            self._take_job(data[at:start])
            if self.deaf:
                return
            self._held += data[start:end]
            self._print()
            self._say(bytes((status_byte(match[1][0], self.states),)))
            at = end
        self._take_job(data[at:])
        self._last_bytes = heard[-2:]

    def later(self, after_bytes: int, change: Change) -> None:
        """Make a change once `after_bytes` more bytes have come, requests for status not counted.

        0 makes it when the next byte comes, before that byte counts for anything.
        """
        self._later.append((after_bytes, change))

    def forget_later(self) -> None:
        """Make none of the changes that were asked for `later`, nor let the knife get stuck."""
        self._later.clear()
        self.decoder.knife_jams = False

    def set_states(self, states: Iterable[ReceiverState]) -> None:
        """Be exactly like this; goes on printing where it can. A new roll tears off what the old one had begun."""
        before, self.states = self.states, frozenset(states) - {ReceiverState.READY}
        if ReceiverState.PAPER_OUT in before - self.states:
            torn = self.decoder.tear()
            self._papers += [torn._replace(torn=True)] if torn else []
        if ReceiverState.CUTTER_JAMMED in before - self.states:
            self.decoder.knife_jams = False
        if self._watch and watched_by(self._watch, before) != watched_by(self._watch, self.states):
            self._say(status_back(self.states))
        self._print()

    def jam_at_next_cut(self) -> None:
        """Let the knife get stuck when it is next used."""
        self.decoder.knife_jams = True

    def hang_up(self) -> None:
        """Notice that the line has ended: half a command is dropped, unless it waits behind something."""
        self._last_bytes, self._watch = b"", 0
        if not self._held and not self.decoder.stuck:
            self.decoder.forget_half_command()

    def switch_off(self) -> None:
        """Lose the buffer and all settings; the roll, the cover and the knife stay as they are."""
        self._held.clear()
        self.decoder.switch_off()
        self.hang_up()
        self._words.clear()
        self.states = self.states - {ReceiverState.OFFLINE, ReceiverState.OVERHEATED}

    def tear_off(self) -> None:
        """Finish a piece of paper that was printed and not cut."""
        paper = self.decoder.finish()
        self._papers += [paper] if paper else []

    def take_papers(self) -> list[Paper]:
        """Return the pieces that have come out since the last call."""
        papers, self._papers = self._papers, []
        return papers

    def take_words(self) -> bytes:
        """Return what it says since the last call."""
        words = bytes(self._words)
        self._words.clear()
        return words

    def _take_job(self, data: bytes) -> None:
        while data and not self.deaf:
            due = [change for left, change in self._later if left <= 0]
            self._later = [(left, change) for left, change in self._later if left > 0]
            for change in due:
                change()
            if due:
                continue
            part = data[: min((left for left, _ in self._later), default=len(data))]
            self._later = [(left - len(part), change) for left, change in self._later]
            self._held += part
            self._print()
            data = data[len(part) :]

    def _print(self) -> None:
        if (not self._held and not self.decoder.stuck) or self.states & STOPPING:
            return
        self._papers += self.decoder.feed(bytes(self._held))
        self._held.clear()
        for request in self.decoder.take_requests():
            self._say(self._answer(request))
        if self.decoder.stuck:
            self.set_states({*self.states, ReceiverState.CUTTER_JAMMED})

    def _answer(self, request: Request) -> bytes:
        """Answer what was asked in the stream, now that the printer has come to it."""
        number = request.parameters[0] if request.parameters else 0
        match request.name:
            case b"\x1dr":
                return sensor_byte(number, self.states)
            case b"\x1b@":  # ends what GS a began (Epson's reference)
                self._watch = 0
                return b""
            case b"\x1da":
                self._watch = number
                return status_back(self.states) if number else b""
            case b"\x1dI":
                name = _NAMES.get(number)
                return b"_" + name.encode() + b"\0" if name else b"\x02" * (number & 0x0F in (1, 2, 3))
            case _:  # GS ( H, function 48: the job's own id, once it is on paper
                own = request.parameters
                return b"\x37\x22" + own[2:] + b"\0" if own[:2] == b"00" and len(own) == 6 else b""

    def _say(self, words: bytes) -> None:
        if ReceiverState.MUTE not in self.states:
            self._words += words


def with_state(states: States, state: ReceiverState, *, begins: bool) -> frozenset[ReceiverState]:
    """Return the states with one more, or one less; a roll is low or out, not both."""
    less = {state}
    if begins and state in (ReceiverState.PAPER_LOW, ReceiverState.PAPER_OUT):
        less = {ReceiverState.PAPER_LOW, ReceiverState.PAPER_OUT}
    return frozenset(states - less) | (frozenset((state,)) if begins else frozenset())
