"""Procedures: import, check, and search without accents (DESIGN §5)."""
