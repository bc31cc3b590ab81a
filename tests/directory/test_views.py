"""The pages of services, organisations, types and numbers: what they show, to whom, in how many queries."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from directory.discretion import telling_words
from directory.models import Commune
from tests.factories import (
    ActorTypeFactory,
    AreaFactory,
    ContactFactory,
    HelplineFactory,
    OrganisationFactory,
    PlaceFactory,
    ServiceFactory,
    UserFactory,
)
from tests.territory import GAP, GRENOBLE, VOIRON

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def title_of(page: str) -> str:
    return page.split("<title>")[1].split("</title>")[0]


# --- Services -----------------------------------------------------------------------------------------


def test_a_sheet_says_for_whom_how_where_and_since_when(client: Client, communes: dict[str, Commune]) -> None:
    HelplineFactory(key="3919")
    service = ServiceFactory(
        name="L’Étape (exemple)",
        phone="+33465710012",
        women=True,
        age_min=18,
        referrers=["victime", "professionnel"],
        conditions=["aucune"],
        situations=["avec-enfants"],
        at=GRENOBLE,
    )
    page = text_of(client, service.get_absolute_url())
    assert "Femmes dès 18 ans, avec ou sans enfants" in page
    assert "La victime, un professionnel" in page
    assert 'href="tel:+33465710012"' in page
    assert "peut apparaître sur la facture" in page
    assert "1 place de la Mairie" in page
    assert "Vérifié le" in page
    assert 'href="tel:3919"' in page


def test_the_week_is_shown_with_today_marked(client: Client, communes: dict[str, Commune]) -> None:
    service = ServiceFactory()
    PlaceFactory(service=service, hours="Mo-Su 09:00-12:00")
    page = text_of(client, service.get_absolute_url())
    assert page.count('aria-current="date"') == 1
    assert "9\xa0h – 12\xa0h" in page
    assert 'class="m-week__on" x="10" width="30"' in page


def test_an_address_told_by_phone_is_placed_at_the_town_hall(
    client: Client, communes: dict[str, Commune]
) -> None:
    service = ServiceFactory()
    PlaceFactory(service=service, by_phone=True, street="12 rue Dérobée", point=(5.7, 45.2))
    page = text_of(client, service.get_absolute_url())
    assert "L’adresse est donnée au téléphone." in page
    assert "data-approximate" in page
    assert "Dérobée" not in page
    assert 'data-lon="5.70000"' not in page


def test_the_title_keeps_quiet_about_a_telling_name(client: Client, communes: dict[str, Commune]) -> None:
    kind = ActorTypeFactory(slug="leao", discreet="Lieu d’écoute")
    service = ServiceFactory(type=kind, name="SOS Violences conjugales (exemple)", at=GRENOBLE)
    page = text_of(client, service.get_absolute_url())
    assert title_of(page) == "Lieu d’écoute, Grenoble — Maillage"
    assert '<h1 class="m-quiet"' in page


def test_a_suspended_service_says_so_and_until_when(client: Client, communes: dict[str, Commune]) -> None:
    service = ServiceFactory(suspended=True, closed_until=timezone.localdate() + timedelta(days=10))
    page = text_of(client, service.get_absolute_url())
    assert "Fermé jusqu’au" in page
    assert "Fermé pour travaux." in page


def test_a_closed_service_still_answers_at_its_address(client: Client, communes: dict[str, Commune]) -> None:
    assert "fermé définitivement" in text_of(client, ServiceFactory(closed=True).get_absolute_url())


def test_a_service_that_the_reader_may_not_see_does_not_exist(client: Client) -> None:
    reserved, draft = ServiceFactory(reserved=True), ServiceFactory(draft=True)
    assert client.get(reserved.get_absolute_url()).status_code == 404
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get("/s/inconnu/").status_code == 404
    client.force_login(UserFactory(professional_in=["38"]))
    assert "Fiche réservée" in text_of(client, reserved.get_absolute_url())
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_contacts_between_professionals_stay_between_them(client: Client) -> None:
    service = ServiceFactory(phone="+33465710012")
    ContactFactory(service=service, reserved=True, value="+33465710099")
    assert "04 65 71 00 99" not in text_of(client, service.get_absolute_url())
    client.force_login(UserFactory(professional_in=["38"]))
    assert "04 65 71 00 99" in text_of(client, service.get_absolute_url())


def test_others_that_do_the_same_are_of_the_same_department(
    client: Client, communes: dict[str, Commune]
) -> None:
    service = ServiceFactory(name="Ici (exemple)", at=GRENOBLE)
    ServiceFactory(name="Voironnais (exemple)", at=VOIRON)
    ServiceFactory(name="Gapençais (exemple)", at=GAP, department="05")
    ServiceFactory(name="Réservé (exemple)", at=VOIRON, reserved=True)
    page = text_of(client, service.get_absolute_url())
    assert "Voironnais (exemple)" in page
    assert "Voiron, à environ" in page
    assert "Gapençais (exemple)" not in page
    assert "Réservé (exemple)" not in page


def test_distances_to_others_start_from_the_town_hall(client: Client, communes: dict[str, Commune]) -> None:
    """Asked from many places, an exact distance would tell where a place is (domain.md C4)."""
    services = [ServiceFactory(name=f"Lieu {number} (exemple)") for number in range(2)]
    for service, point in zip(services, [(5.73, 45.19), (5.60, 45.30)], strict=True):
        PlaceFactory(service=service, point=point)
    ServiceFactory(name="Voironnais (exemple)", at=VOIRON)
    distances = {
        text_of(client, one.get_absolute_url()).split("Voiron, à environ ")[1][:5] for one in services
    }
    assert len(distances) == 1


def test_a_service_whose_address_is_hidden_has_no_place_and_no_neighbour(
    client: Client, communes: dict[str, Commune]
) -> None:
    service = ServiceFactory(hidden=True, name="Abri (exemple)")
    ServiceFactory(hidden=True, name="Autre abri (exemple)")
    client.force_login(UserFactory(professional_in=["38"]))
    page = text_of(client, service.get_absolute_url())
    assert "Lieux et horaires" not in page
    assert "data-lon" not in page
    assert "Autre abri" not in page


@pytest.mark.parametrize("places", [1, 6])
def test_a_sheet_takes_ten_queries_at_most(
    client: Client,
    communes: dict[str, Commune],
    django_assert_max_num_queries: DjangoAssertNumQueries,
    places: int,
) -> None:
    HelplineFactory(key="3919")
    zone = AreaFactory(kind="judicial", communes=[communes[GRENOBLE], communes[VOIRON]])
    service = ServiceFactory(
        at=[GRENOBLE, VOIRON] * (places // 2) or GRENOBLE, coverage=[zone], phone="+33465710012"
    )
    for _number in range(places):
        ServiceFactory(at=VOIRON)
    with django_assert_max_num_queries(10):
        page = text_of(client, service.get_absolute_url())
    assert f'data-zone-communes="{GRENOBLE} {VOIRON}"' in page


def test_hours_given_twice_are_shown_once(client: Client, communes: dict[str, Commune]) -> None:
    service = ServiceFactory(hours="Mo-Fr 09:00-12:00")
    place = PlaceFactory(service=service, hours="Mo-Fr 09:00-12:00")
    assert text_of(client, service.get_absolute_url()).count("Semaine du") == 1
    place.hours = "Mo 09:00-10:00"
    place.save()
    assert text_of(client, service.get_absolute_url()).count("Semaine du") == 2


def test_a_map_without_a_zone_promises_none(client: Client, communes: dict[str, Commune]) -> None:
    service = ServiceFactory(at=GRENOBLE)
    page = text_of(client, service.get_absolute_url())
    assert "data-map" in page
    assert "En vert" not in page
    covering = ServiceFactory(at=GRENOBLE, coverage=[communes[GRENOBLE]])
    assert "En vert" in text_of(client, covering.get_absolute_url())


# --- Organisations ---------------------------------------------------------------------------------------


def test_an_organisation_lists_the_services_that_the_reader_sees(client: Client) -> None:
    organisation = OrganisationFactory(name="Association (exemple)")
    ServiceFactory(organisation=organisation, name="Ouvert à tous (exemple)")
    ServiceFactory(organisation=organisation, name="Entre professionnels (exemple)", reserved=True)
    page = text_of(client, organisation.get_absolute_url())
    assert "Ouvert à tous (exemple)" in page
    assert "Entre professionnels" not in page


def test_an_organisation_without_a_visible_service_does_not_exist(client: Client) -> None:
    service = ServiceFactory(reserved=True)
    assert client.get(service.organisation.get_absolute_url()).status_code == 404


# --- Types, numbers ----------------------------------------------------------------------------------------


def test_a_type_sheet_says_what_it_is_not_and_lists_its_services(
    client: Client, communes: dict[str, Commune]
) -> None:
    crip, cippav = ActorTypeFactory(slug="crip", not_this="Pas la CIPPAV."), ActorTypeFactory(slug="cippav")
    crip.confused_with.add(cippav)
    ServiceFactory(type=crip, name="CRIP de l’Isère (exemple)", at=GRENOBLE)
    ServiceFactory(type=crip, name="CRIP réservée (exemple)", reserved=True)
    page = text_of(client, crip.get_absolute_url())
    assert "Pas la CIPPAV." in page
    assert cippav.get_absolute_url() in page
    assert "CRIP de l’Isère (exemple)" in page
    assert "CRIP réservée" not in page
    assert "1 service publié" in page


def test_a_type_with_many_services_shows_one_department_at_a_time(
    client: Client, communes: dict[str, Commune]
) -> None:
    kind = ActorTypeFactory(slug="brigade-gendarmerie")
    organisation = OrganisationFactory()
    for number in range(61):
        ServiceFactory(type=kind, organisation=organisation, name=f"Brigade {number} (exemple)")
    assert "Brigade 7 (exemple)" not in text_of(client, kind.get_absolute_url())
    assert "Brigade 7 (exemple)" in text_of(client, kind.get_absolute_url() + "?departement=38")


def test_a_readable_type_address_leads_to_one_that_tells_nothing(client: Client) -> None:
    kind = ActorTypeFactory(slug="france-victimes")
    response = client.get("/types/france-victimes/")
    assert response.status_code == 302
    assert response["Location"] == kind.get_absolute_url()
    assert client.get("/types/inconnu/").status_code == 404


def test_types_are_listed_by_family_with_what_the_reader_finds(client: Client) -> None:
    ActorTypeFactory(slug="crip")
    ServiceFactory(type_slug="leao")
    ServiceFactory(type_slug="leao", reserved=True)
    page = text_of(client, "/types/")
    assert page.index("Écoute et accueil") < page.index("Protection de l’enfance")
    assert "1 service" in page
    assert "2 services" not in page


def test_numbers_are_dated_and_unsure_hours_are_not_shown(client: Client) -> None:
    HelplineFactory(key="17", emergency=True)
    HelplineFactory(key="116006", hours="9 h – 19 h", always_open=False)
    HelplineFactory(key="auteurs", displayed=False, label="Ligne à confirmer")
    page = text_of(client, "/numeros/")
    assert 'href="tel:116006"' in page
    assert "9 h – 19 h" not in page
    assert "Horaires à confirmer" in page
    assert "Source des tests" in page
    assert "À vérifier" in page
    assert "Ligne à confirmer" not in page


@pytest.mark.parametrize("address", ["/", "/recherche/", "/types/", "/numeros/"])
def test_titles_and_addresses_tell_nothing(client: Client, address: str) -> None:
    ActorTypeFactory(slug="france-victimes", discreet="Aide")
    page = text_of(client, address)
    assert not telling_words(title_of(page))
    links = [part.split('"')[0] for part in page.split('href="')[1:]]
    assert not [link for link in links if telling_words(link)]
