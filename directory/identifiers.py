"""Public identifiers: opaque, so that an address in a history tells nothing and nothing can be counted."""

from secrets import choice

# No vowel (no word can be formed), no letter that is taken for a digit.
_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"


def new_public_id() -> str:
    """Ten characters out of 27: about 2·10¹⁴ values."""
    return "".join(choice(_ALPHABET) for _ in range(10))
