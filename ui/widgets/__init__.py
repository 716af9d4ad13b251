"""The controls every screen is made of: sills, doors, number label (LOOK)."""
