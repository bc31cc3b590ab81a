"""The goals of the search, over what people really type (questions.toml). The questions are not all of the
truth: others will be asked."""

import pytest

from tests.relevance.conftest import Outcome
from tests.relevance.judging import Verdict, score
from tests.relevance.matching import facts, matches
from tests.relevance.questions import read_requirements
from tests.relevance.report import explain

# The first of them asks every question, on a machine that is shared.
pytestmark = pytest.mark.timeout(1200)

SUCCESS, SUCCESS_OF_VARIANTS = 0.95, 0.90


def listed(verdicts: list[Verdict]) -> str:
    return "\n".join(explain(one) for one in verdicts)


def test_there_are_enough_questions() -> None:
    assert len(read_requirements()) >= 90


def test_one_of_the_first_three_is_what_was_needed(outcome: Outcome) -> None:
    assert score(outcome.verdicts).success_at_3 >= SUCCESS, listed(
        [one for one in outcome.verdicts if not one.found]
    )


def test_the_numbers_that_fit_are_pinned_and_no_other(outcome: Outcome) -> None:
    wrong = [one for one in outcome.verdicts if one.missing_pins or one.wrong_pins]
    assert not wrong, listed(wrong)


def test_sheets_measures_and_guides_are_proposed(outcome: Outcome) -> None:
    wrong = [one for one in outcome.verdicts if one.missing_pages]
    assert score(outcome.verdicts).pages >= SUCCESS, listed(wrong)


def test_what_must_never_appear_does_not(outcome: Outcome) -> None:
    wrong = [one for one in outcome.verdicts if one.violations]
    assert not wrong, listed(wrong)


def test_variants_find_the_same(outcomes: dict[str, Outcome]) -> None:
    variants = outcomes["postgresql"].variants
    assert score(variants).success_at_3 >= SUCCESS_OF_VARIANTS, listed(
        [one for one in variants if not one.found]
    )


def test_variants_never_show_what_must_not_appear(outcomes: dict[str, Outcome]) -> None:
    wrong = [one for one in outcomes["postgresql"].variants if one.violations]
    assert not wrong, listed(wrong)


# --- The judge ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", ["tipe:crip", "crip"])
def test_a_misspelt_matcher_is_an_error(wrong: str) -> None:
    from tests.factories import ServiceFactory

    service = ServiceFactory()
    with pytest.raises(ValueError, match="no matcher"):
        matches(wrong, facts([])[service.pk])


def test_every_matcher_is_known() -> None:
    from tests.relevance.matching import KINDS

    parts = {
        part.removeprefix("!")
        for one in read_requirements()
        for matcher in one.matchers
        for part in matcher.split("+")
    }
    assert {part for part in parts if part.partition(":")[0] not in KINDS} == set()
