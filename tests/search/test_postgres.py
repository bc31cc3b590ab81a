"""The embedded engine: the contract, its statements and its plans."""

from search.backends.postgres import PostgresBackend
from tests.search.contract import BackendContract


class TestPostgres(BackendContract):
    backend = PostgresBackend()
