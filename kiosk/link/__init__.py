"""A device's side of the hub: commands, stream, outbox; no Qt (DESIGN §6)."""
