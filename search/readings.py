"""What to read beside the services: the pages found, chapters under their guide, as finished values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from directory.visibility import Viewer
from search.backends.base import PageHit
from search.excerpts import Excerpt
from search.question import Question
from search.ranking import MOST_CHAPTERS, MOST_READINGS
from search.sources import PageCard, source_named

PageKey = tuple[str, str]  # the name of the source, the key within it

# A guide with all of its chapters for each: more is never shown.
MOST_HITS = MOST_READINGS * (1 + MOST_CHAPTERS)


class Chapter(NamedTuple):
    card: PageCard
    excerpt: Excerpt


@dataclass(frozen=True)
class Reading:
    """A page found by itself, or a guide by its chapters: then `excerpt` is () and the chapters have theirs.

    An excerpt is the summary when nothing asked is in the text, or when another language is read.
    """

    card: PageCard
    excerpt: Excerpt
    chapters: tuple[Chapter, ...] = ()


def readings_of(question: Question, hits: Sequence[PageHit], viewer: Viewer) -> tuple[Reading, ...]:
    """The readings of an understood question, the best first.

    What the sources do to give their cards: a page without one is dropped, and a guide without one with its
    chapters.
    """
    cards = _cards(hits, viewer)
    readings = (_reading(guide, group, cards) for guide, group in _by_guide(hits).items())
    led = question.said("content")
    found = sorted(_once(one for one in readings if one), key=lambda one: one.card.slug not in led)
    return tuple(found)[:MOST_READINGS]


def _cards(hits: Iterable[PageHit], viewer: Viewer) -> dict[PageKey, PageCard]:
    """The cards of the pages found and of the guides that they belong to."""
    wanted: dict[str, list[str]] = {}
    for hit in hits:
        wanted.setdefault(hit.source, []).extend(key for key in (hit.part_of, hit.key) if key)
    cards: dict[PageKey, PageCard] = {}
    for name, keys in wanted.items():
        source = source_named(name)
        found = source.cards(list(dict.fromkeys(keys)), viewer) if source else {}
        cards |= {(name, key): card for key, card in found.items()}
    return cards


def _by_guide(hits: Iterable[PageHit]) -> dict[PageKey, list[PageHit]]:
    """The best first, both the guides and the chapters of each."""
    groups: dict[PageKey, list[PageHit]] = {}
    for hit in hits:
        groups.setdefault((hit.source, hit.part_of or hit.key), []).append(hit)
    return groups


def _reading(guide: PageKey, group: Iterable[PageHit], cards: Mapping[PageKey, PageCard]) -> Reading | None:
    shown = {hit.key: hit for hit in group if (hit.source, hit.key) in cards}
    card = cards.get(guide)
    if not card or not shown:
        return None
    own = shown.pop(guide[1], None)
    chapters = [_chapter(hit, cards[hit.source, hit.key]) for hit in shown.values()]
    return Reading(card, _excerpt(own, card) if own else (), tuple(chapters[:MOST_CHAPTERS]))


def _chapter(hit: PageHit, card: PageCard) -> Chapter:
    return Chapter(card, _excerpt(hit, card))


def _excerpt(hit: PageHit, card: PageCard) -> Excerpt:
    """What was found when the card is in the words of the page, and not in those of its translation."""
    found = hit.excerpt if hit.language == card.language else ()
    return found or (((card.summary, False),) if card.summary else ())


def _once(readings: Iterable[Reading]) -> Iterator[Reading]:
    """A page and its translation lead to the same card in the reader's language: the better one is kept."""
    seen: set[str] = set()
    for one in readings:
        if one.card.url not in seen:
            seen.add(one.card.url)
            yield one
