"""What axe finds wrong in a page as it stands."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Nothing of a page is set aside: drawers and the map's own controls are judged with the rest.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


# What fades in is pale on its way: contrasts are judged once it is there.
STILL = "() => Promise.allSettled(document.getAnimations().map((one) => one.finished)).then(() => null)"


def faults(page: Page) -> list[str]:
    page.evaluate(STILL)
    found: Any = Axe().run(page, options=RULES)
    return [
        f"{one['id']}: {node['html'][:160]}" for one in found.response["violations"] for node in one["nodes"]
    ]
