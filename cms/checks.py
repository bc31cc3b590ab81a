"""What to look at before publishing: said beside the form, and in the report of what is due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.blocks.law import check_of
from cms.glossary import known_terms, unknown_acronyms
from cms.page_texts import blocks_named, page_links, texts_of
from cms.readable import addresses_for
from directory.dates import long_date
from directory.visibility import ANONYMOUS, Kind, Viewer
from search.backends import current_backend
from search.backends.base import Territory
from search.question import Question

EVERYTHING = Viewer(Kind.ADMINISTRATOR)


@dataclass(frozen=True)
class Finding:
    """`kind`: relecture, droit, lien, annuaire, sigle, image."""

    kind: str
    text: str


def findings_of(page: Any) -> list[Finding]:
    """For the page as it is at hand, published or not; in the order in which they matter to a reader."""
    body = getattr(page, "body", None) or []
    found = [
        *_links(body),
        *_services(body),
        *_laws(body),
        *_pictures(body),
        *_acronyms(page),
        *_review(page),
    ]
    return list(dict.fromkeys(found))


def _laws(body: Any) -> Iterator[Finding]:
    today = timezone.localdate()
    for value in blocks_named(body, "law"):
        check = check_of(value, today)
        if check.is_overdue:
            yield Finding(
                "droit", _("%(card)s : %(check)s") % {"card": value["reference"], "check": check.label}
            )


def _links(body: Any) -> Iterator[Finding]:
    """Links to pages that nobody can open."""
    targets = set(page_links(body))
    if not targets:
        return
    open_to_all = addresses_for(ANONYMOUS)
    names = dict(Page.objects.filter(pk__in=targets).values_list("pk", "draft_title"))
    for key in sorted(targets - open_to_all.keys()):
        name = names.get(key) or _("une page supprimée")
        yield Finding("lien", _("Lien vers une page qui n’est pas publiée : %(page)s.") % {"page": name})


def _services(body: Any) -> Iterator[Finding]:
    """Blocks that find nothing anywhere, for anybody: a mistake in their choices, or a directory to fill."""
    for value in blocks_named(body, "services"):
        question = Question(
            types=tuple(value["types"]), publics=tuple(value["publics"]), violences=tuple(value["violences"]),
            provisions=tuple(value["needs"]), department=value["territory"] or None, limit=1,
        )  # fmt: skip
        territory = Territory.of_department(value["territory"]) if value["territory"] else None
        if not current_backend().find(question, territory, EVERYTHING, timezone.now()).total:
            text = _("Le bloc « %(title)s » ne trouve aucun service, nulle part.")
            yield Finding("annuaire", text % {"title": value["title"]})


def _pictures(body: Any) -> Iterator[Finding]:
    for value in blocks_named(body, "image"):
        if not value["alternative"].strip():
            yield Finding("image", _("Une image ne dit pas ce qu’elle montre."))


def _acronyms(page: Any) -> Iterator[Finding]:
    facts = (text for _label, text in getattr(page, "facts", ()))
    texts = [page.heading, page.summary, *facts, *texts_of(getattr(page, "body", None) or [])]
    for acronym in unknown_acronyms("\n".join(texts), known_terms()):
        yield Finding(
            "sigle",
            _("« %(acronym)s » n’a pas de fiche : écrivez-le en toutes lettres.") % {"acronym": acronym},
        )


def _review(page: Any) -> Iterator[Finding]:
    if hasattr(page, "reviewed_on"):
        said = review_of(page, timezone.localdate())
        if said.is_overdue:
            yield Finding("relecture", said.label)


@dataclass(frozen=True)
class Review:
    """« Relu le…, à relire le… », as the page says it."""

    label: str
    is_overdue: bool


def review_of(page: Any, today: date) -> Review:
    if page.reviewed_on is None:
        return Review(_("Pas encore relu par les institutions."), True)
    label = _("Relu le %(day)s par %(who)s.") % {"day": long_date(page.reviewed_on), "who": page.reviewed_by}
    if page.review_by is None:
        return Review(label, False)
    due = _("À relire le %(day)s.") % {"day": long_date(page.review_by)}
    if page.review_by < today:
        due = _("Devait être relu le %(day)s.") % {"day": long_date(page.review_by)}
    return Review(f"{label} {due}", page.review_by < today)
