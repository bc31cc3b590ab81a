"""The demonstration: every line of its text files, then all of it in the database."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from directory import taxonomy, validation
from directory.demo import _PLACE_TEXTS, _RENAMED, _SERVICE_FIELDS
from directory.hours import parse_hours
from directory.models import Contact, Organisation, Place, Service
from directory.phones import parse_phone
from tests.directory.demo_rows import areas, children, organisations, services, types
from tests.territory import rows

FICTION = re.compile(r"\+33(?:19900|26191|35301|46571|53649|63998)\d{4}")
LISTS = {
    "roles": taxonomy.ROLES,
    "situations": taxonomy.SITUATIONS,
    "violences": taxonomy.VIOLENCES,
    "provisions": taxonomy.PROVISIONS,
    "referrers": taxonomy.REFERRERS,
    "conditions": taxonomy.CONDITIONS,
    "contact_modes": taxonomy.CONTACT_MODES,
    "reception_modes": taxonomy.RECEPTION_MODES,
    "languages": taxonomy.LANGUAGES,
}
SINGLES = {
    "gender": taxonomy.GENDERS,
    "interpreter": taxonomy.INTERPRETERS,
    "cost": taxonomy.COSTS,
    "audience": taxonomy.AUDIENCES,
}
OF_SERVICE = (_SERVICE_FIELDS - {"is_urgent", "by_appointment"}) | set(_RENAMED) | {
    "coverage", "key", "place", "contact", "type",
    "verified_days_ago", "closed_from_days", "closed_until_days",
}  # fmt: skip
TEXTS = (
    "name",
    "summary",
    "description",
    "how",
    "prepare",
    "accessibility",
    "hours_note",
    "out_of_hours",
    "state_message",
)


def wrong(found: Iterable[Any]) -> None:
    """Everything that is wrong at once: a text file is mended in one go."""
    problems = [str(one) for one in found]
    assert not problems, "\n" + "\n".join(problems)


# --- Identity and words ---------------------------------------------------------------------------


def test_enough_of_everything() -> None:
    assert len(list(services())) >= 200
    assert {row["department"] for row in organisations()} == {"38", "05", "04"}


def test_keys_are_unique() -> None:
    for keys in ([row["key"] for row in organisations()], [row["key"] for _one, row in services()]):
        wrong(key for key, count in Counter(keys).items() if count > 1)


def test_no_word_is_misspelt_in_the_files() -> None:
    wrong(f"{one['key']}: {set(one) - OF_SERVICE}" for _org, one in services() if set(one) - OF_SERVICE)
    place = {*_PLACE_TEXTS, "commune", "point", "address", "appointment"}
    wrong(f"{one['key']}: {set(row) - place}" for one, row in children("place") if set(row) - place)
    contact = {"kind", "value", "label", "audience", "hours", "note"}
    wrong(f"{one['key']}: {set(row) - contact}" for one, row in children("contact") if set(row) - contact)
    organisation = {"key", "name", "acronym", "department", "description", "closed", "service"}
    wrong(f"{row['key']}: {set(row) - organisation}" for row in organisations() if set(row) - organisation)


def test_everything_is_marked_as_an_example() -> None:
    wrong(row["name"] for row in [*organisations(), *areas()] if "(exemple)" not in row["name"])
    wrong(service["name"] for _organisation, service in services() if "(exemple)" not in service["name"])


def test_types_and_vocabularies_exist() -> None:
    wrong(f"{one['key']}: {one['type']}" for _org, one in services() if one["type"] not in types())
    wrong(one["key"] for _org, one in services() if types()[one["type"]]["kind"] != "structure")
    for name, vocabulary in LISTS.items():
        wrong(
            f"{one['key']}: {name} {slug}"
            for _org, one in services()
            for slug in one.get(name, [])
            if slug not in vocabulary
        )
    for name, vocabulary in SINGLES.items():
        wrong(
            f"{one['key']}: {name}"
            for _org, one in services()
            if one.get(name) and one[name] not in vocabulary
        )
    wrong(
        f"{one['key']}: {one['state']}"
        for _org, one in services()
        if one.get("state", "actif") not in Service.State
    )


def test_own_fields_are_those_of_the_type() -> None:
    known = {slug: {field["slug"] for field in row["own_fields"]} for slug, row in types().items()}
    wrong(
        f"{one['key']}: {set(one['details']) - known[one['type']]}"
        for _org, one in services()
        if set(one.get("details", {})) - known[one["type"]]
    )


def test_ages_and_states_make_sense() -> None:
    wrong(
        one["key"] for _org, one in services() if validation.age_error(one.get("age_min"), one.get("age_max"))
    )
    for _org, one in services():
        values = {"state": one.get("state", "actif"), "state_message": one.get("state_message", "")}
        assert not validation.state_errors(values), one["key"]
        closes, reopens = one.get("closed_from_days"), one.get("closed_until_days")
        assert closes is None or reopens is None or closes <= reopens, one["key"]


def test_texts_hold_neither_number_nor_address_and_fit() -> None:
    for organisation, one in services():
        hides = types()[one["type"]]["address"] == "jamais"
        texts = {name: one.get(name, "") for name in TEXTS} | one.get("details", {})
        wrong(
            f"{one['key']}: {name}: {error}" for name, error in validation.text_errors(texts, hides).items()
        )
        assert len(one["summary"]) <= 300, one["key"]
        assert len(one["name"]) <= 200, one["key"]
        wrong(
            validation.text_errors({"description": organisation.get("description", "")}, hides_address=False)
        )
    for model, name, names in (
        (Place, "place", _PLACE_TEXTS),
        (Contact, "contact", ("label", "hours", "note")),
    ):
        for one, row in children(name):
            longest = {text: model._meta.get_field(text).max_length for text in names}
            assert all(len(row.get(text, "")) <= size for text, size in longest.items()), (one["key"], row)
            texts = {
                text: row.get(text, "") for text in names if text not in ("street", "hours", "postal_code")
            }
            wrong(
                f"{one['key']}: {text}: {error}"
                for text, error in validation.text_errors(texts, False).items()
            )


def test_french_is_well_typed() -> None:
    for organisation, one in services():
        for text in (organisation.get("description", ""), *(one.get(name, "") for name in TEXTS)):
            assert "'" not in text, (one["key"], text)
            assert not re.search(r"\w[!?;](?:\s|$)", text), (one["key"], text)


# --- Hours, numbers, places -----------------------------------------------------------------------


def test_hours_are_canonical() -> None:
    written = [(one["key"], one.get("hours", "")) for _org, one in services()]
    for name in ("place", "contact"):
        written += [(one["key"], row.get("hours", "")) for one, row in children(name)]
    wrong(f"{key}: {hours} → {parse_hours(hours)}" for key, hours in written if parse_hours(hours) != hours)
    wrong(one["key"] for _org, one in services() if validation.hours_error(one["type"], one.get("hours", "")))


def test_numbers_are_fiction_and_belong_to_one_service() -> None:
    numbers = [
        (one["key"], parse_phone(row["value"]))
        for one, row in children("contact")
        if row["kind"] in ("telephone", "sms")
    ]
    wrong(f"{key}: {number}" for key, number in numbers if not FICTION.fullmatch(number))
    holders: dict[str, set[str]] = {}
    for key, number in numbers:
        holders.setdefault(number, set()).add(key)
    wrong(f"{number}: {sorted(keys)}" for number, keys in holders.items() if len(keys) > 1)
    wrong(pair for pair, count in Counter(numbers).items() if count > 1)


def test_contacts_are_valid_and_lead_nowhere_real() -> None:
    for one, row in children("contact"):
        assert row["kind"] in Contact.Kind, one["key"]
        assert row.get("audience", "public") in taxonomy.AUDIENCES, one["key"]
        try:
            validation.clean_contact(row["kind"], row["value"])
        except ValidationError as error:
            pytest.fail(f"{one['key']}: {error}")
        if row["kind"] not in ("telephone", "sms"):
            assert re.search(r"\.example(?:/|$)", row["value"]), (one["key"], row["value"])


def test_places_are_in_real_communes_with_their_postal_code() -> None:
    for one, row in children("place"):
        commune = rows().get(row["commune"])
        assert commune, (one["key"], row["commune"])
        if row.get("postal_code"):
            assert row["postal_code"] in commune["codes_postaux"].split("|"), (one["key"], row["postal_code"])
        if "point" in row:
            longitude, latitude = row["point"]
            near = (
                abs(longitude - float(commune["lon"])) < 0.2 and abs(latitude - float(commune["lat"])) < 0.15
            )
            assert near, (one["key"], row["point"])
        assert row.get("address", "publique") in taxonomy.ADDRESS_VISIBILITIES, one["key"]


def test_places_are_in_the_department_that_keeps_the_entry() -> None:
    wrong(
        f"{service['key']}: {place['commune']}"
        for organisation, service in services()
        for place in service.get("place", [])
        if rows()[place["commune"]]["dep"] != organisation["department"]
    )


def test_what_hides_has_no_place() -> None:
    hidden = {slug for slug, row in types().items() if row["address"] == "jamais"}
    wrong(one["key"] for _org, one in services() if one["type"] in hidden and one.get("place"))
    wrong(
        one["key"]
        for _org, one in services()
        if one["type"] in hidden and one.get("audience", "professionnels") == "public"
    )
    wrong(
        f"{one['key']}: {code}"
        for _org, one in services()
        if one["type"] in hidden
        for code in one.get("coverage", [])
        if code.startswith("commune:")
    )
    never = [row for _one, row in children("place") if row.get("address") == "jamais"]
    assert not any(row.get(name) for row in never for name in ("street", "point", "label", "postal_code"))


def test_a_town_hall_is_not_the_point_of_a_place_shown_by_its_commune() -> None:
    wrong(
        one["key"] for one, row in children("place") if row.get("address") == "commune" and row.get("street")
    )


# --- Territories ----------------------------------------------------------------------------------


def test_coverage_exists() -> None:
    known = {f"{row['kind']}:{row['code']}" for row in areas()}
    known |= {f"commune:{code}" for code in rows()}
    known |= {f"department:{row['dep']}" for row in rows().values()}
    known |= {f"epci:{row['epci']}" for row in rows().values() if row["epci"]}
    wrong(
        f"{one['key']}: {code}"
        for _org, one in services()
        for code in one.get("coverage", [])
        if code not in known and code != "national"
    )


@pytest.mark.parametrize("department", ["38", "05", "04"])
def test_each_commune_is_in_one_district_and_in_one_zone(department: str) -> None:
    every = {code for code, row in rows().items() if row["dep"] == department}
    for kinds in (("judicial",), ("police", "gendarmerie")):
        held: Counter[str] = Counter()
        for row in areas():
            owner = row.get("department") or row["code"].split("-")[0]
            if row["kind"] in kinds and owner == department:
                held.update(communes_of(row, every))
        assert sorted(every - set(held)) == [], kinds
        assert sorted(set(held) - every) == [], kinds
        assert [code for code, count in held.items() if count > 1] == [], kinds


def communes_of(row: dict[str, Any], every: set[str]) -> set[str]:
    epcis = set(row.get("epcis", []))
    codes = set(row.get("communes", [])) | {code for code in every if rows()[code]["epci"] in epcis}
    assert not epcis - {rows()[code]["epci"] for code in every}, row["code"]
    return (codes if "communes" in row or epcis else every) - set(row.get("except", []))


def test_areas_have_a_kind_and_a_code_of_their_own() -> None:
    keys = Counter((row["kind"], row["code"]) for row in areas())
    assert [key for key, count in keys.items() if count > 1] == []
    assert all(kind in taxonomy.AREA_KINDS for kind, _code in keys)


def test_organisations_count() -> None:
    assert len(organisations()) > 60
    assert Organisation._meta.get_field("name").max_length >= max(len(row["name"]) for row in organisations())
