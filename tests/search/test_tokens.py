"""A search's address: opaque, short-lived, and nobody else's."""

import base64
import json
import time
import zlib
from urllib.parse import quote

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from directory import taxonomy
from search import tokens
from search.tokens import Expired, seal, unseal

QUESTION = {"q": ["violences conjugales"], "lieu": ["Grenoble"], "type": ["crip", "leao"]}
# The shortest limit on the way: many proxies take 4,096 characters of a request line.
LONGEST_ADDRESS = 4000


def test_what_is_sealed_comes_back() -> None:
    assert unseal(seal(QUESTION)) == QUESTION
    assert unseal(seal({})) == {}


@given(st.dictionaries(st.text(max_size=10), st.lists(st.text(max_size=30), max_size=4), max_size=5))
def test_anything_comes_back(params: dict[str, list[str]]) -> None:
    assert unseal(seal(params)) == params


def test_no_word_can_be_read_in_it() -> None:
    token = seal(QUESTION)
    assert quote(token, safe="") == token  # nothing that an address would spell otherwise
    raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    for word in ("violences", "conjugales", "Grenoble", "grenoble", "crip", "lieu"):
        assert word not in token
        assert word.encode() not in raw
        assert base64.urlsafe_b64encode(word.encode()).decode().rstrip("=")[:-1] not in token


def test_the_same_question_has_another_address_each_time() -> None:
    assert seal(QUESTION) != seal(QUESTION)


def test_it_lives_a_quarter_of_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    assert tokens.LIFETIME == 15 * 60
    token, now = seal(QUESTION), time.time()
    monkeypatch.setattr(time, "time", lambda: now + 15 * 60 - 5)
    assert unseal(token) == QUESTION
    monkeypatch.setattr(time, "time", lambda: now + 15 * 60 + 5)
    with pytest.raises(Expired):
        unseal(token)


def test_one_from_the_future_is_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    token, now = seal(QUESTION), time.time()
    monkeypatch.setattr(time, "time", lambda: now - 3600)
    with pytest.raises(Expired):
        unseal(token)


def test_every_letter_counts() -> None:
    token = seal(QUESTION)
    # The last one carries bits that the encoding throws away.
    for position in range(0, len(token) - 1, 7):
        altered = "A" if token[position] != "A" else "B"
        with pytest.raises(Expired):
            unseal(token[:position] + altered + token[position + 1 :])


def test_another_key_is_another_house(settings: Settings) -> None:
    token = seal(QUESTION)
    settings.SEARCH_TOKEN_KEY = "une-autre-clé"
    with pytest.raises(Expired):
        unseal(token)
    assert unseal(seal(QUESTION)) == QUESTION


@pytest.mark.parametrize(
    "token", ["", "x", "é" * 100, "gAAAAA", "A" * 5999, "A" * 100_000, "\x00", "🙂", "=" * 8, "../../x"]
)
def test_what_was_never_ours_is_expired(token: str) -> None:
    with pytest.raises(Expired):
        unseal(token)


@given(st.text(max_size=300))
def test_any_text_is_expired(token: str) -> None:
    with pytest.raises(Expired):
        unseal(token)


@pytest.mark.parametrize("packed", [b"pas du zlib", zlib.compress(b"pas du json"), zlib.compress(b"[1,2]")])
def test_what_our_key_sealed_otherwise_is_expired(packed: bytes, settings: Settings) -> None:
    token = tokens._cipher(settings.SEARCH_TOKEN_KEY).encrypt(packed).decode()
    with pytest.raises(Expired):
        unseal(token)


def test_the_longest_question_of_a_person_fits_in_an_address() -> None:
    """Five hundred characters of any script, a place, and every filter that exists."""
    every = {
        "public": taxonomy.PUBLICS,
        "violence": taxonomy.VIOLENCES,
        "besoin": taxonomy.PROVISIONS,
        "langue": taxonomy.LANGUAGES,
    }
    words = "".join(chr(0x4E00 + 37 * number % 20_000) for number in range(500))
    asked = {"q": [words], "lieu": ["é" * 120]} | {name: list(one.slugs) for name, one in every.items()}
    assert len(seal(asked)) < LONGEST_ADDRESS
    assert unseal(seal(asked)) == asked


def test_the_key_is_derived_and_not_used_as_it_is(settings: Settings) -> None:
    settings.SEARCH_TOKEN_KEY = Fernet.generate_key().decode()
    packed = zlib.compress(json.dumps(QUESTION).encode())
    foreign = Fernet(settings.SEARCH_TOKEN_KEY).encrypt(packed).decode()
    with pytest.raises(Expired):
        unseal(foreign)
