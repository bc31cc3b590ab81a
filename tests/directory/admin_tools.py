"""Who signs in to the administration, and what its forms post."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Collection, Locale, Page, Site

from cms.accounts.grants import grant
from directory.models import User
from tests import factories
from tests.signing import signed_in

__all__ = ["administrator", "coordinator", "entry", "keep_page_tree", "management", "signed_in"]


def coordinator(*departments: str) -> User:
    user = factories.UserFactory()
    grant(user, "coordinator", departments)
    return user


def administrator() -> User:
    return factories.UserFactory(administrator=True)


def management(prefix: str, total: int = 0, initial: int = 0) -> dict[str, Any]:
    return {
        f"{prefix}-TOTAL_FORMS": total,
        f"{prefix}-INITIAL_FORMS": initial,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }


def entry(**values: Any) -> dict[str, Any]:
    """What the form of a service posts at least; `places` and `contacts` are lists of rows."""
    posted: dict[str, Any] = {
        "name": "Écoute de Voiron",
        "summary": "Écoute et oriente.",
        "department": "38",
        "audience": "public",
        "gender": "tous",
        "cost": "inconnu",
        "state": "actif",
        "verify_every": "6",
        "languages": ["fr"],
    }
    for name in ("places", "contacts"):
        rows = values.pop(name, [])
        if rows is None:
            continue
        initial = sum("id" in row for row in rows)
        posted |= management(name, len(rows), initial)
        for index, row in enumerate(rows):
            defaults = (
                {"address_visibility": "publique"}
                if name == "places"
                else {"kind": "telephone", "audience": "public"}
            )
            row = defaults | {"ORDER": index + 1} | row
            posted |= {f"{name}-{index}-{field}": value for field, value in row.items()}
    return posted | values


def keep_page_tree() -> None:
    """Put back what migrations made and a flush (transactional tests) took: Wagtail's own pages need it."""
    Locale.objects.get_or_create(language_code="fr")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    if not Page.objects.filter(depth=1).exists():
        kind = ContentType.objects.get_for_model(Page)
        Page.add_root(instance=Page(title="Root", slug="root", content_type=kind))
    root = Page.objects.get(depth=1)
    Site.objects.get_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": root})
