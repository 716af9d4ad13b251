"""The journal's file: its chain of rows, what is made from it, and how it is read (DESIGN §3)."""
