"""Central on real PostgreSQL servers."""
