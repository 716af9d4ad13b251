"""The clerk's small window."""
