"""Where a text names what the lexicon or the types know: the longest name first, at each word."""

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from directory.models import ActorType
from search.lexicon import Entry, Key, Lexicon, key_of
from search.question import Term
from search.words import root

# « sans porter plainte », « pas d’hébergement »: what stands between a refusal and what is refused.
_REFUSALS = frozenset({"sans", "pas", "ni", "aucun", "aucune", "jamais"})
_BETWEEN = frozenset(
    {"de", "d", "porter", "deposer", "vouloir", "veut", "besoin", "besoins", "un", "une", "du", "la", "le"}
)
_SAID_INSIDE = frozenset({"violence", "public"})
_ASIDE = re.compile(r"\s*\([^)]*\)")
_CARE = ("besoin", "prise-en-charge-auteur")
_OF_THE_ACCUSED = (("type", "avocats"), ("besoin", "information-juridique"))
_DENIED_KINDS = frozenset({"besoin", "type"})


@dataclass(frozen=True)
class Mention:
    """`start` and `end` are tokens; `key` the roots that were recognised. `is_denied`: what is not wanted."""

    start: int
    end: int
    key: Key
    types: tuple[ActorType, ...] = ()
    entry: Entry | None = None
    is_denied: bool = False

    @property
    def is_clue(self) -> bool:
        return not self.types and self.entry is not None and self.entry.is_clue


def type_keys(types: Iterable[ActorType], without: Iterable[str]) -> dict[Key, list[ActorType]]:
    """The types in use by each of their names: sigle, other names, full name (its aside apart)."""
    removed = {slug.removeprefix("type:") for slug in without if slug.startswith("type:")}
    keys: dict[Key, list[ActorType]] = {}
    for one in types:
        if one.slug in removed:
            continue
        for key in {_key(name) for name in _names(one)} - {()}:
            keys.setdefault(key, []).append(one)
    return keys


@lru_cache(maxsize=4096)
def _key(name: str) -> Key:
    return key_of(name)


def _names(one: ActorType) -> list[str]:
    """« Brigade (locale) de protection » is also said without its aside, never « brigade » alone."""
    return [one.name, _ASIDE.sub("", one.name), one.name.split(",")[0], one.acronym, *one.aliases]


def named_by(keys: Iterable[Key]) -> frozenset[str]:
    """The words of the names of the types."""
    return frozenset(part for key in keys for part in key)


def known_to(named: Container[str], lexicon: Lexicon) -> Callable[[str], bool]:
    """Whether a folded word means something: no place is read into it."""

    def is_known(word: str) -> bool:
        return any(one in named or one in lexicon.words for one in (word, root(word)))

    return is_known


def mentions_in(
    tokens: Sequence[str],
    free: Sequence[bool],
    options: Mapping[str, Term],
    keys: Mapping[Key, list[ActorType]],
    lexicon: Lexicon,
) -> list[Mention]:
    """In the order of the text; they do not overlap."""
    longest = max(lexicon.longest, max(map(len, keys), default=0))
    found: list[Mention] = []
    index = 0
    while index < len(tokens):
        mention = _at(tokens, free, index, options, keys, lexicon, longest) if free[index] else None
        if mention and mention.is_clue:
            mention = _fact_beyond(mention, tokens, free, options, keys, lexicon, longest) or mention
        if mention:
            found.append(with_refusal(mention, tokens))
            found += _inside(mention, tokens, free, options, lexicon, longest)
        index = mention.end if mention else index + 1
    return found


def _fact_beyond(
    clue: Mention,
    tokens: Sequence[str],
    free: Sequence[bool],
    options: Mapping[str, Term],
    keys: Mapping[Key, list[ActorType]],
    lexicon: Lexicon,
    longest: int,
) -> Mention | None:
    """« son mari » is a clue, « mari violent » a fact that begins inside it: the fact is what was said."""
    for index in range(clue.start + 1, clue.end):
        one = _at(tokens, free, index, options, keys, lexicon, longest)
        if one and not one.is_clue and one.end > clue.end:
            return one
    return None


def _inside(
    mention: Mention,
    tokens: Sequence[str],
    free: Sequence[bool],
    options: Mapping[str, Term],
    lexicon: Lexicon,
    longest: int,
) -> list[Mention]:
    """What a longer name says besides: « en train de me frapper » is a danger, « me frapper » a violence."""
    if mention.entry is None and not mention.types:
        return []
    if mention.entry and not (mention.entry.concepts or mention.types):
        return []  # an innocent turn: « pas de danger immédiat » is no danger
    if mention.entry and _is_of_the_accused(mention.entry):
        return []
    held = {kind for kind, _slug in mention.entry.concepts} if mention.entry else set()
    inside = [index in range(mention.start, mention.end) and is_free for index, is_free in enumerate(free)]
    found: list[Mention] = []
    for index in range(mention.start, mention.end):
        one = _at(tokens, inside, index, options, {}, lexicon, longest)
        if one and one.entry and one.end - one.start < mention.end - mention.start and not one.is_clue:
            kinds = {kind for kind, _slug in one.entry.concepts}
            if kinds <= _SAID_INSIDE and not kinds & held:
                found.append(one)
    return found


def _is_of_the_accused(entry: Entry) -> bool:
    """« psy pour homme violent », « accusé de viol »: nobody says that they suffered it."""
    if set(entry.concepts) == set(_OF_THE_ACCUSED):
        return True
    return _CARE in entry.concepts and ("public", "auteur") not in entry.concepts


def _at(
    tokens: Sequence[str],
    free: Sequence[bool],
    index: int,
    options: Mapping[str, Term],
    keys: Mapping[Key, list[ActorType]],
    lexicon: Lexicon,
    longest: int,
) -> Mention | None:
    exact = _exact_at(tokens, free, index, options, lexicon)
    loose = (
        _loose_at(tokens, free, index, options, keys, lexicon, longest) if tokens[index] in options else None
    )
    if exact and loose:
        is_named = exact.is_clue and bool(loose.types) and _says_all(loose, tokens, free, options)
        return loose if is_named or loose.end > exact.end else exact
    return exact or loose


def _says_all(
    mention: Mention, tokens: Sequence[str], free: Sequence[bool], options: Mapping[str, Term]
) -> bool:
    """« aide à domicile », alone, is a service that is sought; beside facts, who is there."""
    others = (index for index in range(len(tokens)) if not mention.start <= index < mention.end)
    return not any(free[index] and tokens[index] in options for index in others)


def _exact_at(
    tokens: Sequence[str], free: Sequence[bool], index: int, options: Mapping[str, Term], lexicon: Lexicon
) -> Mention | None:
    for length in range(min(lexicon.longest_exact, len(tokens) - index), 0, -1):
        key = tuple(tokens[index : index + length])
        entry = lexicon.exact.get(key) or lexicon.rooted.get(meant(key, options))
        if entry and all(free[index : index + length]):
            return Mention(index, index + length, key, entry=entry)
    return None


def meant(said: Key, options: Mapping[str, Term]) -> Key:
    """« pas portter plainte » is « pas porter plainte », not the wish to: a misspelt refusal stays one."""
    return tuple((options.get(word) or (root(word),))[-1] for word in said)


def _loose_at(
    tokens: Sequence[str],
    free: Sequence[bool],
    index: int,
    options: Mapping[str, Term],
    keys: Mapping[Key, list[ActorType]],
    lexicon: Lexicon,
    longest: int,
) -> Mention | None:
    """From this word on, over the words that carry content; small words between them are passed over."""
    run = _run(tokens, free, index, options, longest)
    for length in range(len(run), 0, -1):
        for key in product(*(options[tokens[position]] for position in run[:length])):
            if key in keys or key in lexicon.loose:
                types = tuple(keys.get(key, ()))
                return Mention(index, run[length - 1] + 1, key, types, lexicon.loose.get(key))
    return None


def _run(
    tokens: Sequence[str], free: Sequence[bool], index: int, options: Mapping[str, Term], longest: int
) -> list[int]:
    run: list[int] = []
    for position in range(index, len(tokens)):
        if not free[position] or len(run) == longest:
            break
        if tokens[position] in options:
            run.append(position)
    return run


def with_refusal(mention: Mention, tokens: Sequence[str]) -> Mention:
    position = mention.start - 1
    while position >= 0 and tokens[position] in _BETWEEN:
        position -= 1
    # « je ne sais pas où dormir » refuses nothing.
    refused = position >= 0 and tokens[position] in _REFUSALS and tokens[mention.start] != "ou"
    if not refused:
        return mention
    return Mention(
        mention.start, mention.end, mention.key, mention.types, mention.entry, _is_deniable(mention)
    )


def _is_deniable(mention: Mention) -> bool:
    kinds = {kind for kind, _slug in mention.entry.concepts} if mention.entry else set()
    return bool(mention.types) or bool(kinds & _DENIED_KINDS)
