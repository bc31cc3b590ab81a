"""What is said in one place holds in the others: discreet words, slugs, settings, sources."""

import re
from pathlib import Path

import pytest
from django.urls import get_resolver

from directory import taxonomy
from directory.discretion import telling_words
from directory.folding import fold
from directory.reference import shipped_rows
from search.question import SORTS, WHENS
from search.situations import SITUATIONS
from tests.directory.demo_rows import types
from tests.leaking.addresses import all_addresses
from tests.sources import ROOT, modules, name_of, templates

STATIC = (ROOT / "cms" / "static", ROOT / "directory" / "static", ROOT / "var" / "build")
# Read by people who sign in, in the administration only.
ADMIN = "/gestion/"


# --- Discreet words -------------------------------------------------------------------------------------


def test_addresses_hold_no_telling_word() -> None:
    addresses = [one.template for one in all_addresses() if not one.template.startswith(ADMIN)]
    assert len(addresses) > 30
    assert [address for address in addresses if telling_words(address)] == []
    assert get_resolver().url_patterns


def test_static_files_have_no_telling_name() -> None:
    files = [
        path.name for folder in STATIC if folder.exists() for path in folder.rglob("*") if path.is_file()
    ]
    assert len(files) > 8
    assert [name for name in files if telling_words(name)] == []


def test_templates_and_modules_have_no_telling_name() -> None:
    """A template's name is in an error report, a module's in the address of a script."""
    names = [name_of(path) for path in templates()]
    assert [name for name in names if telling_words(name)] == []


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_titles_are_discreet(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    titles = re.findall(r"<title>(.*?)</title>|\{% block title %\}(.*?)\{% endblock", text, re.DOTALL)
    assert [title for pair in titles for title in pair if telling_words(title)] == []


def test_what_machines_are_given_is_discreet() -> None:
    manifest = [path for folder in STATIC if folder.exists() for path in folder.rglob("*.webmanifest")]
    assert [path.name for path in manifest if telling_words(path.read_text(encoding="utf-8"))] == []


def test_titles_of_types_are_discreet() -> None:
    assert [row["discreet"] for row in types().values() if telling_words(row["discreet"])] == []


# --- Slugs ----------------------------------------------------------------------------------------------


def test_situations_of_the_home_page_ask_for_what_exists() -> None:
    known = {
        "besoin": taxonomy.PROVISIONS.slugs,
        "violence": taxonomy.VIOLENCES.slugs,
        "public": taxonomy.PUBLICS.slugs,
        "langue": taxonomy.LANGUAGES.slugs,
        "type": (*types(), *taxonomy.VIRTUAL_TYPES.slugs),
        "ouvert": WHENS,
        "tri": SORTS,
    }
    words = {fold(one) for entry in shipped_rows("lexicon.toml", "entry") for one in entry["words"]}
    for situation in SITUATIONS:
        assert situation.params
        for name, value in situation.params:
            if name == "q":
                assert fold(value).split()[0] in words, value
            else:
                assert value in known[name], (situation.title, name, value)


def test_types_named_in_the_code_exist() -> None:
    """A slug in quotes beside `type` in the sources is one of the table, or a saved filter."""
    known = {*types(), *taxonomy.VIRTUAL_TYPES.slugs}
    named = re.compile(r"""types?(?:__slug)?\s*(?:=|==|in)\s*\(?["']([a-z]+(?:-[a-z]+)+)["']""")
    found = {
        (name_of(path), slug)
        for path in modules("directory", "search", "cms")
        for slug in _named(named, path)
    }
    assert {pair for pair in found if pair[1] not in known} == set()


def _named(pattern: re.Pattern[str], path: Path) -> list[str]:
    return pattern.findall(path.read_text(encoding="utf-8"))


def test_icons_that_are_used_are_drawn() -> None:
    sprite = (ROOT / "cms" / "static" / "img" / "icons.svg").read_text(encoding="utf-8")
    drawn = set(re.findall(r'id="([\w-]+)"', sprite))
    texts = [path.read_text(encoding="utf-8") for path in templates()]
    used = {icon for text in texts for icon in re.findall(r"\{% icon ['\"]([\w-]+)['\"]", text)}
    assert len(used) > 5
    assert {icon for icon in used if f"i-{icon}" not in drawn} == set()
    assert {one.icon for one in SITUATIONS if f"i-{one.icon}" not in drawn} == set()


# --- Settings -----------------------------------------------------------------------------------------------


def test_the_readme_names_every_setting() -> None:
    read = {
        key
        for path in modules("cms/settings")
        for key in re.findall(r"""environ(?:\.get\(|\[)\s*["'](\w+)["']""", path.read_text(encoding="utf-8"))
    }
    assert {"SECRET_KEY", "DATABASE_URL", "SEARCH_RATE_LIMIT"} <= read
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme[readme.index("## Settings") : readme.index("## Deploy")]
    named = set(re.findall(r"`([A-Z][A-Z_]+)`", table))
    assert read - named == set(), "add them to the README's table of settings"


def test_the_readme_names_no_setting_that_nothing_reads() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme[readme.index("## Settings") : readme.index("## Deploy")]
    named = set(re.findall(r"^\| (.*?) \|", table, re.MULTILINE))
    keys = {key for cell in named for key in re.findall(r"`([A-Z][A-Z_]+)`", cell)}
    scripts = [path for path in (ROOT / "bin").rglob("*") if path.is_file() and path.suffix != ".pyc"]
    sources = "".join(path.read_text(encoding="utf-8") for path in [*modules("cms"), *scripts])
    assert {key for key in keys if key not in sources} == set()


def test_no_file_tells_the_machine_it_was_made_on() -> None:
    """Neither a path of one's own machine, nor a host of packages, nor a secret."""
    suffixes = {".py", ".md", ".toml", ".html", ".mjs", ".js", ".css", ".sh", ".yaml", ".yml", ".txt", ".cfg"}
    folders = [
        ROOT / name for name in ("directory", "search", "cms", "templates", "tests", "bin", ".ci", "docs")
    ]
    files = [
        path for folder in folders if folder.exists() for path in folder.rglob("*") if path.suffix in suffixes
    ]
    files += [path for path in ROOT.iterdir() if path.is_file() and path.suffix in suffixes]
    machine = re.compile(
        "/" + r"work/(?:main|shared)|/" + r"root/|/" + r"tmp/team|--index-url|--extra-index-url"
    )
    telling = [
        name_of(path)
        for path in files
        if path.name != Path(__file__).name and machine.search(path.read_text("utf-8"))
    ]
    assert telling == []
