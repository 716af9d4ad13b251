"""How another machine carries the journal on: copying, keeping, recovery, losses (DESIGN §6; docs/decisions/0012)."""
