"""The services that a page shows, asked of the directory when it is read; never a copied phone."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from cms.reading import HERE, Reading, sealed_place
from directory.cards import TypeRef, type_ref
from directory.gazetteer import department_names
from directory.helplines import HelplineCard
from directory.models import ActorType
from search import links
from search.answer import answer
from search.page import moment
from search.question import Question
from search.result_views import ResultView, result_views


@dataclass(frozen=True)
class Choice:
    label: str
    url: str


@dataclass(frozen=True)
class LiveList:
    """`asks_place`: this block holds the form; `place`: what was taken, "" when nothing is known yet.

    `results` is empty when no place is known, and when nobody answers there: `fallback` and `sheets` lead on.
    """

    results: tuple[ResultView, ...]
    total: int
    more: str
    asks_place: bool
    needs_place: bool
    is_reserved: bool
    place: str
    typed: str
    note: str
    choices: tuple[Choice, ...]
    fallback: tuple[HelplineCard, ...]
    sheets: tuple[TypeRef, ...]
    at: str


def live_list(value: Any, reading: Reading) -> LiveList:
    """About ten queries when a place is known, one or two otherwise."""
    fixed = value.get("territory") or ""
    department = fixed or reading.place.department
    commune = None if fixed else reading.place.commune
    asks = not fixed and not reading.has_asked_place
    reading.has_asked_place = reading.has_asked_place or asks
    question = Question(
        commune=commune.pk if commune else None,
        department=commune.department if commune else department,
        types=tuple(value["types"]),
        publics=tuple(value["publics"]),
        violences=tuple(value["violences"]),
        provisions=tuple(value["needs"]),
        limit=value["limit"] or 3,
    )
    knows_place = bool(commune or department)
    found = answer(question, reading.viewer, reading.at, with_readings=False) if knows_place else None
    results = result_views(found) if found else ()
    sheets = () if results else type_refs(value["types"])
    return LiveList(
        results=results,
        total=found.total if found else 0,
        more=_more(question, reading, fixed) if found and found.total > len(results) else "",
        asks_place=asks,
        needs_place=found is None,
        is_reserved=found is not None and not results and _is_reserved(value["types"], reading),
        place=_place(fixed, reading),
        typed=str(commune) if commune else reading.place_text,
        note=(reading.place.note or reading.place.message) if asks else "",
        choices=_choices(reading) if asks else (),
        fallback=_fallback(value, reading),
        sheets=sheets,
        at=moment(reading.at, question.department or ""),
    )


def _is_reserved(slugs: Collection[str], reading: Reading) -> bool:
    """Whether the services of all these types are for professionals, and the reader is not one: one query."""
    if not slugs or not reading.viewer.is_anonymous:
        return False
    return not ActorType.objects.filter(slug__in=slugs, audience="public").exists()


def _place(fixed: str, reading: Reading) -> str:
    if reading.place.commune and not fixed:
        return str(reading.place.commune)
    code = fixed or reading.place.department
    return f"{department_names().get(code, '')} ({code})" if code else ""


def _choices(reading: Reading) -> tuple[Choice, ...]:
    """The other communes that the text may have meant."""
    taken = reading.place.commune.pk if reading.place.commune else None
    others = [one for one in reading.place.choices if one.pk != taken]
    return tuple(
        Choice(str(one), f"{reading.path}?{HERE}={sealed_place(f'insee:{one.pk}')}#{HERE}") for one in others
    )


def _more(question: Question, reading: Reading, fixed: str) -> str:
    """The address of all the results, which tells nothing."""
    params = {
        "type": list(question.types),
        "public": list(question.publics),
        "violence": list(question.violences),
        "besoin": list(question.provisions),
        "lieu": [fixed or (f"insee:{question.commune}" if question.commune else reading.place_text)],
    }
    return links.address_of({name: values for name, values in params.items() if values})


def _fallback(value: Any, reading: Reading) -> tuple[HelplineCard, ...]:
    """The numbers that stand in: the block's own, else those of its types."""
    keys = value.get("fallback") or _fallback_of(value["types"])
    return tuple(reading.numbers[key] for key in keys if key in reading.numbers)[:3]


def _fallback_of(slugs: Collection[str]) -> list[str]:
    rows = ActorType.objects.filter(slug__in=slugs).order_by("rank", "pk").values_list("fallback", flat=True)
    return list(dict.fromkeys(key for keys in rows for key in keys))


def type_refs(slugs: Collection[str]) -> tuple[TypeRef, ...]:
    """The sheets of these types, in the order given: one query."""
    found = {one.slug: one for one in ActorType.objects.filter(slug__in=slugs, is_open=True)}
    return tuple(type_ref(found[slug]) for slug in slugs if slug in found)
