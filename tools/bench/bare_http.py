"""The other floor: the smallest HTTP server that commits one row per request; no rights, no checks, no journal."""

from pathlib import Path

from tools.bench.measured import MeasuredProcess

PROGRAM = """
import asyncio, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA journal_mode = WAL")
db.execute("PRAGMA synchronous = FULL")
db.execute("CREATE TABLE ticket (id INTEGER PRIMARY KEY, body BLOB)")

async def serve(reader, writer):
    try:
        while True:
            head = await reader.readuntil(b"\\r\\n\\r\\n")
            length = int(head.lower().split(b"content-length:")[1].split(b"\\r\\n")[0])
            body = await reader.readexactly(length)
            db.execute("BEGIN")
            db.execute("INSERT INTO ticket (body) VALUES (?)", (body,))
            db.execute("COMMIT")
            writer.write(b"HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\n{}")
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()

async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()

asyncio.run(main())
"""


class BareServer(MeasuredProcess):
    """A process of it, spoken to like a hub."""

    def __init__(self, database: Path) -> None:
        """Start it on a file that does not exist yet."""
        super().__init__("-c", PROGRAM, str(database.absolute()))
        self.port = int(self.hear())
        self.tokens = {"kiosk": ""}
