"""How the bodies that Elasticsearch is sent say « any of » and « none of »."""

from typing import Any


def any_of(*parts: Any) -> dict[str, Any]:
    return {"bool": {"should": list(parts), "minimum_should_match": 1}}


def none_of(*parts: Any) -> dict[str, Any]:
    return {"bool": {"must_not": list(parts)}}
