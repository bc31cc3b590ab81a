"""Decision trees: what an editor may not leave broken, and the same tree in buttons, in text and on paper."""

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import Tag
from django.core.exceptions import ValidationError

from cms.blocks.decision import DEEPEST, Branch, Line, Node, Tree, lines_of, node_of, refuse_broken_tree
from tests.cms.reading_tools import on_paper, shown, soup, words
from tests.factories import HelplineFactory
from tests.pages import make_reflex

Answer = tuple[str, str, int | None]


def asked(question: str, *answers: Answer) -> dict[str, Any]:
    rows = [{"label": label, "advice": advice, "next": following} for label, advice, following in answers]
    return {"question": question, "answers": rows}


def chain(length: int) -> list[dict[str, Any]]:
    """Question 1 leads to 2, which leads to 3…"""
    first = [asked(f"Q{number}", ("Oui", "Agir.", 0), ("Non", "", number + 1)) for number in range(1, length)]
    return [*first, asked(f"Q{length}", ("Oui", "Agir.", 0), ("Non", "Attendre.", None))]


GOOD = [
    asked("Danger ?", ("Oui", "Appelez le {17}.", 0), ("Non", "Respirez.", 2), ("Je ne sais pas", "", 3)),
    asked("Inquiétude ?", ("Oui", "", 3), ("Non", "Restez attentif.", None)),
    asked("Un adulte sûr ?", ("Oui", "Parlez-lui.", 0), ("Non", "Le {119} conseille.", 0)),
]


# --- What is refused --------------------------------------------------------------------------------------


def refused(questions: list[dict[str, Any]]) -> str:
    with pytest.raises(ValidationError) as error:
        refuse_broken_tree(questions)
    return " ".join(error.value.messages)


def test_a_good_tree_is_taken() -> None:
    refuse_broken_tree(GOOD)
    refuse_broken_tree([asked("Seule ?", ("Oui", "Agir.", None), ("Non", "Attendre.", 0))])


def test_a_question_that_nothing_leads_to_is_named() -> None:
    lost = asked("Perdue ?", ("Oui", "A.", 0), ("Non", "B.", 0))
    assert "n° 4, 5" in refused([*GOOD, lost, lost])


def test_a_question_reached_only_from_a_lost_one_is_lost_too() -> None:
    questions = [GOOD[2], asked("Perdue ?", ("Oui", "", 3), ("Non", "B.", 0)), GOOD[2]]
    assert "n° 2, 3" in refused(questions)


@pytest.mark.parametrize("back", [1, 2])
def test_an_answer_leads_neither_back_nor_to_its_own_question(back: int) -> None:
    message = refused([GOOD[0], asked("Boucle ?", ("Oui", "", back), ("Non", "", 3)), GOOD[2]])
    assert "Question 2, réponse « Oui »" in message
    assert "non en arrière" in message


def test_an_answer_leads_to_a_question_that_exists() -> None:
    message = refused([asked("Fin ?", ("Oui", "A.", 0), ("Non", "B.", 7))])
    assert "Question 1, réponse « Non »" in message
    assert "pas de question n° 7" in message


@pytest.mark.parametrize("following", [0, None])
def test_an_answer_says_what_to_do_or_asks_on(following: int | None) -> None:
    message = refused([asked("Vide ?", ("Oui", "A.", 0), ("Non", "", following))])
    assert "Question 1, réponse « Non » : dites quoi faire" in message


def test_six_questions_in_a_row_are_enough() -> None:
    refuse_broken_tree(chain(DEEPEST))
    assert f"Plus de {DEEPEST} questions à la suite" in refused(chain(DEEPEST + 1))


def test_the_longest_way_counts_and_not_the_shortest() -> None:
    questions = chain(DEEPEST + 1)
    questions[0]["answers"][0] = {"label": "Oui", "advice": "", "next": DEEPEST + 1}
    assert "à la suite" in refused(questions)


# --- In the block -----------------------------------------------------------------------------------------


def cleaned(questions: list[dict[str, Any]]) -> Any:
    block = Tree()
    return block.clean(block.to_python({"title": "Que faire ?", "questions": questions}))


@pytest.mark.django_db
def test_the_editor_is_told_of_a_broken_tree() -> None:
    for key in ("17", "119"):
        HelplineFactory(key=key)
    cleaned(GOOD)
    with pytest.raises(ValidationError, match="Aucune réponse ne mène"):
        cleaned([*GOOD, GOOD[2]])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "questions",
    [
        [],
        [asked("Seule réponse ?", ("Oui", "A.", 0))],
        [asked("Négatif ?", ("Oui", "A.", -1), ("Non", "B.", 0))],
        [asked("", ("Oui", "A.", 0), ("Non", "B.", 0))],
        [asked("Sans mot ?", ("", "A.", 0), ("Non", "B.", 0))],
        [asked("Trop ?", *[(f"R{number}", "A.", 0) for number in range(6)])],
    ],
)
def test_an_unfinished_tree_is_refused(questions: list[dict[str, Any]]) -> None:
    with pytest.raises(ValidationError):
        cleaned(questions)


# --- As it is read ----------------------------------------------------------------------------------------


def test_the_nodes_follow_the_answers() -> None:
    last = Node(
        "Un adulte sûr ?", (Branch("Oui", "Parlez-lui.", None), Branch("Non", "Le {119} conseille.", None))
    )
    second = Node("Inquiétude ?", (Branch("Oui", "", last), Branch("Non", "Restez attentif.", None)))
    assert node_of(GOOD, 1) == Node(
        "Danger ?",
        (
            Branch("Oui", "Appelez le {17}.", None),
            Branch("Non", "Respirez.", second),
            Branch("Je ne sais pas", "", last),
        ),
    )


@pytest.mark.parametrize("number", [0, -1, 4])
def test_a_number_that_no_question_has_leads_nowhere(number: int) -> None:
    assert node_of(GOOD, number) is None


def depth_of(node: Node | None) -> int:
    return 1 + max((depth_of(branch.then) for branch in node.answers), default=0) if node else 0


def test_a_loop_that_was_stored_ends() -> None:
    looping = [asked("Encore ?", ("Oui", "", 1), ("Non", "Fin.", 0))]
    assert depth_of(node_of(looping, 1)) == DEEPEST


def test_the_text_gives_each_question_once_with_the_number_of_the_next() -> None:
    assert list(lines_of(GOOD))[1] == Line("Inquiétude ?", (("Oui", "", 3), ("Non", "Restez attentif.", 0)))
    assert [line.question for line in lines_of(GOOD)] == ["Danger ?", "Inquiétude ?", "Un adulte sûr ?"]


def ways_by_buttons(tree: Tag) -> Iterator[tuple[str, ...]]:
    """Each way through the open-and-shut answers, as (question, answer, advice, question…)."""
    question = tree.find("p", class_="m-tree__q", recursive=False)
    for details in tree.find_all("details", recursive=False):
        inside = details.find("div", recursive=False)
        advice = inside.find("p", class_=lambda name: name != "m-tree__q", recursive=False)
        step = (question.text, details.summary.text, words(str(advice)) if advice else "")
        if inside.find("p", class_="m-tree__q", recursive=False):
            yield from (step + way for way in ways_by_buttons(inside))
        else:
            yield step


def ways_by_text(items: list[Tag], number: int = 1) -> Iterator[tuple[str, ...]]:
    """The same, following « Passez à la question 3. »."""
    item = items[number - 1]
    for answer in item.ul.find_all("li"):
        advice, _dot, following = words(str(answer)).partition("Passez à la question ")
        label, _colon, told = advice.partition(" : ")
        step = (item.p.text, label.removesuffix(" :"), told.strip())
        if following:
            yield from (step + way for way in ways_by_text(items, int(following.rstrip("."))))
        else:
            yield step


@pytest.mark.django_db
def test_the_text_version_says_the_same_as_the_buttons_on_screen_and_on_paper() -> None:
    for key in ("17", "119"):
        HelplineFactory(key=key)
    page = make_reflex(body=[("tree", {"title": "Que faire ?", "questions": GOOD})])
    screen, paper = soup(shown(page)), soup(on_paper(page))
    by_buttons = list(ways_by_buttons(screen.select_one(".m-tree__ask")))
    assert len(by_buttons) == 6
    assert by_buttons[0] == ("Danger\u00a0?", "Oui", "Appelez le 17.")
    assert list(ways_by_text(screen.select(".m-tree__lines > li"))) == by_buttons
    assert list(ways_by_text(paper.select(".m-tree__lines > li"))) == by_buttons
    assert not paper.select("details, button")


@pytest.mark.django_db
def test_on_paper_the_buttons_are_left_out_and_nothing_is_closed() -> None:
    page = make_reflex(body=[("tree", {"title": "Que faire ?", "questions": GOOD})])
    tree = soup(shown(page)).select_one(".m-tree")
    assert "m-noprint" in tree.select_one(".m-tree__ask")["class"]
    assert tree.select_one("details.m-tree__text summary").text
    assert not tree.select("details[open]")
