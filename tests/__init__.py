"""Tests mirror the packages; names read as sentences."""
