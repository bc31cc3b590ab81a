"""Words → what engines read: concepts recognised, the age, the moment, and the words left, by their roots.

Deterministic and explainable: each concept keeps the words that it came from, and may be taken back (`sans`).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from directory.cards import TypeRef, type_ref
from directory.folding import fold
from directory.models import ActorType
from search import vocabulary
from search.ages import Age, age_of_the_person, ages_in
from search.apart import mentions_apart
from search.concepts import concepts_of
from search.deeds import with_deeds, without_their_age
from search.elisions import words_of
from search.households import with_children, without_company
from search.lexicon import Lexicon, current_lexicon
from search.long_ago import told_long_ago
from search.mentions import Mention, known_to, mentions_in, named_by, type_keys
from search.numbers_said import number_alone
from search.question import Question, Term
from search.refusals import with_what_lacks
from search.taken_back import ages_kept, mentions_kept, moment_kept
from search.times import Said, Times, times_said
from search.words import INTENT_WORDS, MAX_TERMS, SENTENCE_END, SPEAKER_WORDS, STOP_WORDS, root, slips
from search.writers import told_by

_SHORT_NUMBER = 2  # digits: an age or a department, not a word
_COUPLE = (("violence", "conjugales"),)
# « la police ne vient pas », « formation violences », « aide »: they count when nothing else is understood.
_IN_PASSING = (
    (("besoin", "ecoute"), ("besoin", "accompagnement-social")),
    (("type", "commissariat"), ("type", "brigade-gendarmerie")),
    (("violence", "conjugales"), ("violence", "intrafamiliales")),
)
_HELP = frozenset({"aide", "aides"})  # everybody here gives some
_FACTS_TOLD = 2  # words of content


@dataclass(frozen=True)
class Understanding:
    """`question` with its concepts and terms; `types`: the sheets that the words name, in the usual order."""

    question: Question
    types: tuple[TypeRef, ...] = ()
    moment: Said | None = None
    unknown: tuple["UnknownWord", ...] = ()


@dataclass(frozen=True)
class UnknownWord:
    """A sigle in no list, never expanded; `close`: those that it resembles."""

    text: str
    close: tuple[str, ...]


def understand(
    question: Question, types: Iterable[ActorType], at: datetime | None = None, lexicon: Lexicon | None = None
) -> Understanding:
    """When there are words, the query of those that typos are compared with; one more without a `lexicon`."""
    if not fold(question.words):
        return Understanding(question)
    types = list(types)
    lexicon = current_lexicon() if lexicon is None else lexicon
    keys = type_keys(types, question.without)
    is_known = known_to(named_by(keys), lexicon)
    tokens = _tokens_of(
        told_by(question.words, keys), lambda word: word in question.place_words or is_known(word)
    )
    tokens = without_their_age(tokens)
    options = options_of(tokens)
    free = [token != SENTENCE_END for token in tokens]
    _claim_place(tokens, free, question.place_words)
    ages = ages_kept(ages_in(tokens), question.without)
    for said_age in ages:
        _claim(free, said_age.start, said_age.end)
    times = Times(None)
    if not question.when:
        times = times_said(tokens, at or timezone.now(), question.department or "")
    said = moment_kept(times.asked, question.without)
    for time_said in (*times.told, *([said] if said else [])):
        _claim(free, time_said.start, time_said.end)
    mentions = mentions_in(tokens, free, options, keys, lexicon)
    mentions += mentions_apart(tokens, free, options, lexicon, mentions)
    mentions = with_what_lacks(mentions_kept(mentions, question.without), tokens)
    unknown = tuple(
        one
        for one in unknown_sigles(question.words, mentions, tokens, types, options)
        if fold(one.text) not in question.place_words
    )
    ages, besides = with_children(ages, mentions, tokens)
    mentions = without_company(mentions, ages)
    age = age_of_the_person(ages)
    mentions, confessed, age = with_deeds(mentions, tokens, ages, age)
    besides += [*number_alone(tokens), *confessed, *told_long_ago(mentions, tokens)]
    found = _understood(question, types, tokens, free, options, mentions, age, said, besides)
    return replace(found, unknown=unknown)


# « le 15/10 » calls no ambulance; « 24/7 » and « 7/7 » are no days.
_DAY = r"(?:[0-2]?\d|3[01])"
_DATES = re.compile(
    rf"\b(?!24/7|7/7){_DAY}/(?:0?\d|1[0-2])(?:/\d{{2,4}})?\b"
    rf"|\b{_DAY}[.-](?:0[1-9]|1[0-2])(?:[.-]\d{{2,4}})?\b(?!\s*(?:ans|mois|h|€|euros))"
)
# « 14,5 ans » is fourteen, not five.
_HALF_YEARS = re.compile(r"(?<=\d)[.,]\d+(?=\s*ans?\b)")
# « elle est frappée, elle a un fils de 4 ans »: the child is of another clause.
_A_CHILD = r",\s+(?=(?:elle a (?:un|une|deux|trois|quatre|\d) |(?:son|sa) (?:fils|fille|bébé) a \d))"
_SENTENCES = re.compile(rf"(?<=\w{{3}})\s*[.!?;…]+\s|\n+|{_A_CHILD}", re.I)


def _tokens_of(words: str, is_known: Callable[[str], bool]) -> list[str]:
    """Between two sentences, a token that nothing matches: « … la cantine. Il la frappe » says no school."""
    tokens: list[str] = []
    for sentence in _SENTENCES.split(_DATES.sub(" ", _HALF_YEARS.sub("", words))):
        said = words_of(fold(sentence).split(), is_known)
        tokens += [SENTENCE_END, *said] if tokens and said else said
    return tokens


_SIGLE = re.compile(r"(?<![\w’'-])[A-ZÀ-Ü]{2,7}(?![\w’'-])")


def unknown_sigles(
    words: str,
    mentions: Iterable[Mention],
    tokens: Sequence[str],
    types: Iterable[ActorType],
    options: Mapping[str, Term],
) -> Iterator[UnknownWord]:
    """Words in capitals, in a text that is not, that nothing knows (domain.md §4: never expanded)."""
    if words.isupper() and len(tokens) > 1:
        return
    recognised = {token for mention in mentions for token in tokens[mention.start : mention.end]}
    sigles = sorted({name.strip() for one in types for name in one.acronym.split(",") if name.strip()})
    for sigle in dict.fromkeys(_SIGLE.findall(words)):
        folded = fold(sigle)
        if folded in options and folded not in recognised and len(options[folded]) == 1:
            near = [one for one in sigles if (slips(folded, fold(one), 2) or 9) <= 2 and len(one) > 2]
            yield UnknownWord(sigle, tuple(near[:3]))


def _understood(
    question: Question,
    types: Iterable[ActorType],
    tokens: Sequence[str],
    free: list[bool],
    options: Mapping[str, Term],
    mentions: Sequence[Mention],
    age: Age | None,
    said: Said | None,
    besides: Iterable[tuple[str, str, str]],
) -> Understanding:
    kept = _kept(mentions, age, _told(tokens, free, mentions, options))
    for mention in kept:
        _claim(free, mention.start, mention.end)
    names = {one.slug: one.short_name for one in types}
    concepts = concepts_of(kept, tokens, age, said, question.without, names, besides)
    found = {(one.kind, one.slug) for one in concepts}
    named = {one.pk: one for one in types if ("type", one.slug) in found}
    understood = replace(
        question,
        concepts=(*question.concepts, *concepts),
        terms=_terms(tokens, free, kept, options),
        age=age.years if age else None,
        moment=(said.moment.start, said.moment.end) if said else None,
    )
    sheets = tuple(type_ref(one) for one in sorted(named.values(), key=lambda one: (one.rank, one.pk)))
    return Understanding(understood, sheets, said)


def options_of(tokens: Sequence[str]) -> dict[str, Term]:
    """Each word with the roots that it may stand for: its own, those of what it was probably meant to be."""
    words = [word for word in tokens if _carries(word)]
    corrected = vocabulary.corrections([word for word in words if word not in STOP_WORDS])
    return {
        word: tuple(dict.fromkeys([root(word), *(root(other) for other in corrected.get(word, ()))]))
        for word in words
    }


def _carries(word: str) -> bool:
    return word in SPEAKER_WORDS or (word not in STOP_WORDS and len(word) > 1)


def _claim(free: list[bool], start: int, end: int) -> None:
    for index in range(start, end):
        free[index] = False


def _claim_place(tokens: Sequence[str], free: list[bool], place: Sequence[str]) -> None:
    for index in range(len(tokens) - len(place) + 1 if place else 0):
        if list(tokens[index : index + len(place)]) == list(place):
            _claim(free, index, index + len(place))


def _told(
    tokens: Sequence[str], free: Sequence[bool], mentions: Iterable[Mention], options: Mapping[str, Term]
) -> int:
    """How many words of content nothing recognised, but as a clue: « mon mari m’a vendu ma voiture »."""
    firm = (one for one in mentions if not one.is_clue or _says_couple(one))
    held = {index for mention in firm for index in range(mention.start, mention.end)}
    left = (word for index, word in enumerate(tokens) if free[index] and index not in held)
    return sum(word in options and _is_content(word) for word in left)


def _kept(mentions: Sequence[Mention], age: Age | None, told: int) -> list[Mention]:
    """Clues count only beside something firm, or an age. One that says the couple counts beside facts that
    are told in words of their own: « mon conjoint vérifie chaque ticket de caisse ». What is said
    in passing beside something firm does not count."""
    if any(not (mention.is_clue or _is_in_passing(mention)) for mention in mentions):
        mentions = [mention for mention in mentions if not _is_in_passing(mention)]
    firm = age is not None or any(not mention.is_clue for mention in mentions)
    if not firm and told >= _FACTS_TOLD:
        firm = any(map(_says_couple, mentions))
    return [mention for mention in mentions if firm or not mention.is_clue]


def _says_couple(mention: Mention) -> bool:
    return mention.entry is not None and mention.entry.concepts == _COUPLE


def _is_in_passing(mention: Mention) -> bool:
    return mention.entry is not None and mention.entry.concepts in _IN_PASSING


# --- Terms: a name is a phrase; each other word that carries content stands alone ------------------------


def _terms(
    tokens: Sequence[str], free: Sequence[bool], mentions: Iterable[Mention], options: Mapping[str, Term]
) -> tuple[Term, ...]:
    terms: list[Term] = []
    for mention in mentions:
        phrase = [part for part in mention.key if part not in SPEAKER_WORDS]
        if mention.types and phrase and not mention.is_denied:
            terms.append((" ".join(phrase),))
    left = (word for word, is_free in zip(tokens, free, strict=True) if is_free)
    terms += [options[word] for word in left if word in options and _is_content(word)]
    return tuple(dict.fromkeys(terms))[:MAX_TERMS]


def _is_content(word: str) -> bool:
    is_short_number = word.isdigit() and len(word) <= _SHORT_NUMBER
    return not (is_short_number or word in INTENT_WORDS or word in STOP_WORDS or word in _HELP)
