"""The engines of the search, and the one in use."""

from django.conf import settings

from search.backends.base import Backend


def current_backend() -> Backend:
    """The engine that answers: PostgreSQL, which every deployment has, or Elasticsearch with it behind."""
    from search.backends.postgres import PostgresBackend

    if not settings.ELASTICSEARCH_URLS:
        return PostgresBackend()
    from search.backends.elastic.backend import ElasticBackend
    from search.backends.guarded import GuardedBackend

    return GuardedBackend(ElasticBackend(), PostgresBackend())
