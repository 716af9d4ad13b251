"""Receipts as a printer's own letters (TCVN-3): for known models on lines too slow for pictures (DOMAIN §9)."""
