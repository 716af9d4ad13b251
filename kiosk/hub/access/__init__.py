"""Who may ask, and for what: devices, PINs, sessions, rights (DESIGN §9; docs/decisions/0008)."""
