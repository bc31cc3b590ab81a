"""Words → what engines read: the types that were named, and what is left, corrected, by its roots."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

from directory.cards import TypeRef, type_ref
from directory.models import ActorType
from search import vocabulary
from search.question import Concept, Question, Term
from search.words import INTENT_WORDS, MAX_TERMS, SPEAKER_WORDS, STOP_WORDS, content_words, root

Key = tuple[str, ...]  # the roots of a name
_SHORT_NUMBER = 2  # digits: an age or a department, not a word


@dataclass(frozen=True)
class Understanding:
    """`question` with its concepts and terms; `types`: the sheets that the words name, in the usual order."""

    question: Question
    types: tuple[TypeRef, ...] = ()


@dataclass(frozen=True)
class _Mention:
    key: Key
    source: str
    types: tuple[ActorType, ...]


def understand(question: Question, types: Iterable[ActorType]) -> Understanding:
    """One query when there are words: those that typos are compared with. `types`: those in use.

    Engines receive only what is here: an exact sigle or name first, then the words left; any of them answers.
    """
    words = content_words(question.words, keep=SPEAKER_WORDS)
    if not words:
        return Understanding(question)
    options = _options(words)
    mentions, left = _read(words, options, _keys(types, question.without))
    named = {one.pk: one for mention in mentions for one in mention.types}
    understood = replace(
        question,
        concepts=(*question.concepts, *_concepts(mentions)),
        terms=_terms(mentions, left, options),
    )
    return Understanding(understood, tuple(type_ref(one) for one in sorted(named.values(), key=_rank)))


def _rank(one: ActorType) -> tuple[int, int]:
    return one.rank, one.pk


def _options(words: Sequence[str]) -> dict[str, Term]:
    """Each word with the roots that it may stand for: its own, those of what it was probably meant to be."""
    corrected = vocabulary.corrections([word for word in words if word not in STOP_WORDS])
    return {
        word: tuple(dict.fromkeys([root(word), *(root(other) for other in corrected.get(word, ()))]))
        for word in words
    }


# --- Types that the words name ------------------------------------------------------------------------------


def _keys(types: Iterable[ActorType], without: Iterable[str]) -> dict[Key, list[ActorType]]:
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
    return tuple(root(word) for word in content_words(name, keep=SPEAKER_WORDS))


def _names(one: ActorType) -> list[str]:
    return [one.name, one.name.split("(")[0], one.name.split(",")[0], one.acronym, *one.aliases]


def _read(
    words: Sequence[str], options: Mapping[str, Term], keys: Mapping[Key, list[ActorType]]
) -> tuple[list[_Mention], list[str]]:
    """The types named, the longest name first at each word; and the words left."""
    longest = max(map(len, keys), default=0)
    mentions: list[_Mention] = []
    left: list[str] = []
    start = 0
    while start < len(words):
        mention = _mention_at(words[start : start + longest], options, keys)
        if mention:
            mentions.append(mention)
        else:
            left.append(words[start])
        start += len(mention.key) if mention else 1
    return mentions, left


def _mention_at(
    words: Sequence[str], options: Mapping[str, Term], keys: Mapping[Key, list[ActorType]]
) -> _Mention | None:
    for length in range(len(words), 0, -1):
        for key in product(*(options[word] for word in words[:length])):
            if key in keys:
                return _Mention(key, " ".join(words[:length]), tuple(keys[key]))
    return None


def _concepts(mentions: Iterable[_Mention]) -> list[Concept]:
    concepts = {
        one.slug: Concept("type", one.slug, one.short_name, mention.source)
        for mention in mentions
        for one in mention.types
    }
    return list(concepts.values())


# --- Terms ------------------------------------------------------------------------------------------------


def _terms(
    mentions: Iterable[_Mention], left: Iterable[str], options: Mapping[str, Term]
) -> tuple[Term, ...]:
    """A name is a phrase; each other word that carries content stands alone. Nothing is said twice."""
    phrases = [[word for word in mention.key if word not in SPEAKER_WORDS] for mention in mentions]
    terms: list[Term] = [(" ".join(phrase),) for phrase in phrases if phrase]
    terms += [options[word] for word in left if _is_content(word)]
    return tuple(dict.fromkeys(terms))[:MAX_TERMS]


def _is_content(word: str) -> bool:
    is_short_number = word.isdigit() and len(word) <= _SHORT_NUMBER
    return not is_short_number and word not in INTENT_WORDS and word not in STOP_WORDS
