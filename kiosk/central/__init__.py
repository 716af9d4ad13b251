"""The province's PostgreSQL: migrations, push, pull (DESIGN §7)."""
