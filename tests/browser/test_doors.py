"""The first door of a situation, on the first screen of a phone."""

import pytest

from tests.browser.conftest import PHONE, Walk
from tests.search.asked import plant

pytestmark = pytest.mark.django_db(transaction=True)

QUESTION = "une gamine de 14 ans, des hommes plus vieux la paient, on est à Embrun, je fais quoi ce soir ?"
CONFESSION = "c’est moi qui cogne, mon copain encaisse, je veux voir quelqu’un"


@pytest.mark.parametrize(("words", "place"), [(QUESTION, ""), (CONFESSION, "Embrun")])
def test_the_first_door_is_on_the_first_screen_of_a_phone(phone: Walk, words: str, place: str) -> None:
    plant()
    phone.go("/")
    phone.page.get_by_label("La situation").fill(words)
    phone.page.get_by_label("La commune de la personne").fill(place)
    phone.page.get_by_label("La commune de la personne").press("Enter")
    phone.page.wait_for_url("**/recherche/r/**")
    door = phone.page.locator(".m-doors > li").first.locator(".m-doors__when").bounding_box()
    bar = phone.page.locator(".m-exit").bounding_box()
    assert door
    assert bar
    assert door["y"] + door["height"] < min(bar["y"], PHONE["height"])
    assert phone.overflow() == 0
