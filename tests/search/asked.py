"""A small real territory with the rules and the lexicon as shipped, and questions asked of it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from directory.models import ActorType
from directory.reference_guidance import load_doors, load_lexicon
from directory.visibility import ANONYMOUS, Viewer
from search import indexing, vocabulary
from search.answer import Answer, answer
from search.forms import SearchForm
from tests.factories import (
    ActorTypeFactory,
    HelplineFactory,
    ServiceFactory,
    shipped_helplines,
    shipped_types,
)
from tests.territory import GAP, GRENOBLE, department, load_communes

NIGHT = datetime(2026, 11, 26, 21, 30, tzinfo=ZoneInfo("Europe/Paris"))
DAY = datetime(2026, 11, 26, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))


def plant() -> None:
    load_communes()
    for key in shipped_helplines():
        HelplineFactory(key=key)
    ActorType.objects.bulk_create([ActorTypeFactory.build(slug=slug) for slug in shipped_types()])
    load_lexicon()
    load_doors()
    vocabulary.learn_types()
    hautes_alpes, isere = department("05"), department("38")
    for name, slug, code, area in (
        ("CRIP 05", "crip", "05", hautes_alpes),
        ("CRIP 38", "crip", "38", isere),
        ("Association 05", "association-prostitution-mineurs", "05", hautes_alpes),
        ("LEAO 05", "leao", "05", hautes_alpes),
        ("SIAO 05", "siao-115", "05", hautes_alpes),
        ("CPCA 05", "cpca", "05", hautes_alpes),
    ):
        ServiceFactory(
            name=name, type_slug=slug, department=code, coverage=[area], hours="Mo-Fr 08:30-17:30",
            at=GAP if code == "05" else GRENOBLE,
        )  # fmt: skip
    ServiceFactory(name="Signes 05", type_slug="france-victimes", department="05", coverage=[hautes_alpes],
                   situations=["sourd-malentendant"])  # fmt: skip
    ServiceFactory(name="Refuge 05", type_slug="hebergement-fvv", department="05", coverage=[hautes_alpes],
                   audience="professionnels")  # fmt: skip
    indexing.rebuild()


def ask(words: str, lieu: str = "", viewer: Viewer = ANONYMOUS, at: datetime = DAY) -> Answer:
    asked = SearchForm({"q": [words], "lieu": [lieu]}).asked()
    return answer(asked.question, viewer, at)


def names(found: Answer) -> list[str]:
    return [one.card.name for one in found.results]
