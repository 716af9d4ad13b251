"""The supervisor: the hall as it is now, and the keys to close and open its parts."""
