"""Pages at their address: read, asked about a commune, had on paper."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from cms.checks import review_of
from cms.live_services import type_refs
from cms.models import ChapterPage, GuideIndexPage, GuidePage, MeasurePage
from cms.page_texts import page_links
from cms.paper_context import paper_of
from cms.readable import PageCard, address_of, card_of, listed, page_at, readable_pages, translated
from cms.reading import HERE, Reading, reading_of, sealed_place
from cms.validations import validations_of
from directory.cards import TypeRef, type_ref
from directory.visibility import Viewer


# A form that changes nothing and sets no cookie: a token against forgery would only leave a trace.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def serve(request: HttpRequest, path: str) -> HttpResponse:
    page = page_at(path, request.viewer)
    if page is None:
        raise Http404
    return answer_to(request, page)


def answer_to(request: HttpRequest, page: Any) -> HttpResponse:
    """A commune that is posted travels in an address that tells nothing, as a search does."""
    if request.method == "POST":
        return to_place(request, request.path_info, f"#{HERE}")
    response = page.serve(request)
    if HERE in request.GET:
        response["Cache-Control"] = "no-store, private"
    return response


def to_place(request: HttpRequest, path: str, anchor: str = "") -> HttpResponse:
    text = request.POST.get("lieu", "").replace("\x00", "")
    target = f"{path}?{HERE}={sealed_place(text)}" if text.strip() else path
    response = HttpResponseRedirect(target + anchor)
    response.status_code = 303
    response["Cache-Control"] = "no-store, private"
    return response


def standard(slug: str, name: str) -> Any:
    """The view of a page about the site: the editors' own, else the one that is shipped."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest) -> HttpResponse:
        from cms.starter.shipped import shipped_page  # read only where nobody has made the page yet

        page = page_at(f"{slug}/", request.viewer) or shipped_page(slug)
        return answer_to(request, page)

    view.__name__ = name
    return view


# --- What the templates of pages read -------------------------------------------------------------------


def context_of(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Finished values: the reading, what the page says of itself, and its neighbours."""
    is_paper = getattr(request, "preview_mode", "") == "paper" or getattr(request, "is_paper", False)
    reading = reading_of(request, is_paper)
    context: dict[str, Any] = {
        "reading": reading,
        "language": page.locale.language_code,
        "asks_place": any(block.block_type == "services" for block in getattr(page, "body", None) or []),
    }
    if getattr(page, "paper_template", "") and page.pk:  # none in the preview of one that is being made
        context["paper"] = reading.at_place(reverse("paper", args=[page.pk]))
    if is_paper:
        context |= paper_of(page, reading.viewer)
    if hasattr(page, "types"):
        context["about"] = _about(page)
    if hasattr(page, "reviewed_on"):
        context["review"] = review_of(page, timezone.localdate())
    return context | _own_context(page, reading)


def _about(page: Any) -> tuple[TypeRef, ...]:
    """The sheets of the types that the page is about, unless one of its blocks shows some: one query."""
    shows_sheets = any(block.block_type == "sheets" for block in page.body)
    return () if shows_sheets or not page.types else type_refs(page.types)


def _own_context(page: Any, reading: Reading) -> dict[str, Any]:
    if isinstance(page, GuidePage):
        return {"chapters": chapters_of(page, reading), "validations": validations_of(page)}
    if isinstance(page, ChapterPage):
        return chapter_context(page, reading)
    if isinstance(page, GuideIndexPage):
        return {"shelf": shelf_of(page, reading.viewer)}
    if isinstance(page, MeasurePage):
        return {"measure": type_ref(page.actor_type)} | _opening(page)
    return {}


def _opening(page: MeasurePage) -> dict[str, Any]:
    """Danger comes before everything else on a phone too, where what stands beside comes in between."""
    blocks = list(page.body)
    first = 1 if blocks and blocks[0].block_type == "danger" else 0
    return {"opening": blocks[:first], "rest": blocks[first:]}


def chapters_of(guide: Page, reading: Reading) -> list[dict[str, Any]]:
    """Number, title, address and summary of each chapter that may be read, in order: one query."""
    found = readable_pages(reading.viewer).child_of(guide).type(ChapterPage)
    rows = ChapterPage.objects.filter(pk__in=found.values("pk")).order_by("path")
    return [
        {
            "number": number,
            "pk": row.pk,
            "title": row.title,
            "summary": row.summary,
            "url": reading.at_place(address_of(row.url_path)),
        }
        for number, row in enumerate(rows.defer("body"), start=1)
    ]


def chapter_context(page: Any, reading: Reading) -> dict[str, Any]:
    guide = page.get_parent()
    chapters = chapters_of(guide, reading)
    index = next((place for place, one in enumerate(chapters) if one["pk"] == page.pk), None)
    around: dict[str, Any] = {"number": None, "previous": None, "next": None}
    if index is not None:
        around = {
            "number": index + 1,
            "previous": chapters[index - 1] if index else None,
            "next": chapters[index + 1] if index + 1 < len(chapters) else None,
        }
    paper = reading.at_place(reverse("paper", args=[guide.pk]))
    return {
        "guide": {"title": guide.title, "url": reading.at_place(address_of(guide.url_path)), "paper": paper},
        "chapters": chapters,
    } | around


def shelf_of(index: GuideIndexPage, viewer: Viewer) -> list[PageCard]:
    """What stands on a shelf, each a card, but for what its introduction names already: one query."""
    named = set(page_links(index.body))
    children = readable_pages(viewer).child_of(index).exclude(pk__in=named)
    return [card_of(translated(child, viewer), child) for child in listed(children)]
