"""The raw composite: what an engine is sent for a question, sent again without Maillage around."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

Ask = Callable[[], object]


def again_of(engine: str) -> Callable[[Ask], Ask]:
    """What takes something that asks the engine, asks it once, and gives back how to send the same again."""
    return _sent_to_elasticsearch if engine == "elasticsearch" else _sent_to_postgres


def _sent_to_postgres(ask: Ask) -> Ask:
    from django.db import connection

    sent: list[tuple[Any, Any]] = []

    def wrapper(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        ask()

    def again() -> None:
        with connection.cursor() as cursor:
            for sql, params in sent:
                cursor.execute(sql, params)
                cursor.fetchall()

    return again


def _sent_to_elasticsearch(ask: Ask) -> Ask:
    from elastic_transport import Transport

    perform = Transport.perform_request
    sent: list[tuple[tuple[Any, ...], dict[str, Any]]] = []

    def spy(*args: Any, **kwargs: Any) -> Any:
        sent.append((args, kwargs))
        return perform(*args, **kwargs)

    Transport.perform_request = spy  # type: ignore[method-assign]
    try:
        ask()
    finally:
        Transport.perform_request = perform  # type: ignore[method-assign]
    return lambda: [perform(*args, **kwargs) for args, kwargs in sent]


class _Noted:
    """An engine, and what it was asked."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self.calls: list[tuple[str, tuple[Any, ...]]] = []

    def __getattr__(self, name: str) -> Any:
        one = getattr(self._engine, name)
        if not callable(one):
            return one

        def noted(*args: Any) -> Any:
            self.calls.append((name, args))
            return one(*args)

        return noted

    def again(self) -> None:
        for name, args in self.calls:
            getattr(self._engine, name)(*args)


def asked_of_the_engine(params: dict[str, str], engine: Any, at: datetime) -> Ask:
    """All that one answer of the site asks of `engine`: results, doors, pages."""
    from directory.visibility import ANONYMOUS
    from search import answer
    from search.forms import SearchForm

    noted, chosen = _Noted(engine), answer.current_backend
    answer.current_backend = lambda: noted  # type: ignore[assignment]
    try:
        asked = SearchForm({name: [value] for name, value in params.items()}).asked()
        answer.answer(asked.question, ANONYMOUS, at, knowledge=asked.knowledge)
    finally:
        answer.current_backend = chosen
    return noted.again
