"""What others do, over the same documents, as generously as it can be read: the reader's rights are kept, the
place field narrows to its department, what is drawn is the first twenty."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import uuid4

from django.db import connection

from directory.visibility import Kind, Viewer, visible_services
from search.indexing import documents_of
from tests.relevance.judging import LOOKED_AT, Seen
from tests.relevance.questions import Requirement

_TABLE = """
DROP TABLE IF EXISTS relevance_document;
CREATE TEMP TABLE relevance_document
    (service bigint PRIMARY KEY, department text, name text, text tsvector)"""
_INSERT = "INSERT INTO relevance_document VALUES (%s, %s, %s, to_tsvector('french', %s))"
_ALL_WORDS = """
SELECT service FROM relevance_document, plainto_tsquery('french', %s) query
WHERE text @@ query AND service = ANY(%s) ORDER BY ts_rank(text, query) DESC, name, service LIMIT %s"""
_WORD = re.compile(r"\w+")
_LEAST = 4  # letters of a word that a regular expression looks for, sigles apart


@dataclass(frozen=True)
class _Row:
    service: int
    department: str
    name: str


class Baselines:
    """The documents of the index, held once; each method is an engine."""

    def __init__(self) -> None:
        services = _names_by_key()
        documents = documents_of(list(services))
        self.rows = {
            one.service: _Row(one.service, one.department, services[one.service]) for one in documents
        }
        self.readable: dict[str, list[int]] = {}
        self._plain: str | None = None
        texts = {one.service: " ".join(text for _weight, text in one.fields) for one in documents}
        self.texts = texts
        with connection.cursor() as cursor:
            cursor.execute(_TABLE)
            rows = [(row.service, row.department, row.name, texts[row.service]) for row in self.rows.values()]
            cursor.executemany(_INSERT, rows)

    def every_word(self, requirement: Requirement) -> Seen:
        """PostgreSQL full text in French, every word required."""
        with connection.cursor() as cursor:
            cursor.execute(_ALL_WORDS, [requirement.q, self._candidates(requirement), LOOKED_AT])
            return Seen(services=tuple(service for (service,) in cursor.fetchall()))

    def names(self, requirement: Requirement) -> Seen:
        """A regular expression on names: any of the long words or sigles; most of them first."""
        words = [one for one in _WORD.findall(requirement.q) if len(one) >= _LEAST or one.isupper()]
        if not words:
            return Seen()
        pattern = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
        rows = [self.rows[pk] for pk in self._candidates(requirement)]
        counted = [(len({one.lower() for one in pattern.findall(row.name)}), row) for row in rows]
        held = sorted((-count, row.name, row.service) for count, row in counted if count)
        return Seen(services=tuple(service for _count, _name, service in held[:LOOKED_AT]))

    def plain_match(self, requirement: Requirement) -> Seen:
        """Elasticsearch as it comes: a `multi_match` on names and texts in French, any word."""
        from search.backends.elastic.client import Budget, search

        if self._plain is None:
            self._plain = _plain_index(self.rows.values(), self.texts)
        wanted = {"terms": {"service": self._candidates(requirement)}}
        words = {"multi_match": {"query": requirement.q, "fields": ["name^3", "text"]}}
        body = {
            "query": {"bool": {"must": [words], "filter": [wanted]}},
            "size": LOOKED_AT,
            "source": False,
        }
        hits = search(self._plain, body, Budget(20))["hits"]["hits"]
        return Seen(services=tuple(int(hit["_id"]) for hit in hits))

    def drop(self) -> None:
        """The index of `plain_match`."""
        from search.backends.elastic.client import Indices

        Indices().drop([self._plain] if self._plain else [])

    def _candidates(self, requirement: Requirement) -> list[int]:
        if requirement.viewer not in self.readable:
            seen = visible_services(requirement.reader).values_list("pk", flat=True)
            self.readable[requirement.viewer] = [pk for pk in seen if pk in self.rows]
        readable = self.readable[requirement.viewer]
        department = requirement.asked().question.department
        return [pk for pk in readable if department in (None, self.rows[pk].department)]


def _plain_index(rows: Iterable[_Row], texts: Mapping[int, str]) -> str:
    from search.backends.elastic.client import Indices, send

    name = f"relevance-plain-{uuid4().hex[:12]}"
    french = {"type": "text", "analyzer": "french"}
    fields = {"service": {"type": "long"}, "name": french, "text": french}
    Indices().make(name, {"mappings": {"properties": fields}})
    documents = (
        {
            "_index": name,
            "_id": str(row.service),
            "_source": {"service": row.service, "name": row.name, "text": texts[row.service]},
        }
        for row in rows
    )
    send(documents, is_seen_at_once=True)
    return name


def _names_by_key() -> Mapping[int, str]:
    """Every service that is indexed, with its name and that of its organisation."""
    everybody = visible_services(Viewer(Kind.ADMINISTRATOR)).select_related("organisation")
    named: Iterable[tuple[int, str]] = ((one.pk, f"{one.name} {one.organisation.name}") for one in everybody)
    return dict(named)
