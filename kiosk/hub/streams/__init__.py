"""What screens follow: a view for each role, then its changes (DESIGN §3; docs/decisions/0010)."""
