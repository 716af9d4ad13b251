"""The core of Mời: everything that is true without a screen or a printer (DESIGN §5)."""
