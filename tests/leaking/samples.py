"""Sample arguments for the parameters of the URLconf: real ones, of what is planted."""

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Collection, Locale, ModelLogEntry, Page, Revision, Site

from cms.models import SiteDocument, SiteRendition
from directory.models import (
    ActorType,
    ApiToken,
    Area,
    DoorRule,
    Helpline,
    LexiconEntry,
    Organisation,
    Service,
    User,
)
from search.tokens import seal
from tests.leaking.corpus import Corpus

# Wagtail's own parameters that name nothing of the directory: any value reaches the view.
_PLAIN: dict[str, list[Any]] = {
    "rest": ["x"],
    "path": ["x"],
    "uidb36": ["1"],
    "key": ["x-y"],
    "uidb64": ["MQ"],
    "view_name": ["x"],
    "slug": ["crip"],
    "mode": [""],
    "image_id": [1],
    "document_id": [1],
    "page_privacy_id": [1],
    "workflow_pk": [1],
    "workflow_id": [1],
    "task_pk": [1],
    "task_id": [1],
    "task_state_id": [1],
    "workflow_state_id": [1],
    "group_id": [1],
    "filter_spec": ["fill-10x10"],
    "action": ["publish", "delete"],
    "action_name": ["approve"],
    "uuid": ["00000000-0000-4000-8000-000000000000"],
    "token": [""],
    "settings_app_name": ["x"],
    "model_name": ["service"],
    "app_label": ["directory"],
    "app_name": ["directory"],
    "report": ["x"],
    "_0": ["login"],
    "doc_id": [1],
    "uploaded_file_id": [1],
    "session_id": [1],
    "restriction_id": [1],
    "z": [0, 9],
    "x": [0, 264],
    "y": [0, 183],
}


_MODELS = {
    "organisation": Organisation,
    "territoires": Area,
    "types": ActorType,
    "numeros": Helpline,
    "user": User,
    "cles-acces": ApiToken,
    "lexique": LexiconEntry,
    "portes": DoorRule,
}


class Samples:
    """Real arguments of what is planted, read once: what one asks afterwards is undone, and changes none."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.services = [service.pk for service in corpus.services.values()]
        self.everywhere = _PLAIN | _of_the_tables() | {"object_id": self.services}
        self._asked: dict[str, list[Any]] = {}

    def of(self, template: str) -> dict[str, list[Any]]:
        """For the parameters of one address: a `pk` is that of a service under its addresses."""
        return (
            self.everywhere
            | self._of_pages(template)
            | {"pk": self._primary_keys(template), "public_id": _public_ids(template, self.corpus)}
        )

    def _of_pages(self, template: str) -> dict[str, list[Any]]:
        """Addresses of pages, their sheets of paper, their files: all that is planted, drafts included."""
        if template.startswith("/papier/p/"):
            return {"key": self._once("key", _page_keys)}
        if template == "/%(_0)s":
            return {"_0": self._once("path", _page_paths)}
        if template.startswith("/documents/"):
            files = self._once("file", lambda: list(SiteDocument.objects.order_by("pk")))
            return {
                "_0": [one.pk for one in files] or [1],
                "_1": [one.filename for one in files] or ["x.pdf"],
            }
        return {"name": self._once("name", _rendition_names)}

    def _primary_keys(self, template: str) -> list[Any]:
        for name, model in _MODELS.items():
            if f"/{name}" in template:
                return self._once(f"/{name}", _first_keys(model))
        return self.services

    def _once(self, name: str, ask: Callable[[], list[Any]]) -> list[Any]:
        if name not in self._asked:
            self._asked[name] = ask()
        return self._asked[name]


def _of_the_tables() -> dict[str, list[Any]]:
    revisions, pages = _keys(Revision), _keys(Page)
    return {
        "token": [seal({"q": ["Canari"]}), seal({"lieu": ["38185"]})],
        "slug": [kind.slug for kind in ActorType.objects.all()],
        "revision_id": revisions,
        "revision_id_a": revisions,
        "revision_id_b": revisions,
        "content_type_id": [ContentType.objects.get_for_model(Service).pk],
        "content_type_app_name": ["directory"],
        "content_type_model_name": ["service"],
        "user_id": _keys(User),
        "page_id": pages,
        "page_pk": pages,
        "parent_page_id": pages,
        "page_to_move_id": pages,
        "destination_id": pages,
        "site_id": _keys(Site),
        "collection_id": _keys(Collection),
        "locale_id": _keys(Locale),
        "log_id": _keys(ModelLogEntry),
    }


def _keys(model: Any) -> list[Any]:
    return list(model.objects.values_list("pk", flat=True)) or [1]


def _first_keys(model: Any) -> Callable[[], list[Any]]:
    return lambda: list(model.objects.order_by("pk").values_list("pk", flat=True)[:5]) or [1]


def _page_keys() -> list[Any]:
    return list(Page.objects.filter(depth__gt=1).values_list("pk", flat=True)) or [1]


def _page_paths() -> list[Any]:
    paths = Page.objects.filter(depth__gt=2).values_list("url_path", flat=True)
    return sorted({path.split("/", 2)[2] for path in paths}) or ["x/"]


def _rendition_names() -> list[Any]:
    names = SiteRendition.objects.order_by("pk").values_list("file", flat=True)
    return [name.rpartition("/")[2] for name in names] or ["x.png"]


def _public_ids(template: str, corpus: Corpus) -> list[str]:
    services = corpus.services.values()
    if "/o/" in template or "organisations" in template:
        return sorted({service.organisation.public_id for service in services})
    if "f/%(" in template:
        return sorted({service.type.public_id for service in services})
    return [service.public_id for service in services]
