"""Text in several languages at the same time: a board and a kiosk of one hall may speak different ones."""

Text = dict[str, str]
"""Language code ("vi", "en", "km") to wording; "vi" is always there."""

DEFAULT_LANGUAGE = "vi"


def pick(text: Text, language: str) -> str:
    """Return the wording in `language`, or the Vietnamese one: never an empty label."""
    return text.get(language) or text[DEFAULT_LANGUAGE]
