"""The rating tablet at each counter."""
