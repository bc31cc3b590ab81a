"""Words → concepts: the entries that coordinators keep and the names of the types, compared by their roots.

Read once by each process and again as soon as somebody changes an entry: never at import time.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from directory.folding import PARTS, fold, has_without, parts_of, spellings
from directory.models import LexiconEntry
from search.held import Held, stamp_of
from search.words import SPEAKER_WORDS, content_words, root

Key = tuple[str, ...]
KINDS: Mapping[str, str] = {
    "t": "type",
    "v": "violence",
    "p": "public",
    "s": "besoin",
    "c": "content",
    "n": "number",
    "d": "danger",
    "l": "langue",
}
_BARE_LETTERS = 1
_WORDS_OF_A_PHRASE = 3


@dataclass(frozen=True)
class Entry:
    """`concepts` are (kind, slug); `minor` and `adult` stand instead when the age of the person is known."""

    concepts: tuple[tuple[str, str], ...]
    minor: tuple[tuple[str, str], ...] = ()
    adult: tuple[tuple[str, str], ...] = ()
    is_clue: bool = False

    def said_of(self, is_minor: bool, is_adult: bool) -> tuple[tuple[str, str], ...]:
        if is_minor and self.minor:
            return self.minor
        return self.adult if is_adult and self.adult else self.concepts


@dataclass(frozen=True)
class Apart:
    """A wording in several parts, each with its spellings: words as written, or their roots. `without`: what
    the text must not hold."""

    parts: tuple[frozenset[Key], ...]
    without: frozenset[Key]
    entry: Entry
    is_exact: bool


@dataclass(frozen=True)
class Lexicon:
    """`loose`: roots of the words that carry content → entry; `exact`: every word as written → entry;
    `apart`: words that are not beside each other."""

    loose: Mapping[Key, Entry] = field(default_factory=dict)
    exact: Mapping[Key, Entry] = field(default_factory=dict)
    apart: tuple[Apart, ...] = ()

    @cached_property
    def rooted(self) -> Mapping[Key, Entry]:
        """The long names of `exact` by the roots of their words: too long to be taken for others."""
        return {
            tuple(map(root, key)): entry
            for key, entry in self.exact.items()
            if len(key) >= _WORDS_OF_A_PHRASE
        }

    @cached_property
    def words(self) -> frozenset[str]:
        """The roots and the exact words that mean something."""
        beside = (part for keys in (self.loose, self.exact) for key in keys for part in key)
        apart = (word for one in self.apart for part in one.parts for key in part for word in key)
        return frozenset((*beside, *apart))

    @cached_property
    def longest(self) -> int:
        return max(map(len, self.loose), default=0)

    @cached_property
    def longest_exact(self) -> int:
        return max(map(len, self.exact), default=0)

    @cached_property
    def longest_part(self) -> int:
        parts = (part for one in self.apart for part in (*one.parts, one.without))
        return max((len(key) for part in parts for key in part), default=0)


def key_of(words: str) -> Key:
    return tuple(root(word) for word in content_words(words, keep=SPEAKER_WORDS))


def exact_key_of(words: str) -> Key:
    return tuple(fold(words).split())


def made_of(entries: Iterable[LexiconEntry]) -> Lexicon:
    loose: dict[Key, Entry] = {}
    exact: dict[Key, Entry] = {}
    apart: list[Apart] = []
    for one in entries:
        entry = Entry(pairs(one.concepts), pairs(one.minor), pairs(one.adult), one.clue)
        apart += (_apart(words, entry, one.exact) for words in one.words if PARTS in words)
        whole = (words for words in one.words if PARTS not in words)
        for words in (spelled for written in whole for spelled in spellings(written)):
            if one.exact:
                exact.setdefault(exact_key_of(words), entry)
            elif key := key_of(words):
                loose.setdefault(key, entry)
    return Lexicon(loose, exact, tuple(apart))


def _apart(words: str, entry: Entry, is_exact: bool) -> Apart:
    """Every small word counts in a part; its endings only when it is exact."""
    read = exact_key_of if is_exact else lambda spelled: tuple(map(root, exact_key_of(spelled)))
    keys = [frozenset(filter(None, map(read, part))) for part in parts_of(words)]
    absent = has_without(words)
    wanted = tuple(part for part, is_absent in zip(keys, absent, strict=True) if not is_absent)
    unwanted = (part for part, is_absent in zip(keys, absent, strict=True) if is_absent)
    return Apart(wanted, frozenset().union(*unwanted), entry, is_exact)


def pairs(codes: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """["v:conjugales"] → (("violence", "conjugales"),); what is malformed is left out."""
    split = (code.partition(":") for code in codes)
    return tuple((KINDS[kind], slug) for kind, colon, slug in split if colon and kind in KINDS and slug)


# --- The one in force ---------------------------------------------------------------------------------------

LEXICON = Held(stamp_of(LexiconEntry), lambda: made_of(LexiconEntry.objects.filter(is_open=True)))


def current_lexicon() -> Lexicon:
    """One query, two when somebody changed an entry since."""
    return LEXICON.current()


def words_of_lexicon() -> Iterator[str]:
    """The folded words of the entries in use: what typos are compared with."""
    for words in LexiconEntry.objects.filter(is_open=True).values_list("words", flat=True):
        for one in words:  # choices are words too: what parts them is no letter
            yield from (word for word in content_words(one) if len(word) > _BARE_LETTERS)
