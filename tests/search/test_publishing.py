"""What is published in the administration is found at once, by both engines, on the site as it is served."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from pytest_django import Settings

from directory.models import ActorType, Organisation, Service
from search import indexing, national
from tests.directory.admin_tools import administrator, entry, signed_in
from tests.factories import ActorTypeFactory, OrganisationFactory, ServiceFactory
from tests.pages import make_home, make_reflex
from tests.publishing import seconds_until_found
from tests.search.elastic_tools import elastic_urls
from tests.serving import ServedSite, served_site, served_worker, with_elasticsearch
from tests.territory import load_communes

# Seconds. A second is promised, and measured by tests/bench/publishing.py; a busy machine must not fail this.
BOUND = 5
SERVICES = "/gestion/annuaire/services/"


@pytest.fixture
def directory(transactional_db: None) -> None:
    load_communes()
    make_home()
    ServiceFactory(name="Déjà là", at="38563")
    indexing.rebuild()


@pytest.fixture(params=["postgresql", "elasticsearch"])
def engine(request: pytest.FixtureRequest, settings: Settings, directory: None) -> str:
    if request.param == "elasticsearch":
        request.getfixturevalue("own_indexes")
        national.rebuild()
    else:
        assert settings.ELASTICSEARCH_URLS == []
    return str(request.param)


@pytest.fixture
def site(engine: str, settings: Settings) -> Iterator[ServedSite]:
    """With its worker where there is something to follow, as `bin/serve` starts both."""
    environment: dict[str, str] = {}
    with ExitStack() as stack:
        if engine == "elasticsearch":
            url = ",".join(elastic_urls(settings))
            environment = with_elasticsearch(url, settings.ELASTICSEARCH_PREFIX, 5)
            stack.enter_context(served_worker(**environment))
        site = stack.enter_context(served_site(**environment))
        seconds_until_found(site, "Déjà là", engine, patience=60)  # all of it has started
        yield site


def posted(path: str, name: str, organisation: Organisation, kind: ActorType) -> None:
    """What an editor sends by « Publier »."""
    values = entry(
        name=name, organisation=organisation.pk, type=kind.pk, coverage_communes="Voiron",
        just_verified="on", **{"action-publish": "1"},
    )  # fmt: skip
    assert signed_in(administrator()).post(f"{SERVICES}{path}", values).status_code == 302
    assert Service.objects.get(name=name).live


def test_what_is_published_is_found(site: ServedSite, engine: str) -> None:
    """An entry that is new, one that changes, a page."""
    organisation, kind = OrganisationFactory(department="38"), ActorTypeFactory(slug="leao")
    posted("add/", "Écoute Zorvelane", organisation, kind)
    seconds_until_found(site, "Zorvelane", engine, BOUND)
    service = Service.objects.get(name="Écoute Zorvelane")
    posted(f"edit/{service.pk}/", "Accueil Brimondin", organisation, kind)
    seconds_until_found(site, "Brimondin", engine, BOUND)
    make_reflex("fiche-nouvelle", title="Fiche Falquemine")
    seconds_until_found(site, "Falquemine", engine, BOUND)
