"""The demo's paper tray."""
