"""Tokens in millimetres to colours, fonts and sizes (LOOK)."""
