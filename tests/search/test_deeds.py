"""Who the question is about when somebody hits: who is hit, or who says that they hit (domain.md §6, R16)."""

import pytest

from search.pinned import pinned
from tests.search.shipped import codes, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]


@pytest.mark.parametrize(
    "words",
    [
        "je suis une femme et c’est moi qui cogne, mon copain dit rien",
        "jai mis mon mec par terre l’autre soir, on avait bu",
        "je l’ai roué de coups hier, je veux voir quelqu’un",
        "je lui ai mis des coups",
        "je lui ai encore collé une gifle",
        "oui j’ai cogné, j’assume",
        "j’ai déjà frappé mon conjoint",
        "j’ai encore levé la main sur ma femme hier, devant les petits",
        "je l’ai tenue par le cou, elle m’a pardonné, moi non",
        "j’ai crié sur ma femme, je l’ai tenue par le cou, je ne veux pas que ma gamine de 5 ans voie",
    ],
)
def test_who_says_that_they_hit_is_led_to_their_own_care_without_a_victims_number(words: str) -> None:
    question = read(words)
    assert {"type:cpca", "public:auteur", "besoin:prise-en-charge-auteur"} <= codes(words)
    assert {"3919", "116006"}.isdisjoint(pinned(question))


@pytest.mark.parametrize(
    "words",
    [
        "je l’ai frappé parce qu’il me frappe",
        "j’ai cogné pour me défendre, il m’avait jetée par terre",
        "il dit que je l’ai frappé, c’est faux",
        "il raconte partout que c’est moi qui le frappe",
        "je me fais taper par mon mari",
        "mon mari m’a mis une gifle",
        "je l’ai vu frapper ma mère",
        "je l’ai attrapé par les cheveux pour qu’il me lâche, il me frappait",
        "il a encore levé la main sur moi",
        "il dit que j’ai levé la main sur lui, c’est faux",
        "j’ai 15 ans, je l’ai tenue par le cou au lycée",
        "ma fille de 14 ans je l’ai prise par le cou",
        "mon fils de 15 ans, je l’ai frappé devant ma femme",
        "ma petite amie de 15 ans je l’ai frappée",
        "mon beau-père a explosé le téléphone de ma femme",
    ],
)
def test_who_is_hit_or_accused_is_no_author(words: str) -> None:
    assert {"public:auteur", "besoin:prise-en-charge-auteur"}.isdisjoint(codes(words))


@pytest.mark.parametrize(
    "words",
    [
        "j’ai tapé à la porte de la voisine",
        "je lui ai donné ma parole",
        "j’ai mis mon fils par terre pour jouer",
        "je tape ce message en cachette",
        "j’ai 15 ans j’ai tapé ma mère",
    ],
)
def test_a_door_a_child_and_a_keyboard_make_no_author(words: str) -> None:
    assert "public:auteur" not in codes(words)


@pytest.mark.parametrize(
    "words",
    [
        "un patient me dit qu’il a giflé sa femme et qu’il voudrait de l’aide",
        "mon fils tape sa copine, il est d’accord pour se faire aider",
        "une dame me dit que c’est elle qui frappe son mari, elle veut voir quelqu’un",
    ],
)
def test_help_wanted_by_who_hits_is_theirs(words: str) -> None:
    question = read(words)
    assert {"type:cpca", "besoin:prise-en-charge-auteur"} <= codes(words)
    assert "3919" not in pinned(question)


@pytest.mark.parametrize(
    "words",
    [
        "un patient a giflé sa femme, elle voudrait de l’aide",
        "mon fils tape sa copine, je veux l’aider elle",
        "le voisin frappe sa femme, il crie, je veux arrêter ça",
    ],
)
def test_help_wanted_by_who_is_hit_or_sees_it_is_not_theirs(words: str) -> None:
    assert "besoin:prise-en-charge-auteur" not in codes(words)


def test_a_trade_before_a_story_is_who_writes() -> None:
    told = "éduc MECS Grenoble. K. 16 ans en fugue depuis vendredi, elle a envoyé un snap d’un airbnb"
    assert "type:mecs" not in codes(told)
    assert "type:mecs" in codes("MECS Grenoble")


def test_whose_home_one_works_in_is_not_whose_age_it_is() -> None:
    assert read("je fais le ménage chez un monsieur de 84 ans, il me met la main aux fesses").age is None
    assert read("je fais le ménage chez un monsieur de 88 ans, son fils le frappe").age == 88


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("mon fils de 40 ans me frappe", None),
        ("mon petit-fils de 20 ans me menace, j’ai 80 ans", 80),
        ("mon neveu de 25 ans me bouscule, j’ai 78 ans", 78),
        ("frappée par son fils de 45 ans", None),
    ],
)
def test_a_grown_child_who_hits_is_no_couple_and_gives_no_age(words: str, age: int | None) -> None:
    question = read(words)
    assert question.age == age
    assert "violence:intrafamiliales" in codes(words)
    assert {"violence:conjugales", "public:hommes"}.isdisjoint(codes(words))


def test_a_minor_who_hits_stays_a_child_to_help() -> None:
    assert read("mon fils de 15 ans me frappe").age == 15


# Of 599 sentences that a reader wrote to break the rule, those that had made an author of a victim,
# of a child or of who knocks at a door.
@pytest.mark.parametrize(
    "words",
    [
        "mon mari me bat, hier je l’ai frappé avec une casserole, je risque quoi ?",
        "mon mari me battait, un jour je l’ai frappé",
        "il me tapait dessus tous les jours, je l’ai tapé une fois",
        "il m’a mis un coup de poing, je l’ai frappé",
        "mon mec m’a secouée et je lui ai mis une claque",
        "il m’a encore une fois frappée, je l’ai giflé",
        "il m’a violée, je l’ai frappé avec une lampe",
        "il a essayé de me violer je l’ai frappé et j’ai couru",
        "il m’enferme, je l’ai frappé pour sortir",
        "il m’insulte il me crache dessus je l’ai giflé",
        "il m’a tiré les cheveux et je l’ai frappé",
        "j’ai poignardé mon mari il me battait",
        "je suis battue, je l’ai tapé",
        "je suis une femme battue j’ai frappé mon mari",
        "j’ai été frappée et je l’ai giflé",
        "je suis un homme, je suis battu par ma femme, j’ai frappé une fois",
        "je suis victime de violences, je l’ai frappé",
        "il nous frappe, je l’ai frappé",
        "mon mari est violent, hier je l’ai giflé",
        "je l’ai frappé, j’en pouvais plus de ses coups",
        "il cogne je cogne",
        "si je frappe il frappe plus fort",
        "j’ai riposté je l’ai frappé",
        "je l’ai frappé pour qu’il me lâche",
        "je l’ai frappé pour protéger ma fille",
        "j’ai frappé mon violeur",
        "j’ai giflé mon collègue qui m’a touché les fesses",
        "j’ai giflé un mec dans le bus qui se frottait",
        "il invente que je l’ai frappé",
        "il a déclaré à la police que je l’ai frappé",
        "il menace de dire que je l’ai frappé",
        "soi-disant je l’ai frappé",
        "d’après mon ex je le frappe",
        "comme quoi je l’ai frappé",
        "il fait croire à tout le monde que c’est moi qui le tape",
        'il dit "c’est moi qui frappe ici"',
        "il me dit si tu parles je frappe les enfants",
        'une dame raconte "j’ai frappé mon mari" mais elle a des bleus partout',
        "j’ai pas frappé mon mari",
        "papa frappe maman, j’ai 10 ans, je l’ai tapé",
        "j’ai quinze ans, j’ai frappé mon père parce qu’il tapait maman",
        "j’ai 15 ans j’ai frappé ma copine",
        "je suis au collège j’ai frappé un garçon qui m’embête",
        "j’ai frappé à la porte de ma voisine",
        "j’ai frappé à toutes les portes pour avoir de l’aide",
        "j’ai frappé dans un mur",
        "je lui ai donné un coup de main",
        "je lui ai donné un coup de pouce",
        "je lui ai donné du pain",
        "je l’ai poussé à porter plainte",
        "je bats mon mari au tennis",
        "je l’ai battu au scrabble",
        "je lui ai tapé un message",
        "je l’ai étranglé de rire",
        "mon papa frappe sa femme, il veut me voir le week end",
        "mon frère frappe sa femme, il veut pas se faire soigner",
        "le père frappe sa femme, il demande à voir son fils",
        "je suis chez un garçon de 16 ans il me force",
        "mon éducateur : il me touche",
        "psychologue : où en trouver une pour ma fille ?",
        "elle m’a violenté et j’ai répliqué",
    ],
)
def test_nobody_else_is_an_author(words: str) -> None:
    assert {"public:auteur", "besoin:prise-en-charge-auteur"}.isdisjoint(codes(words))


@pytest.mark.parametrize(
    "words",
    [
        "je l’ai battue",
        "je frappais ma femme",
        "c’est moi qui tape",
        "c’est moi qui suis violent",
        "j’en suis venu aux mains",
        "je lui en ai collé une",
        "j’ai porté la main sur ma femme",
        "je lui ai mis une droite",
        "je l’ai plaquée contre le mur",
        "j’ai cogné hier, ma femme est partie",
        "je l’ai frappée et elle m’a quitté",
        "elle me tape sur les nerfs et je l’ai frappée",
        "ma femme me quitte parce que je l’ai frappée",
        "je reconnais que j’ai frappé ma femme",
        "je dois vous dire que je l’ai giflée",
        "je suis un homme et j’ai levé la main sur ma compagne",
        "je bats ma femme",
        "je tape ma femme quand je bois",
        "je l’ai frappée parce qu’elle m’a trompé",
        "elle me rend fou je l’ai tapée",
        "je suis celui qui tape",
        "ma femme dit que je la frappe et c’est vrai",
        "j’ai failli la frapper",
        "elle voulait se défendre, je l’ai frappée",
        "on m’a condamné pour violences, j’ai frappé ma femme",
        "le juge m’a envoyé ici, j’ai frappé ma compagne",
        "elle m’a poussé à bout je l’ai giflée",
        "elle me menace de partir, je l’ai frappée",
    ],
)
def test_many_turns_of_phrase_confess(words: str) -> None:
    assert "public:auteur" in codes(words)
