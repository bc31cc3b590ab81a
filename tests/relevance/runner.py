"""The demonstration, loaded once, and Maillage asked through its real form: requirements → verdicts."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from io import StringIO
from unittest.mock import patch
from uuid import uuid4

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.utils import translation

from cms.starter.loading import create_starter_site
from directory import demo
from directory.models import Organisation, Service
from search import indexing, national
from search.answer import Result, answer
from tests.directory.admin_tools import keep_page_tree
from tests.relevance.judging import Engine, Seen, Verdict, judge
from tests.relevance.matching import facts
from tests.relevance.questions import Requirement

# Of the moments in the questions: what is verified or closed "so many days ago" is the same on every run.
TODAY = date(2026, 11, 26)
# Never with a place, a point or a distance (domain.md §2, C1 and C4).
HIDDEN = frozenset({"hebergement-fvv", "chrs", "mecs", "maraude-adultes"})


def load_demonstration() -> None:
    """Into a database without services. Not by `load_demo`, which would also make accounts and write their
    passwords over the site's."""
    with translation.override(settings.LANGUAGE_CODE):
        call_command("load_reference", stdout=StringIO())
        demo.load(TODAY)
        keep_page_tree()  # a test before may have emptied it
        create_starter_site(lambda said: None)
        indexing.rebuild()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def refresh_demonstration() -> None:
    """The same in a database that may hold the demonstration of another day, and nothing else."""
    if any(rows.exclude(source=demo.SOURCE).exists() for rows in (Service.objects, Organisation.objects)):
        raise SystemExit("This database holds real entries: give another one in DATABASE_URL.")
    Organisation.objects.all().delete()
    load_demonstration()


def run(engine: Engine, requirements: Sequence[Requirement]) -> list[Verdict]:
    known = facts(matcher for one in requirements for matcher in one.matchers)
    with translation.override(settings.LANGUAGE_CODE):
        return [judge(one, engine(one), known) for one in requirements]


def maillage(requirement: Requirement, *, with_readings: bool = True) -> Seen:
    asked = requirement.asked()
    found = answer(
        asked.question,
        requirement.reader,
        requirement.moment,
        with_readings=with_readings,
        knowledge=asked.knowledge,
    )
    return Seen(
        services=tuple(result.card.pk for result in found.results),
        pins=tuple(line.key for line in found.helplines),
        sheets=tuple(sheet.slug for sheet in found.sheets),
        guides=tuple(reading.card.slug for reading in found.readings),
        exposed=tuple(result.card.name for result in found.results if _exposes(result)),
    )


@contextmanager
def on_elasticsearch(urls: Sequence[str]) -> Iterator[None]:
    """The same documents, and Elasticsearch alone: nothing stands behind to answer in its place."""
    from search.backends.elastic import client
    from search.backends.elastic.backend import ElasticBackend

    prefix = f"relevance-{uuid4().hex[:12]}"
    used = override_settings(
        ELASTICSEARCH_URLS=list(urls), ELASTICSEARCH_PREFIX=prefix, ELASTICSEARCH_TIMEOUT=20
    )
    with used, patch("search.answer.current_backend", ElasticBackend):
        client.forget_server()
        national.rebuild()
        yield
        indices = client.Indices()
        indices.drop(indices.named(f"{prefix}-*"))
    client.forget_server()


def _exposes(result: Result) -> bool:
    return result.card.type.slug in HIDDEN and (result.place is not None or result.distance_km is not None)
