"""The centre's server: journal, writer, HTTP and event stream (DESIGN §2)."""
