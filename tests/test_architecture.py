"""The rules of the house, read from the sources: who imports whom, how long things are, what is where."""

import ast
import re
from pathlib import Path
from statistics import median

import pytest
from django.apps import apps
from importlinter.cli import lint_imports

from tests.sources import ROOMS, ROOT, calls_of, functions, imports_of, modules, name_of, templates, tree_of

LONGEST, LONGEST_SETTINGS = 300, 220
MEDIAN, NINE_IN_TEN = 8, 30
MAY_IMPORT_WAGTAIL = re.compile(
    r"directory/(viewsets|panels|wagtail_hooks)\.py|directory/administration/\w+\.py|directory/models/(service|versioned)\.py"
)
SIGNALS = re.compile(
    r"django\.(db\.models|core|contrib\.auth|test)\.signals|django\.dispatch|wagtail\.signals|wagtail\.\w+\.signals"
)
# Where a signal of our own is defined, and the only receivers.
MAY_SIGNAL = {"directory/events.py", "search/receivers.py"}
PRIMARY_KEYS = {"pk", "id", "insee", "reader"}


def test_imports_go_one_way(capsys: pytest.CaptureFixture[str]) -> None:
    code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert code == 0, capsys.readouterr().out


def test_the_contract_has_its_layers() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'layers = ["cms", "search", "directory"]' in text


def test_wagtail_is_known_by_the_administration_only() -> None:
    strangers = [
        name_of(path)
        for path in modules("directory")
        if any(one.split(".")[0] == "wagtail" for one in imports_of(path))
        and not MAY_IMPORT_WAGTAIL.fullmatch(name_of(path))
    ]
    assert strangers == []


def test_elasticsearch_stays_in_its_room() -> None:
    inside = "search/backends/elastic/"
    users = [
        name_of(path)
        for path in modules(*ROOMS)
        if any("elastic" in one.split(".")[0] for one in imports_of(path))
    ]
    assert [name for name in users if not name.startswith(inside)] == []


def test_files_are_short() -> None:
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in modules(*ROOMS)}
    too_long = {name: lines for name, lines in lengths.items() if lines > LONGEST}
    settings = {
        name: lines for name, lines in lengths.items() if "/settings/" in name and lines > LONGEST_SETTINGS
    }
    assert (too_long, settings) == ({}, {})


def test_tests_are_short_too() -> None:
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in modules("tests")}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_functions_are_short() -> None:
    found = dict(functions(*ROOMS))
    lengths = sorted(found.values())
    assert len(lengths) > 300
    assert median(lengths) <= MEDIAN
    longest = {name: lines for name, lines in found.items() if lines > NINE_IN_TEN}
    assert lengths[len(lengths) * 9 // 10] <= NINE_IN_TEN, longest


def test_imports_are_absolute() -> None:
    relative = [
        name_of(path)
        for path in modules(*ROOMS, "tests")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def test_no_error_is_swallowed_blindly() -> None:
    blind = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules(*ROOMS)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler) and _catches_everything(node.type)
    ]
    assert blind == []


def _catches_everything(caught: ast.expr | None) -> bool:
    kinds = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(kind is None or getattr(kind, "id", "") in ("Exception", "BaseException") for kind in kinds)


def test_the_only_receivers_are_those_of_the_search() -> None:
    hearing = [name_of(path) for path in modules(*ROOMS) if any(map(SIGNALS.match, imports_of(path)))]
    assert [name for name in hearing if name not in MAY_SIGNAL] == []
    receivers = [
        name_of(path)
        for path in modules(*ROOMS)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        if getattr(getattr(decorator, "func", decorator), "id", "") == "receiver"
    ]
    assert set(receivers) <= {"search/receivers.py"}


def test_points_are_made_in_one_function() -> None:
    makers = {name_of(path) for path in modules(*ROOMS) for name, _call in calls_of(path) if name == "Point"}
    assert makers == {"directory/models/service.py"}


def test_every_order_ends_with_the_primary_key() -> None:
    models = [model for label in ROOMS for model in apps.get_app_config(label).get_models()]
    orders = {model.__name__: model._meta.ordering for model in models if model._meta.ordering}
    assert len(orders) > 8
    assert {name: order for name, order in orders.items() if order[-1] not in PRIMARY_KEYS} == {}


def test_what_has_no_order_is_never_listed() -> None:
    models = [model for label in ROOMS for model in apps.get_app_config(label).get_models()]
    without = {model.__name__ for model in models if not model._meta.ordering}
    # Accounts, counts of searches, the embedded index with its words, and what Wagtail orders by its tree.
    assert {
        name for name in without if not name.startswith(("Search", "Tally", "User", "Word"))
    } <= _wagtail_pages()


def _wagtail_pages() -> set[str]:
    from wagtail.models import Page

    return {model.__name__ for model in apps.get_models() if issubclass(model, Page)}


# --- Templates --------------------------------------------------------------------------------------------

INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)[^>]*>(?!\s*</script>)|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:",
    re.IGNORECASE,
)
# A block of data is no script: browsers run nothing of that type.
DATA = re.compile(r"<script[^>]*type=\"application/(?:json|geo\+json)\"[^>]*>|\{\{[^}]*json_script[^}]*\}\}")
COMMENT = re.compile(r"\{%\s*comment.*?endcomment\s*%\}|\{#.*?#\}|<!--.*?-->", re.DOTALL)
ELSEWHERE = re.compile(r"(?:src|href|action|data-[a-z-]+)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE)


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_templates_hold_neither_script_nor_style(path: Path) -> None:
    text = COMMENT.sub("", DATA.sub("", path.read_text(encoding="utf-8")))
    assert INLINE.findall(text) == []
    assert not ELSEWHERE.search(text)


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_templates_compute_nothing_of_the_rules(path: Path) -> None:
    """Visibility is decided before a page is written (C8): no template asks who reads what."""
    text = COMMENT.sub("", path.read_text(encoding="utf-8"))
    assert not re.search(r"address_visibility|\.audience\s*==|hides_address|may_read|can_see", text)


def test_this_test_sees_what_it_looks_for() -> None:
    for bad in (
        '<p style="x">',
        "<script>x",
        '<a onclick="x">',
        "<style>",
        '<script type="module">x',
        "javascript:x",
    ):
        assert INLINE.search(bad), bad
    for good in (
        '<script src="x"></script>',
        '<script type="module" src="x"></script>',
        '<p data-style="x">',
    ):
        assert not INLINE.search(good), good
