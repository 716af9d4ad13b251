"""Numbers and calls to words to clips, per language (DESIGN §5)."""
