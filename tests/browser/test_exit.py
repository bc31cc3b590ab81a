"""Leaving at once: click, Shift three times, Back, a restored page (domain.md E1–E9)."""

import pytest
from playwright.sync_api import Route, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from directory.models import Service
from tests.browser.conftest import Walk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _elsewhere(settings: Settings, live_server: LiveServer) -> None:
    """A place to leave to, under another name of this machine so that it is another site for the browser."""
    settings.QUICK_EXIT_URL = live_server.url.replace("localhost", "127.0.0.1") + "/.well-known/security.txt"


def has_left(walk: Walk) -> None:
    walk.page.wait_for_url("**/.well-known/security.txt")


def test_a_click_leaves_and_back_does_not_return(desk: Walk, directory: dict[str, Service]) -> None:
    desk.go("/numeros/").go("/types/")
    desk.page.locator("a.m-exit").click()
    has_left(desk)
    desk.page.go_back()
    has_left(desk)
    assert "/numeros/" not in desk.page.url


def test_three_presses_of_shift_leave(desk: Walk, directory: dict[str, Service]) -> None:
    desk.go("/types/")
    status = desk.page.locator("#exit-status")
    desk.page.keyboard.press("Shift")
    expect(status).to_have_text("Encore deux fois Majuscule pour quitter la page.")
    desk.page.keyboard.press("Shift")
    expect(status).to_have_text("Encore une fois Majuscule pour quitter la page.")
    desk.page.keyboard.press("Shift")
    has_left(desk)


def test_capitals_typed_in_a_field_do_not_leave(desk: Walk, directory: dict[str, Service]) -> None:
    desk.go("/")
    desk.page.get_by_label("La situation").press_sequentially("ABC Def GHI")
    for letter in "CRIP":
        desk.page.keyboard.press(f"Shift+{letter}")
    desk.page.wait_for_timeout(300)
    assert desk.path == "/"


def test_slow_presses_do_not_leave(desk: Walk, directory: dict[str, Service]) -> None:
    desk.page.clock.install()
    desk.go("/types/")
    for _press in range(2):
        desk.page.keyboard.press("Shift")
    desk.page.wait_for_timeout(5200)
    desk.page.keyboard.press("Shift")
    desk.page.wait_for_timeout(300)
    assert desk.path == "/types/"


def test_the_page_is_hidden_before_anything_else(desk: Walk, directory: dict[str, Service]) -> None:
    happened: list[str] = []
    desk.page.on("console", lambda message: happened.append(message.text))

    def answer_slowly(route: Route) -> None:
        desk.page.wait_for_timeout(500)
        happened.append("answered")
        route.fulfill(body="elsewhere")

    desk.page.route("**/.well-known/security.txt", answer_slowly)
    desk.go("/types/")
    desk.page.evaluate(
        "new MutationObserver(() => document.querySelector('main') || console.log('hidden'))"
        ".observe(document.body, { childList: true })"
    )
    desk.page.locator("a.m-exit").click()
    has_left(desk)
    assert happened == ["hidden", "answered"]


def test_whoever_comes_back_on_purpose_is_welcome(desk: Walk, directory: dict[str, Service]) -> None:
    desk.go("/types/")
    desk.page.locator("a.m-exit").click()
    has_left(desk)
    desk.go("/numeros/")
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("Numéros nationaux")


def test_without_a_script_the_link_leaves(without_script: Walk, directory: dict[str, Service]) -> None:
    without_script.go("/types/")
    without_script.page.locator("a.m-exit").click()
    has_left(without_script)
