"""The types and the lexicon as shipped, for the tests of what words mean."""

from collections.abc import Iterator
from contextlib import contextmanager

from pytest_django import DjangoDbBlocker

from directory.models import ActorType
from directory.reference_guidance import load_lexicon
from search import vocabulary
from search.question import Question
from search.understanding import understand
from tests.factories import ActorTypeFactory, shipped_types
from tests.planting import kept_for_a_module


@contextmanager
def shipped_words(blocker: DjangoDbBlocker) -> Iterator[None]:
    """For a fixture of a module."""
    with kept_for_a_module(blocker):
        ActorType.objects.bulk_create([ActorTypeFactory.build(slug=slug) for slug in shipped_types()])
        load_lexicon()
        vocabulary.learn_types()
        yield


def read(words: str) -> Question:
    """As they are understood with what `shipped_words` loaded."""
    return understand(Question(words=words), ActorType.objects.all()).question


def codes(words: str) -> set[str]:
    return {f"{one.kind}:{one.slug}" for one in read(words).concepts}
