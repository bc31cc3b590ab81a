"""The pages as the search knows them: registered by `cms`, which `search` never imports."""

from collections.abc import Collection, Iterator
from typing import Any

from wagtail.models import Page, PageViewRestriction

from cms.models import ChapterPage, GuidePage, MeasurePage, ReflexSheetPage, ResourcePage
from cms.page_texts import texts_of, types_of
from cms.readable import card_of, kind_of, listed, readable_pages, translated
from cms.typed_contacts import with_bare_keys
from directory import taxonomy
from directory.readings import ReadingRef
from directory.visibility import ANONYMOUS, Viewer
from search.models import SearchPage
from search.sources import PageCard, PageDocument

_ORDER = ("mesure", "fiche-reflexe", "guide", "chapitre", "ressource")
_MOST = 6
FOUND = (GuidePage, ChapterPage, ReflexSheetPage, MeasurePage, ResourcePage)


class PageSource:
    """Implements `search.sources.Source`. Keys are primary keys, as text; only French pages are indexed."""

    name = "cms"

    def keys(self) -> list[str]:
        pages = _indexed().order_by("pk")
        return [str(key) for key in pages.values_list("pk", flat=True)]

    def documents(self, keys: Collection[str]) -> list[PageDocument]:
        pages = _indexed().filter(pk__in=_numbers(keys)).specific().order_by("pk")
        return [document_of(page) for page in pages]

    def cards(self, keys: Collection[str], viewer: Viewer) -> dict[str, PageCard]:
        pages = readable_pages(viewer).type(*FOUND).filter(pk__in=_numbers(keys))
        return {str(page.pk): _card(translated(page, viewer), page) for page in listed(pages)}

    def affected(self, instance: Any) -> list[str]:
        """The page itself and what stands under it: a chapter is read when its guide is."""
        page = instance.page if isinstance(instance, PageViewRestriction) else instance
        if not isinstance(page, Page) or not page.pk:
            return []
        below = Page.objects.filter(path__startswith=page.path).type(*FOUND).values_list("pk", flat=True)
        return [str(key) for key in {*below, page.pk}]

    def about(self, slug: str, viewer: Viewer) -> list[ReadingRef]:
        """The pages about a type of actor, guides before their chapters, the measure's own page first."""
        held = SearchPage.objects.filter(source=self.name, types__contains=[slug]).order_by("pk")
        keys = list(held.values_list("key", flat=True))
        cards = self.cards(keys, viewer)
        ranked = sorted((cards[key] for key in keys if key in cards), key=lambda one: _ORDER.index(one.kind))
        return [ReadingRef(one.title, one.kind_label, one.url, one.language) for one in ranked[:_MOST]]


def _indexed() -> Any:
    return readable_pages(ANONYMOUS).filter(locale__language_code="fr").type(*FOUND)


def _numbers(keys: Collection[str]) -> list[int]:
    return [int(key) for key in keys if key.isdigit()]


def document_of(page: Any) -> PageDocument:
    summary, *texts = [with_bare_keys(text) for text in (page.summary, *_texts(page))]
    subjects = [*taxonomy.VIOLENCES.labels(page.violences), *taxonomy.PUBLICS.labels(page.publics)]
    fields = (
        ("A", with_bare_keys(f"{page.title} · {page.heading}")),
        ("A", " · ".join(page.keywords)),
        ("B", summary),
        ("C", " · ".join(subjects)),
        ("D", " ".join(texts)),
    )
    return PageDocument(
        key=str(page.pk),
        kind=page.kind,
        part_of=str(page.get_parent().pk) if isinstance(page, ChapterPage) else "",
        language=page.locale.language_code,
        fields=tuple((weight, text) for weight, text in fields if text.strip(" ·")),
        types=(*types_of(page), page.slug),
        violences=tuple(page.violences),
        publics=tuple(page.publics),
        text="\n".join(" ".join(text.split()) for text in [summary, *texts] if text.strip()),
    )


def _texts(page: Any) -> Iterator[str]:
    if isinstance(page, MeasurePage):
        yield from (text for _label, text in page.facts)
    yield from texts_of(page.body)


def _card(shown: Page, original: Page) -> PageCard:
    told, model = card_of(shown, original), kind_of(original)
    return PageCard(
        key=str(original.pk),
        slug=original.slug,
        kind=model.kind,
        kind_label=told.kind,
        title=told.title,
        url=told.url,
        summary=told.summary,
        updated_on=told.updated_on,
        language=told.language,
    )
