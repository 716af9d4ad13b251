"""Fonts need an application object."""

import pytest


@pytest.fixture(autouse=True)
def _application(qapp: object) -> None:
    """Every test here draws or measures text."""
