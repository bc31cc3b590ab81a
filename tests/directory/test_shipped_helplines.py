"""The national numbers shipped as text (domain.md §5, N1–N8): no database."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import directory
from directory.discretion import telling_words
from directory.phones import PHONE_IN_TEXT

DATA = Path(directory.__file__).parent / "data"
Entry = dict[str, Any]

HELPLINES: dict[str, Entry] = {
    line["key"]: line
    for line in tomllib.loads((DATA / "helplines.toml").read_text(encoding="utf-8"))["helpline"]
}
ORDER = (
    "17 112 114 15 18 115 119 3919 116006 3018 3977 116000 0800059595 17cyber 0805805817 33700 "
    "defenseur-droits chat-fsi auteurs"
)
# As the columns of the model hold them.
LENGTHS = {
    "key": 20,
    "number": 20,
    "display": 40,
    "label": 80,
    "for_whom": 300,
    "hours": 120,
    "cost": 120,
    "trace": 200,
    "source": 300,
    "source_date": 40,
    "conflict": 300,
}
EMERGENCY = {"15", "17", "18", "112", "114", "115", "119"}

every_line = pytest.mark.parametrize("line", HELPLINES.values(), ids=HELPLINES.keys())


def test_every_national_number_is_there_in_order() -> None:
    assert " ".join(HELPLINES) == ORDER
    assert [line["order"] for line in HELPLINES.values()] == list(range(1, len(HELPLINES) + 1))


@every_line
def test_a_helpline_fits_its_columns(line: Entry) -> None:
    assert all(len(line[key]) <= length for key, length in LENGTHS.items())
    assert all(line[key] for key in ("key", "display", "label", "discreet", "for_whom", "trace", "source"))
    assert all(isinstance(line[key], bool) for key in ("always_open", "emergency", "displayed", "written"))
    assert not any("'" in line[key] for key in LENGTHS)


@every_line
def test_a_number_is_dialled_as_it_is_displayed(line: Entry) -> None:
    # What has no number is a service in words: « Discussion en ligne », « 17Cyber ».
    assert line["display"].replace(" ", "") == line["number"] or line["number"] == ""
    assert line["number"] == "" or line["number"].isdigit()


def test_only_online_services_have_no_number() -> None:
    assert {key for key, line in HELPLINES.items() if not line["number"]} == {"17cyber", "chat-fsi"}


def test_no_number_counts_as_checked() -> None:
    assert {line["checked_on"] for line in HELPLINES.values()} == {""}


def test_no_dead_number_is_shipped() -> None:
    files = (DATA / "helplines.toml", DATA / "actor_types.toml")
    shipped = "".join(file.read_text(encoding="utf-8") for file in files)
    digits = re.sub(r"(?<=\d)[\s.](?=\d)", "", shipped)
    assert not re.search(r"(?<!\d)(?:3020|0800200000|0811020217)(?!\d)", digits)


def test_no_number_hides_in_the_words_of_another() -> None:
    words = [line[key] for line in HELPLINES.values() for key in ("for_whom", "trace", "source", "conflict")]
    assert [text for text in words if PHONE_IN_TEXT.search(text)] == []


def test_emergency_numbers_are_always_shown_and_open() -> None:
    assert {key for key, line in HELPLINES.items() if line["emergency"]} == EMERGENCY
    assert all(HELPLINES[key]["always_open"] and HELPLINES[key]["displayed"] for key in EMERGENCY)


def test_the_perpetrators_number_is_the_only_one_hidden() -> None:
    assert [key for key, line in HELPLINES.items() if not line["displayed"]] == ["auteurs"]


def test_what_can_be_used_in_writing_says_so() -> None:
    written = {key for key, line in HELPLINES.items() if line["written"]}
    assert written == {"114", "119", "3018", "17cyber", "33700", "chat-fsi"}


def test_short_labels_are_discreet_and_unique() -> None:
    labels = [line["discreet"] for line in HELPLINES.values()]
    assert [label for label in labels if telling_words(label)] == []
    assert len(set(labels)) == len(labels)


def test_the_two_sources_of_116_006_disagree_and_no_hours_are_claimed() -> None:
    assert HELPLINES["116006"]["conflict"]
    assert HELPLINES["116006"]["hours"] == HELPLINES["3977"]["hours"] == ""
