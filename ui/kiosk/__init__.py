"""The citizen's touch screen."""
