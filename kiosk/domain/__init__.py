"""The rules of the hall: frozen types and pure functions, no clock, no I/O, no Qt (DESIGN §3)."""
