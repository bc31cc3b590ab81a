"""A folded text that the database keeps up to date by itself, whoever writes the row."""

from typing import Any

from django.db.models import Func, TextField

_LETTERS = "àâäáãåçéèêëíìîïñóòôöõúùûüýÿ", "aaaaaaceeeeiiiinooooouuuuyy"
# Capitals apart: what `lower` makes of an accent depends on the collation of the database.
_PLAIN = f"translate(%(expressions)s, '{_LETTERS[0]}{_LETTERS[0].upper()}', '{_LETTERS[1] * 2}')"
_JOINED = f"replace(replace(replace(replace({_PLAIN}, 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae')"
_WORDS = f"trim(regexp_replace(lower({_JOINED}), '[^a-z0-9]+', ' ', 'g'))"
_SAINTS = rf"regexp_replace(regexp_replace({_WORDS}, '\mst\M', 'saint', 'g'), '\mste\M', 'sainte', 'g')"


class Folded(Func):
    """Names joined, as `directory.folding.fold` writes them, a space before each word: " la traverse lt".

    For a generated column: unlike `unaccent`, nothing in it depends on a setting of the server.
    """

    arg_joiner = " || ' ' || "
    template = f"' ' || {_SAINTS}"

    def __init__(self, *names: str, **extra: Any) -> None:
        extra.setdefault("output_field", TextField())
        super().__init__(*names, **extra)
