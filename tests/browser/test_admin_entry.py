"""A coordinator at work in a real browser: quick page, long form, map, without script, at 360 px."""

import time

import pytest

from directory.models import ActorType, Helpline, Service
from tests.browser.conftest import Walk
from tests.directory.admin_tools import coordinator, signed_in
from tests.factories import ActorTypeFactory, HelplineFactory, PlaceFactory, ServiceFactory
from tests.territory import load_communes

pytestmark = pytest.mark.django_db(transaction=True)
QUICK, SERVICES = "/gestion/annuaire/nouvelle/", "/gestion/annuaire/services/"


@pytest.fixture
def keeper(transactional_db: None) -> str:
    """The session of a coordinator of Isère, where a few types exist."""
    load_communes()
    HelplineFactory(key="3919", label="Écoute nationale")
    ActorTypeFactory(slug="leao")
    ActorTypeFactory(slug="hebergement-fvv")
    return signed_in(coordinator("38")).cookies["sessionid"].value


def _enter(walk: Walk, session: str) -> Walk:
    walk.page.context.add_cookies([{"name": "sessionid", "value": session, "url": walk.site}])
    return walk


def test_an_organisation_its_service_and_a_permanence_in_under_two_minutes(desk: Walk, keeper: str) -> None:
    page = _enter(desk, keeper).go("/gestion/").page
    began = time.monotonic()
    page.get_by_role("link", name="Nouvelle structure").first.click()
    # As a person types: a key every 60 ms.
    page.get_by_label("Organisation").press_sequentially("Association Horizon (exemple)", delay=60)
    page.get_by_label("Type de service").select_option(str(ActorType.objects.get(slug="leao").pk))
    page.get_by_label("En une phrase").press_sequentially(
        "Écoute, conseils juridiques et orientation.", delay=60
    )
    page.get_by_label("Commune du lieu").press_sequentially("voiro", delay=60)
    page.locator("datalist option[value='Voiron (38563)']").wait_for(state="attached")
    page.get_by_label("Commune du lieu").fill("Voiron (38563)")
    page.get_by_label("Numéro et rue").press_sequentially("1 place de la Mairie", delay=60)
    page.get_by_label("Horaires").press_sequentially("lun-ven 9h-12h, 14h-17h", delay=60)
    page.get_by_text("Compris : Lundi au vendredi").wait_for()
    page.get_by_label("Téléphone").press_sequentially("04 65 71 00 12", delay=60)
    page.get_by_role("button", name="Publier").click()
    page.get_by_text("est publié").wait_for()
    assert time.monotonic() - began < 60
    service = Service.objects.get()
    assert service.live
    assert service.places.get().hours == "Mo-Fr 09:00-12:00,14:00-17:00"
    assert not desk.strangers
    assert not desk.complaints


def test_a_type_that_hides_its_address_offers_no_place(desk: Walk, keeper: str) -> None:
    page = _enter(desk, keeper).go(QUICK).page
    hidden = str(ActorType.objects.get(slug="hebergement-fvv").pk)
    page.get_by_label("Type de service").select_option(hidden)
    page.get_by_text("n’enregistre jamais de lieu").wait_for()
    assert not page.get_by_label("Numéro et rue").is_visible()
    desk.go(f"{SERVICES}add/?type=hebergement-fvv")
    assert page.get_by_text("1. L’essentiel").first.is_visible()
    assert page.locator("[name$=street]").count() == 0


def test_a_point_is_set_on_the_map_typed_or_left_to_the_commune(desk: Walk, keeper: str) -> None:
    service = ServiceFactory()
    PlaceFactory(service=service, commune__insee="38563")
    page = _enter(desk, keeper).go(f"{SERVICES}edit/{service.pk}/").page
    point = page.locator("[name=places-0-point]")
    page.get_by_role("button", name="Placer sur la carte").first.click()
    page.get_by_text("Voiron", exact=True).first.wait_for()
    page.locator(".m-point__map").first.click(position={"x": 300, "y": 150})
    latitude, longitude = (float(part) for part in point.input_value().split(", "))
    assert abs(latitude - 45.36) < 0.1
    assert abs(longitude - 5.59) < 0.2
    page.get_by_role("button", name="Prendre le point de la commune").first.click()
    assert point.input_value() == ""
    point.fill("45.3644, 5.5915")
    page.locator("button[name=action-publish]").evaluate("button => button.click()")
    page.get_by_text("mis à jour et publié").or_(page.get_by_text("publié")).first.wait_for()
    assert round(service.places.get().point.x, 4) == 5.5915
    assert not desk.complaints


def test_a_row_added_by_hand_has_its_helpers(desk: Walk, keeper: str) -> None:
    page = _enter(desk, keeper).go(f"{SERVICES}add/?type=leao").page
    page.locator("#id_places-ADD").click()
    page.locator("[name=places-0-hours]").press_sequentially("mar 14h-16h")
    page.get_by_text("Compris : Mardi").wait_for()
    page.get_by_role("button", name="Placer sur la carte").click()
    page.locator(".m-point__map svg path").first.wait_for(state="attached")
    assert not desk.strangers
    assert not desk.complaints


def test_the_preview_is_shown_beside_the_form(desk: Walk, keeper: str) -> None:
    service = ServiceFactory(name="Le Relais aperçu", phone="+33465710012")
    page = _enter(desk, keeper).go(f"{SERVICES}edit/{service.pk}/").page
    page.locator("[data-side-panel-toggle=preview]").click()
    frame = page.frame_locator("[data-side-panel=preview] iframe").last
    frame.get_by_role("heading", name="Le Relais aperçu").wait_for()
    assert not desk.complaints


def test_the_quick_page_works_without_script(without_script: Walk, keeper: str) -> None:
    page = _enter(without_script, keeper).go(QUICK).page
    page.get_by_label("Organisation").fill("Association Sobre (exemple)")
    page.get_by_label("Type de service").select_option(index=1)
    page.get_by_label("En une phrase").fill("Écoute.")
    page.get_by_label("Commune du lieu").fill("Voiron")
    page.get_by_label("Horaires").fill("parfois")
    page.get_by_role("button", name="Publier").click()
    assert page.get_by_text("Rien n’est enregistré").count()
    page.get_by_label("Horaires").fill("lun-ven 9h-12h")
    page.get_by_role("button", name="Publier").click()
    assert Service.objects.get().live


@pytest.mark.parametrize("path", ["/gestion/", QUICK, SERVICES, f"{SERVICES}add/?type=leao"])
def test_nothing_overflows_on_a_phone(phone: Walk, keeper: str, path: str) -> None:
    assert Helpline.objects.exists()
    _enter(phone, keeper).go(path)
    phone.page.wait_for_load_state("networkidle")
    assert phone.overflow() <= 0
    fields = phone.page.locator("main select, main textarea")
    for field in fields.all():
        box = field.bounding_box()
        assert box is None or box["x"] + box["width"] <= 361, field.get_attribute("name")
