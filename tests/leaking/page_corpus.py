"""Pages that hide and pages that shine: a canary in every text of drafts, of revisions, of private pages.

What is written under /gestion/ is read by those who write pages: the administrators, here.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction, ReferenceIndex

from cms import models
from tests import pages
from tests.cms.file_tools import document, picture
from tests.leaking.corpus import ADMINISTRATOR, ANONYMOUS, TOKEN_38, VIEWERS, Corpus

# A token opens the JSON interface only: on the site, whoever holds one is nobody.
SIGNED_IN = frozenset(VIEWERS) - {ANONYMOUS, TOKEN_38}
WRITERS = frozenset({ADMINISTRATOR})
LIVE = {
    "title": "Qui contacter", "intro": "", "types": ["leao", "hebergement-fvv"], "publics": [],
    "violences": [], "needs": [], "territory": "", "fallback": ["3919"], "limit": 10,
}  # fmt: skip


class _Planter:
    """Hides under a name: `texts("draft")` are the fields of a page with a canary in each."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    def hide(self, name: str, what: str, site: Any = ()) -> str:
        told = f"Canari-{what}-{name}"
        return self.corpus.hide(f"{what} of a page, {name}", told, site, WRITERS | frozenset(site))

    def texts(self, name: str, site: Any = ()) -> dict[str, Any]:
        return {
            "title": self.hide(name, "Titre", site),
            "heading": self.hide(name, "Tête", site),
            "summary": self.hide(name, "Résumé", site),
            "keywords": [self.hide(name, "Mot-clé")],
            "version": self.hide(name, "V", site),
        }

    def body(self, name: str, site: Any = ()) -> list[tuple[str, Any]]:
        with_writers = WRITERS | frozenset(site)  # who open what they put there, at its own address
        file = document(title=self.hide(name, "Document", with_writers))
        shown = picture(title=self.hide(name, "Image", with_writers))
        shown.get_rendition("width-736")
        return [
            ("text", f"<p>{self.hide(name, 'Texte', site)}</p>"),
            ("download", {"document": file.pk, "about": "", "label": self.hide(name, "Fichier", site)}),
            ("image", {"image": shown.pk, "alternative": self.hide(name, "Dessin", site)}),
            ("services", LIVE | {"title": self.hide(name, "Services", site)}),
        ]


def plant_pages(corpus: Corpus) -> None:
    """One of each kind that may not be read, and published pages with live blocks that name them."""
    planter = _Planter(corpus)
    hidden = [_draft(planter), _scheduled(planter), _over(planter), *_under_a_draft(planter)]
    hidden += [*_kept(planter), _kept_for_those_who_sign_in(planter), _english(planter)]
    _revised(planter)
    _shining(hidden)
    for page in Page.objects.filter(depth__gt=1).specific():  # as Wagtail does once all is written
        ReferenceIndex.create_or_update_for_object(page)


def _draft(planter: _Planter) -> Page:
    return pages.make_guide("page-une", planter.body("brouillon"), live=False, **planter.texts("brouillon"))


def _scheduled(planter: _Planter) -> Page:
    page = pages.make_reflex("page-deux", planter.body("prevue"), live=False, **planter.texts("prevue"))
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    return page


def _over(planter: _Planter) -> Page:
    told = planter.texts("expiree")
    page = pages.make_reflex("page-trois", planter.body("expiree"), **told)
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(days=1))
    return page


def _under_a_draft(planter: _Planter) -> list[Page]:
    guide = pages.make_guide("page-quatre", **planter.texts("guide"))
    chapter = pages.make_chapter(guide, "partie", planter.body("chapitre"), **planter.texts("chapitre"))
    models.GuidePage.objects.get(pk=guide.pk).unpublish()
    return [guide, chapter]


def _kept(planter: _Planter) -> list[Page]:
    found = []
    for kind in (PageViewRestriction.PASSWORD, PageViewRestriction.GROUPS):
        page = pages.make_reflex(f"page-{kind}", planter.body(kind), **planter.texts(kind))
        PageViewRestriction.objects.create(page=page, restriction_type=kind, password="sésame")
        found.append(page)
    return found


def _kept_for_those_who_sign_in(planter: _Planter) -> Page:
    told = planter.texts("connectes", SIGNED_IN)
    page = pages.make_reflex("page-cinq", planter.body("connectes", SIGNED_IN), **told)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return page


def _english(planter: _Planter) -> Page:
    """Published, of a French page that was withdrawn."""
    original = pages.make_reflex("page-six", **planter.texts("original"))
    locale = Locale.objects.get_or_create(language_code="en")[0]
    copy = original.copy_for_translation(locale, copy_parents=True)
    for name, value in planter.texts("traduite").items():
        setattr(copy, name, value)
    copy.save_revision().publish()
    models.ReflexSheetPage.objects.get(pk=original.pk).unpublish()
    return original


def _revised(planter: _Planter) -> None:
    page = pages.make_guide("page-sept", title="Phare de la page publiée")
    body = [{"type": name, "value": value} for name, value in planter.body("revision")]
    page.body = models.GuidePage.body.field.stream_block.to_python(body)
    for name, value in planter.texts("revision").items():
        setattr(page, name, value)
    page.save_revision()


def _shining(hidden: list[Page]) -> None:
    """Read by everybody: its links and tiles lead to what hides, its services are the reader's own."""
    links = "".join(f'<p><a linktype="page" id="{page.pk}">la suite</a></p>' for page in hidden)
    body = [
        ("text", f"<p>Phare du texte.</p>{links}"),
        ("pages", {"title": "À lire", "pages": [page.pk for page in hidden]}),
        ("services", LIVE),
    ]
    guide = pages.make_guide("page-phare", body, title="Phare du guide")
    pages.make_chapter(guide, "chapitre-phare", body, title="Phare du chapitre")
    pages.make_reflex("fiche-phare", body, title="Phare de la fiche")
    pages.make_standard("site-phare", body, title="Phare du site")
