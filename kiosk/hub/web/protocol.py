"""HTTP as uvicorn speaks it, and a way to hang up on someone who does not read."""

import asyncio
import socket
from collections.abc import Callable, MutableMapping
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

UNREAD_MS = 20_000
"""After so long without an acknowledgement, or with a shut window, the machine's TCP gives a connection up."""
SEND_BUFFER = 64 * 1024
"""Bytes the machine keeps for one reader; by itself it would go up to 4 MB, which two hundred stuck screens must not
hold. Enough for a hall's network: a gigabit for half a millisecond."""
_ABORT = "moi.abort"


class Protocol(HttpToolsProtocol):
    """uvicorn's protocol. An application that has given up on a reader can end the connection at once.

    Closing it in order would wait until everything written is read: whoever stops reading would hold that memory for as
    long as the machine is on.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in the base class
        """Begin; a reader that is stuck in the middle of any other answer is left to the machine's TCP."""
        super().connection_made(transport)
        connection = transport.get_extra_info("socket")
        if connection is None:
            return
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        user_timeout = getattr(socket, "TCP_USER_TIMEOUT", None)  # Linux
        if user_timeout is not None:
            connection.setsockopt(socket.IPPROTO_TCP, user_timeout, UNREAD_MS)

    def on_message_begin(self) -> None:
        """Give each request the way to end its connection."""
        super().on_message_begin()
        self.scope["extensions"] = {_ABORT: {"call": self.transport.abort}}


def aborting(scope: MutableMapping[str, Any]) -> Callable[[], object]:
    """Return what ends a request's connection at once; it does nothing where the server has no such way."""
    found: Callable[[], object] = scope.get("extensions", {}).get(_ABORT, {}).get("call", lambda: None)
    return found
