"""The benchmark: what the product promises in figures, each beside a floor timed in the same run."""
