"""What a door claims, and where its rule comes from: on the page, in the JSON, and in the rules shipped."""

import re
from datetime import date

import pytest
from django.test import Client

from directory.models import DoorRule
from search import indexing
from tests.factories import AreaFactory, ServiceFactory, shipped_types
from tests.search.asked import ask
from tests.search.test_steps_page import page
from tests.territory import GAP

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("situations")]

PRACTICE = "ratique du réseau départemental, à valider par le comité local d’aide aux victimes"
# What only the territory of a service may claim (directory.competence).
CLAIMS = re.compile(
    r"zone contient|dans (sa|son|ce|cette|le|la) (zone|ressort|secteur)"
    r"|[Cc]ompétente? (pour|:)|[Rr]épond pour"
)
TO_CHOOSE = "Choisissez la commune : "


def reasons(words: str, lieu: str = "") -> dict[tuple[str, ...], str]:
    return {step.types: f"{step.reason} {step.to_choose}" for step in ask(words, lieu).steps}


# --- What is claimed ---------------------------------------------------------------------------------------


def test_no_rule_claims_who_is_competent() -> None:
    said = {(one.key, step.get("reason", "")) for one in DoorRule.objects.all() for step in one.steps}
    assert len(said) > 100
    assert [one for one in said if CLAIMS.search(one[1])] == []


@pytest.mark.parametrize(
    ("words", "types", "depends"),
    [
        ("BAV", ("bav-tribunal",), "le tribunal compétent en dépend."),
        ("dépôt de plainte", ("commissariat", "brigade-gendarmerie"), "l’unité de police ou de gendarmerie"),
        ("dépôt de plainte", ("iscg",), "le service compétent en dépend."),
        ("un enfant de 9 ans est battu", ("crip",), "le département compétent en dépend."),
    ],
)
def test_without_a_commune_a_door_says_what_depends_on_it(
    words: str, types: tuple[str, ...], depends: str
) -> None:
    assert TO_CHOOSE + depends in reasons(words)[types]
    assert TO_CHOOSE not in reasons(words, "Gap")[types]


def test_a_department_is_enough_for_its_cell_and_not_for_a_tribunal() -> None:
    """Isère has three tribunals (domain.md R9)."""
    assert TO_CHOOSE not in reasons("un enfant de 9 ans est battu, dans les Hautes-Alpes")[("crip",)]
    assert TO_CHOOSE in reasons("BAV dans les Hautes-Alpes")[("bav-tribunal",)]


def test_nothing_depends_on_a_commune_where_several_types_answer() -> None:
    assert not any(
        TO_CHOOSE in said for types, said in reasons("mon mari me frappe").items() if "cidff" in types
    )
    assert TO_CHOOSE not in reasons("danger immédiat, il me frappe")[()]


def test_a_zone_without_a_source_says_so_on_the_page_and_in_the_json(client: Client) -> None:
    zone = AreaFactory(kind="zone", code="05-z1", name="Zone police Gap (exemple)", department="05",
                       is_example=True, communes=[GAP])  # fmt: skip
    unit = ServiceFactory(name="Unité 05", type_slug="commissariat", department="05", coverage=[zone], at=GAP)
    indexing.refresh([unit.pk])
    found = client.get("/api/v1/search", {"q": "dépôt de plainte", "lieu": "Gap"}).json()
    (step,) = [one for one in found["steps"] if "commissariat" in one["types"]]
    (service,) = [one for one in found["services"] if one["name"] == "Unité 05"]
    assert step["services"] == [service["id"]]
    assert not CLAIMS.search(step["reason"])
    assert "(exemple)" in service["competence"]["reason"]
    assert "sans source officielle" in service["competence"]["reason"]
    html = page(client, "dépôt de plainte", "Gap")
    assert "Territoire donné en exemple, sans source officielle." in html
    assert "La commune est dans" not in html


def test_without_a_commune_the_page_and_the_json_say_the_same(client: Client) -> None:
    found = client.get("/api/v1/search", {"q": "BAV"}).json()
    said = [step["reason"] for step in found["steps"]]
    assert any(one.endswith("le tribunal compétent en dépend.") for one in said)
    assert '<a href="#ou">Choisissez la commune\xa0: le tribunal compétent en dépend.</a>' in page(
        client, "BAV"
    )


def test_every_territory_of_a_type_has_its_sentence() -> None:
    from directory.competence import commune_to_choose
    from directory.taxonomy import TERRITORIES

    kinds = {row["territory"] for row in shipped_types().values() if row.get("territory")}
    assert kinds == set(TERRITORIES.slugs)
    assert len({commune_to_choose({one}, False, False) for one in kinds}) == len(kinds)


# --- Where it comes from -----------------------------------------------------------------------------------


def test_no_source_names_our_notes() -> None:
    """A reader sees the law, the official page, or that it is a practice to be validated."""
    sources = {one.source for one in DoorRule.objects.all()}
    assert [one for one in sources if re.search(r"notes|domain|§|\b[RN]\d", one)] == []
    official = re.compile(r"Loi n° 2002-305 du 4 mars 2002|Service-public")
    assert [one for one in sources if not (official.match(one) or one == "P" + PRACTICE)] == []


def test_each_step_of_the_json_gives_its_source_and_dates(client: Client) -> None:
    DoorRule.objects.filter(key="R9").update(checked_on=date(2026, 11, 20))
    DoorRule.objects.get(key="R9").save()
    steps = client.get("/api/v1/search", {"q": "BAV", "lieu": "Gap"}).json()["steps"]
    (step,) = [one for one in steps if one["types"] == ["bav-tribunal"]]
    assert (step["source"], step["source_date"]) == ("P" + PRACTICE, "2026-11")
    assert step["checked_on"] == "2026-11-20"
    beaten = client.get("/api/v1/search", {"q": "mon mari me frappe", "lieu": "Gap"}).json()["steps"]
    assert {one["checked_on"] for one in beaten} == {None}


def test_the_page_gives_each_source_once_with_its_doors(client: Client) -> None:
    html = page(client, "un enfant de 9 ans est battu", "Gap")
    start = html.index("D’où viennent ces étapes")
    shown = html[start : html.index("</details>", start)]
    lines = re.findall(r"<li>(.*?)</li>", shown)
    assert lines
    letters = [letter for line in lines for letter in line.partition(" — ")[0].split(", ")]
    assert sorted(letters) == re.findall(r'm-num--door" aria-hidden="true">(\w)<', html)
    assert len(set(lines)) == len(lines)
    assert all("(relevée\xa0: novembre 2026)." in line for line in lines), lines
    assert "vérifiée" not in shown


def test_a_rule_that_a_person_checked_says_when(client: Client) -> None:
    rule = DoorRule.objects.get(key="R17")
    rule.checked_on = date(2026, 11, 1)
    rule.save()
    assert "(vérifiée le 1er novembre 2026)." in page(client, "mon mari me frappe", "Gap")


def test_a_date_written_otherwise_is_shown_as_written(client: Client) -> None:
    rule = DoorRule.objects.get(key="R17")
    rule.source_date = "automne"
    rule.save()
    assert "(relevée\xa0: automne)." in page(client, "mon mari me frappe", "Gap")
