"""The engines of the search, and the one in use."""

from search.backends.base import Backend


def current_backend() -> Backend:
    """The engine that answers: PostgreSQL, which every deployment has."""
    from search.backends.postgres import PostgresBackend

    return PostgresBackend()
