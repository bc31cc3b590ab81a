"""What the box completes from memory: the words of the lexicon and the names of the types.

Held by each process, and read again as soon as somebody changes one: a cheap query tells.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from directory.folding import PARTS, fold
from directory.models import ActorType, LexiconEntry
from search.held import Held
from search.lexicon import LEXICON, pairs
from search.types import TYPES_STAMP, types_in_use
from search.words import STOP_WORDS

Meaning = tuple[tuple[str, str], ...]
_AFTER_ALL = "\uffff"
_PLURAL = 5  # letters: « sans », « ans », « plus » are no plurals
_STAMP = f"concat({LEXICON.stamp}, {TYPES_STAMP})"


@dataclass(frozen=True)
class Name:
    """`words` is what is written in the box; `owner` the entry or the type that it comes from.

    `plain` is what typed words are compared with (`plain_of`); `is_inside`: it begins at another word of the
    name than the first.
    """

    plain: str
    words: str
    owner: str
    meaning: Meaning = ()
    title: str = ""
    is_inside: bool = False

    @property
    def is_type(self) -> bool:
        return not self.meaning


@dataclass(frozen=True)
class Names:
    """In the order of `plain`, so that what begins alike is together."""

    all: Sequence[Name] = ()
    # Of the types in use, by slug: what a word that means a type is explained with.
    titles: Mapping[str, str] = field(default_factory=dict)

    def beginning_with(self, text: str) -> list[Name]:
        """The whole name first, then those that begin so, the shortest first. `text` is folded."""
        plain = plain_of(text)
        first = bisect_left(self.all, plain, key=attrgetter("plain"))
        last = bisect_left(self.all, plain + _AFTER_ALL, key=attrgetter("plain"))
        return sorted(self.all[first:last], key=lambda one: _rank(one, plain))


def _rank(name: Name, text: str) -> tuple[bool, bool, int, str, str]:
    return name.plain != text, name.is_inside, len(name.plain), name.plain, name.owner


def plain_of(folded: str) -> str:
    """Without the marks of plurals: « violences conj » begins « violence conjugale »."""
    return " ".join(
        word[:-1] if len(word) >= _PLURAL and word[-1] in "sx" else word for word in folded.split()
    )


def _made() -> Names:
    types = types_in_use()
    names = [*_of_lexicon(), *(name for one in types for name in _of_type(one))]
    ordered = sorted(set(names), key=lambda name: (name.plain, name.owner, name.words, name.is_inside))
    return Names(ordered, {one.slug: one.short_name for one in types})


def _of_lexicon() -> Iterator[Name]:
    """Clues and turns of phrase mean nothing by themselves, nor do lists of choices: they are read, never
    proposed."""
    for entry in LexiconEntry.objects.filter(is_open=True, clue=False):
        meaning = pairs(entry.concepts)
        for words in (one for one in entry.words if meaning and "(" not in one and PARTS not in one):
            yield Name(plain_of(fold(words)), words, f"lexicon:{entry.pk}", meaning)


def _of_type(one: ActorType) -> Iterator[Name]:
    """Whatever it is called, its sigle is what is written: the search knows it surely."""
    name = one.name.split("(")[0].split(",")[0].strip()
    words, owner = (name if "," in one.acronym else one.acronym or name), f"type:{one.slug}"
    title = str(one)
    for alias in (one.acronym, one.name, *one.aliases):
        if folded := fold(alias):
            yield Name(plain_of(folded), words, owner, title=title)
    tokens = fold(one.name).split()
    for index, token in enumerate(tokens[1:], start=1):
        if token not in STOP_WORDS and len(token) > 1:
            yield Name(plain_of(" ".join(tokens[index:])), words, owner, title=title, is_inside=True)


# --- The ones in force ------------------------------------------------------------------------------------


_held = Held(_STAMP, _made)


def current_names() -> Names:
    """One query, four when somebody changed an entry or a type since."""
    return _held.current()
