"""French and English: the catalogue is whole, and the browser decides which of them it gets.

French is the language of the sources, English is in `cms/locale`. After a text has changed, what is new is to
be filled in there: `./manage.py makemessages -l en --ignore=var --ignore=tests --no-obsolete --no-location`.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext, pgettext, trans_real

from tests.catalogue import ENGLISH, PAGES, ROOT, compile_catalogues, english_texts, msgid_of
from tests.factories import UserFactory
from tests.signing import signed_in

READ = ("cms", "directory", "search", "templates", "manage.py")
EXTRACT = ["makemessages", "-l", "en", "--ignore=var", "--no-obsolete", "--no-location", "--keep-pot"]
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[0-9.]*[a-z]|%%")
TAG = re.compile(r"</?\w+[^>]*>")


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    compile_catalogues()


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return english_texts(tmp_path_factory.mktemp("english") / "django.mo")


# --- The catalogue --------------------------------------------------------------------------------------


def test_everything_said_has_its_english(tmp_path: Path) -> None:
    """Extracts again from a copy of the sources: nothing missing, unused, doubtful or empty."""
    for name in READ:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    environment = os.environ | {"MAILLAGE_VAR": str(tmp_path / "var")}
    subprocess.run([sys.executable, "manage.py", *EXTRACT], cwd=tmp_path, env=environment, check=True)
    template = tmp_path / "cms" / "locale" / "django.pot"
    compared = subprocess.run(["msgcmp", ENGLISH, template], capture_output=True, text=True, check=False)
    assert compared.stderr == ""
    assert compared.returncode == 0


def test_both_sides_have_the_same_values_and_tags(catalogue: dict[str, str]) -> None:
    subprocess.run(["msgfmt", "--check-format", "-o", os.devnull, ENGLISH], check=True)
    for key, text in catalogue.items():
        if "\0" in key:
            continue  # a plural may say a number that its singular does not: msgfmt judged it
        assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(msgid_of(key)))
        assert sorted(TAG.findall(text)) == sorted(TAG.findall(msgid_of(key)))


def test_english_is_written_in_english(catalogue: dict[str, str]) -> None:
    for key, text in catalogue.items():
        assert text.strip()
        assert not re.search(r"[«»!\u00a0\u202f]| [:;?]", re.sub("“[^”]*”", "“”", text).removesuffix("; ")), (
            key
        )
        assert text[:1].isspace() == msgid_of(key)[:1].isspace() or msgid_of(key) == " ; "


def test_no_french_text_is_taken_for_english(catalogue: dict[str, str]) -> None:
    """« Comment » would come out as « Commenter »: the frameworks translate it from English into French."""
    with translation.override("fr"):
        for key in catalogue:
            context, separator, msgid = key.rstrip("\0").rpartition("\x04")
            assert (pgettext(context, msgid) if separator else gettext(msgid)) == msgid


def test_no_english_text_of_the_frameworks_is_changed(catalogue: dict[str, str]) -> None:
    """A msgid that Django or Wagtail have too is a word of both languages, and stays as it is."""
    theirs = trans_real.translation("fr")._catalog  # type: ignore[attr-defined]
    shared = {key: text for key, text in catalogue.items() if key in theirs}
    assert shared
    assert {key: text for key, text in shared.items() if key != text} == {}


# --- Which tongue ---------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accepted", "answered"),
    [
        (None, "fr"),
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("en-GB,en;q=0.9", "en"),
        ("en-US", "en"),
        ("de,en;q=0.5,fr;q=0.3", "en"),
        ("de", "fr"),
        ("*", "fr"),
    ],
)
def test_the_browser_decides_without_a_cookie(client: Client, accepted: str | None, answered: str) -> None:
    headers = {"Accept-Language": accepted} if accepted else {}
    for path in PAGES:
        response = client.get(path, headers=headers)
        assert f'<html lang="{answered}"' in response.content.decode()
        assert response["Content-Language"] == answered
        assert "accept-language" in response["Vary"].lower()
        assert settings.LANGUAGE_COOKIE_NAME not in response.cookies


@pytest.mark.django_db
def test_the_administration_speaks_english_too(client: Client) -> None:
    signed_in(UserFactory(administrator=True), client=client)
    page = client.get("/gestion/", headers={"Accept-Language": "en"})
    assert page.status_code == 200
    assert '<html lang="en"' in page.content.decode()
    assert "Your directory" in page.content.decode()
