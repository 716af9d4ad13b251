"""The tour: the whole story with real processes and real input events, written down as pictures and figures."""
