"""`GET /api/v1/search`: form, question and answer of the pages. `/api/v1/suggest`: while one types."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from ninja import Form, Query, Router

from directory import serializers
from directory.api import check_rate
from directory.models import Commune
from search.answer import Answer, Chapter, Reading, StepTaken, answer
from search.excerpts import plain
from search.forms import Asked, SearchForm, params_of
from search.links import offers, when_label
from search.suggestions import kind_label, suggestions

router = Router(tags=["recherche"])
# A sentence is typed in dozens of pauses, each of which may ask.
_TIMES_WHILE_TYPING = 4


@router.get("/search", url_name="search", summary="Chercher un service par des mots et par un lieu")
def search(
    request: HttpRequest,
    q: str = "",
    lieu: str = "",
    rayon: str = "",
    loin: str = "",
    type: list[str] = Query([]),  # noqa: B008 - the names are the contract's, the default is ninja's
    public: list[str] = Query([]),  # noqa: B008
    violence: list[str] = Query([]),  # noqa: B008
    besoin: list[str] = Query([]),  # noqa: B008
    langue: list[str] = Query([]),  # noqa: B008
    sans: list[str] = Query([]),  # noqa: B008
    ouvert: str = "",
    tri: str = "",
    page: str = "",
    limit: str = "",
) -> dict[str, Any]:
    """`loin`: for those who must leave, what answers elsewhere: at least so many km from the commune (1 to
    500), or, with `departement`, in another department than its own. `rayon` does not apply then. Where the
    words say that somebody must leave, `offers` gives the values of `loin` to propose.
    """
    # The parameters are declared for the documentation; `SearchForm` reads them, here as on the pages.
    check_rate(request)
    asked = SearchForm(params_of(request.GET)).asked()
    return answer_json(asked, answer(asked.question, request.viewer, knowledge=asked.knowledge), request)


@router.get("/suggest", url_name="suggest", summary="Compléter ce qui se tape : situations, types, communes…")
def suggest(request: HttpRequest, q: str = "") -> list[dict[str, str | None]]:
    """`q` is the text of the box; each answer says what the box, and the place's, become if it is taken."""
    return _suggested(request, q)


@router.post("/suggest", summary="La même chose, sans que les mots soient dans une adresse")
def suggest_posted(request: HttpRequest, q: str = Form("")) -> list[dict[str, str | None]]:
    """What the site's own pages ask: a proxy that logs addresses logs no word."""
    return _suggested(request, q)


def _suggested(request: HttpRequest, text: str) -> list[dict[str, str | None]]:
    check_rate(request, "suggest", _TIMES_WHILE_TYPING)
    return [
        {
            "kind": one.kind,
            "kind_label": kind_label(one.kind),
            "label": one.label,
            "detail": one.detail,
            "q": one.q,
            "lieu": one.lieu,
        }
        for one in suggestions(text, request.viewer)
    ]


def answer_json(asked: Asked, found: Answer, request: HttpRequest) -> dict[str, Any]:
    return {
        "understood": understood_json(asked, found),
        "messages": [*asked.messages, *([asked.place.note] if asked.place.note else []), *found.messages],
        "offers": [{"loin": one.loin, "label": one.link.label} for one in offers(asked)],
        "engine": found.engine,
        "helplines": [
            {"key": line.key, "number": line.number, "label": line.label, "reason": line.reason}
            for line in found.helplines
        ],
        "steps": [step_json(step) for step in found.steps],
        "sheets": [serializers.sheet_json(sheet, sheet.kind) for sheet in found.sheets],
        "guides": [reading_json(one) for one in found.readings],
        "total": found.total,
        "services": [
            serializers.service_json(one.card, one.place, one.competence, one.distance_km, one.score)
            for one in found.results
        ],
        "facets": {
            facet.name: [
                {"slug": value.slug, "label": value.label, "count": value.count} for value in facet.values
            ]
            for facet in found.facets
        },
        "next": _next(asked, request) if found.has_next else None,
    }


def reading_json(reading: Reading) -> dict[str, Any]:
    card = reading.card
    return {
        "slug": card.slug,
        "kind": card.kind,
        "title": card.title,
        "url": card.url,
        "updated_on": card.updated_on.isoformat(),
        "excerpt": plain(reading.excerpt),
        "chapters": [chapter_json(chapter) for chapter in reading.chapters],
    }


def chapter_json(chapter: Chapter) -> dict[str, str]:
    card = chapter.card
    return {"slug": card.slug, "title": card.title, "url": card.url, "excerpt": plain(chapter.excerpt)}


def step_json(step: StepTaken) -> dict[str, Any]:
    return {
        "order": step.order,
        "label": step.label,
        "types": list(step.types),
        "services": [one.card.id for one in step.results],
        "fallback": step.fallback[0].key if step.fallback else None,
        "fallbacks": [line.key for line in step.fallback],
        "prepare": list(step.prepare),
        "reason": " ".join(part for part in (step.reason, step.to_choose) if part),
        "source": step.source.text,
        "source_date": step.source.dated,
        "checked_on": step.source.checked_on and step.source.checked_on.isoformat(),
    }


def understood_json(asked: Asked, found: Answer) -> dict[str, Any]:
    question = found.understood
    left = [word for term in question.terms for word in term[:1]]
    return {
        "concepts": [
            {"slug": one.slug, "kind": one.kind, "label": one.label, "from": one.source}
            for one in question.concepts
        ],
        "age": question.age,
        "commune": _commune_json(asked.place.commune),
        "department": question.department,
        "choices": [_commune_json(commune) for commune in asked.place.choices],
        "when": _when_json(found),
        "unknown": [{"text": one.text, "close": list(one.close)} for one in found.unknown],
        "words": left,
    }


def _when_json(found: Answer) -> dict[str, str] | None:
    """The moment asked for or said, null for now."""
    if found.moment is None:
        return None
    label = found.said or when_label(found.moment.when)
    start, end = found.moment.start, found.moment.end
    return {
        "label": label,
        "from": start.isoformat(timespec="minutes"),
        "to": end.isoformat(timespec="minutes"),
    }


def _commune_json(commune: Commune | None) -> dict[str, str] | None:
    if commune is None:
        return None
    return {"insee": commune.insee, "name": commune.name, "department": commune.department}


def _next(asked: Asked, request: HttpRequest) -> str:
    """The address of the next page: the contract's own parameters."""
    params = asked.params | {"page": [str(asked.question.page + 1)]}
    return f"{reverse('api:search')}?{urlencode(params, doseq=True)}"
