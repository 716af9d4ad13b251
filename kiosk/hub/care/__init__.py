"""What a technician does with a data folder: verify, export, back up, restore."""
