"""The embedded engine, on PostgreSQL and PostGIS."""

from search.backends.postgres.backend import PostgresBackend

__all__ = ["PostgresBackend"]
