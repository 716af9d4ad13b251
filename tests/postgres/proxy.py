"""A line to the server that breaks where a test wants it to."""

import contextlib
import socket
import threading
from collections.abc import Callable
from enum import Enum

_PUSH = b"FROM moi.push("
_READY = b"Z\x00\x00\x00\x05I"
"""PostgreSQL's ReadyForQuery outside a transaction: what it did is committed."""


class Cut(Enum):
    """Where the next push breaks off."""

    IN_REQUEST = "half of the request gets through"
    BEFORE_ANSWER = "the server commits, its answer is lost"
    SILENCE = "the server commits, its answer never comes, and the line stays up"


class BreakingProxy:
    """Passes bytes both ways; `cut_next` breaks the connection of the next push."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._next: Cut | None = None
        self.cuts_made = 0
        self._open: list[socket.socket] = []
        self._threads = [self._begin(self._accept)]

    def cut_next(self, where: Cut) -> None:
        """Break the connection that carries the next push."""
        self._next = where

    def close(self) -> None:
        """End all connections and threads."""
        for one in [self._listener, *self._open]:
            _end(one)
        for thread in self._threads:
            thread.join(10)

    def _begin(self, work: Callable[..., None], *arguments: object) -> threading.Thread:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        thread.start()
        return thread

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._server_port))
            except OSError:
                return
            self._open += [client, server]
            cut: list[Cut] = []
            self._threads.append(self._begin(self._requests, client, server, cut))
            self._threads.append(self._begin(self._answers, client, server, cut))

    def _requests(self, client: socket.socket, server: socket.socket, cut: list[Cut]) -> None:
        while data := _received(client):
            if self._next is not None and _PUSH in data:
                where, self._next = self._next, None
                if where is Cut.IN_REQUEST:
                    _send(server, data[: len(data) // 2])
                    self.cuts_made += 1
                    break
                cut.append(where)
            _send(server, data)
        _end(client)
        _end(server)

    def _answers(self, client: socket.socket, server: socket.socket, cut: list[Cut]) -> None:
        held_back = b""
        while data := _received(server):
            if cut:
                held_back += data
                if _READY in held_back and cut[0] is Cut.BEFORE_ANSWER:
                    self.cuts_made += 1
                    break
            else:
                _send(client, data)
        _end(client)
        _end(server)


def _received(source: socket.socket) -> bytes:
    try:
        return source.recv(65536)
    except OSError:
        return b""


def _send(target: socket.socket, data: bytes) -> None:
    try:
        target.sendall(data)
    except OSError:
        _end(target)


def _end(one: socket.socket) -> None:
    with contextlib.suppress(OSError):  # it may not be connected any more
        one.shutdown(socket.SHUT_RDWR)
    one.close()
