"""The types that a process holds are those of the table, whatever changed and however."""

import pytest

from directory.models import ActorType
from search.knowledge import Knowledge, read_ahead
from search.types import types_in_use
from tests.factories import ActorTypeFactory

pytestmark = pytest.mark.django_db


def acronyms() -> set[str]:
    return {one.acronym for one in types_in_use()}


def test_any_change_is_read_at_once_within_one_transaction_too() -> None:
    one, other = (ActorTypeFactory(slug=acronym.lower(), acronym=acronym) for acronym in ("ABC", "DEF"))
    assert acronyms() == {"ABC", "DEF"}
    ActorType.objects.filter(pk=one.pk).update(acronym="GHI")
    assert acronyms() == {"DEF", "GHI"}
    ActorType.objects.filter(pk=one.pk).update(acronym="ABC")
    assert acronyms() == {"ABC", "DEF"}
    other.is_open = False
    other.save()
    assert acronyms() == {"ABC"}
    one.delete()
    assert acronyms() == set()


def test_the_words_of_their_names_follow() -> None:
    ActorTypeFactory(acronym="ABC", aliases=["maison bleue"])
    assert {"abc", "maison", "bleu"} <= Knowledge().named


def test_one_query_when_nothing_changed(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    ActorTypeFactory()
    types_in_use()
    with django_assert_num_queries(1):
        types_in_use()


def test_a_process_reads_ahead_what_the_first_question_asks_for(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    ActorTypeFactory()
    read_ahead()
    with django_assert_num_queries(1):  # whether the types, the lexicon or the rules changed
        knowledge = Knowledge()
        assert knowledge.types
        assert "words" in vars(knowledge.lexicon)
