"""What the entries of the lexicon, as shipped, say and must not say together."""

import tomllib
from pathlib import Path

import pytest

from directory.administration.guidance_forms import MOST_SPELLINGS
from directory.folding import parts_of, spellings
from directory.models import ActorType, LexiconEntry
from directory.reference_guidance import load_lexicon
from search.lexicon import KINDS, Key, current_lexicon, exact_key_of, key_of
from search.question import Question
from search.understanding import understand
from tests.relevance.questions import read_requirements
from tests.search.shipped import codes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("mon frère a tapé sa femme, il veut se faire aider", "type:cpca"),
        ("handicapé, frappé par un éducateur dans son foyer d’hébergement", "public:handicap"),
        ("زوجي يضربني", "violence:conjugales"),
        ("чоловік мене б’є", "langue:uk"),
        ("police", "type:brigade-gendarmerie"),
        ("un élève de 8 ans a des bleus, papa le tape", "violence:enfants"),
        ("je suis en danger", "danger:danger-immediat"),
        ("une lycéenne avec un mec de 30 ans fait des passes", "violence:exploitation-sexuelle-mineurs"),
        ("elle refuse de porter plainte", "content:fiche-reflexe-sans-plainte"),
        ("mon pote se fait taper par sa meuf", "public:hommes"),
        ("un élève se fait harceler par sa classe", "violence:harcelement-scolaire"),
        ("mon patron garde mon passeport", "violence:proxenetisme-traite"),
        ("son mari violent", "violence:conjugales"),  # a fact that begins inside a clue
        ("faire partir mon mari violent", "violence:conjugales"),
        ("mon conjoint vérifie chaque ticket de caisse", "violence:conjugales"),  # a clue and facts untold
        ("la brigade", "type:brigade-gendarmerie"),
        ("je tape ma copine", "public:auteur"),
        ("une élève dit que son oncle la touchait", "violence:inceste"),
        ("une élève de CM1 couverte de bleus", "public:enfant"),
        ("mon voisin tape sa copine", "public:proche-temoin"),
        ("mon jules m’a craché dessus", "violence:conjugales"),  # choices in one entry
        ("des types m’ont frappée dans le tram", "violence:autre-infraction"),
        ("interdiction d’approcher ma compagne", "public:auteur"),
        ("elle dort dans sa camionnette", "besoin:hebergement"),
        ("traitée de sale gouine", "violence:discrimination"),
        ("elle a des marques de ceinture, 15 ans", "violence:enfants"),
        ("mes petits-enfants restent seuls toute la journée", "public:enfant"),
        ("on est deux mecs, il me tape", "public:hommes"),
        ("mes parents veulent me marier au bled", "violence:mariage-force"),
        ("ils ne savent pas où dormir", "besoin:hebergement"),
        ("jpeux plus rester chez moi ce soir", "besoin:hebergement"),
        ("elle laisse souvent son bébé dans la voiture", "violence:enfants"),
        ("insultée dans le bus parce que je suis voilée", "violence:discrimination"),
    ],
)
def test_it_is_understood(words: str, code: str) -> None:
    assert code in codes(words)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("je suis battue, ma fille subit du harcèlement scolaire", "violence:conjugales"),
        ("je me fais frapper et mon enfant est en danger", "violence:conjugales"),
        ("mon ex est gendarme et me harcèle depuis la séparation", "violence:conjugales"),
        ("mon collègue m’a menacée de mort", "content:schema-danger-imminent"),
        ("mon collègue m’a agressée sexuellement", "violence:sexuelles"),
        ("mon mari a été arrêté pour violences sur moi", "violence:conjugales"),
        ("mon enfant est placé et battu en famille d’accueil", "violence:enfants"),
        ("je suis enceinte, mon aîné a 8 mois et il le secoue", "public:enfant"),
        ("mon mari me viole et mon fils se scarifie", "number:119"),
        ("éduc tape mon fils", "violence:enfants"),
    ],
)
def test_what_stands_beside_it_takes_nothing_away(words: str, code: str) -> None:
    assert code in codes(words)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("jai violer par mon oncle", "public:auteur"),
        ("j’ai violé quand j’avais 12 ans par mon père", "public:auteur"),
        ("il m’a étranglée et j’ai une interdiction de contact contre lui", "public:auteur"),
        ("j’ai un bracelet anti rapprochement il vient de sonner", "public:auteur"),
        ("je suis éloigné de mes enfants, ma femme me frappe", "public:auteur"),
        ("hébergement pour homme violenté", "public:auteur"),
        ("où dormir après une éviction du domicile par mon mari", "public:auteur"),
        ("mon mari me viole et mon fils se scarifie", "public:adolescent"),
        ("il me frappe, ma fille a envoyé des nudes", "public:adolescent"),
        ("j’ai 45 ans mon mari agriculteur me frappe", "public:hommes"),
        ("mon éducateur me touche", "violence:maltraitance-majeurs"),
        ("il veut me prendre mes enfants", "type:ase"),
    ],
)
def test_nobody_is_taken_for_another(words: str, code: str) -> None:
    assert code not in codes(words)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("pas de danger immédiat", "danger:danger-immediat"),
        ("aux urgences de Gap", "danger:danger-immediat"),
        ("assistante sociale de secteur", "violence:derives-sectaires"),
        ("mon mari", "violence:conjugales"),
        ("un type que je connais", "violence:conjugales"),
        ("brigade de Castellane", "type:bpf-police"),
        ("une gamine du foyer, 15 ans", "type:mecs"),
        ("l’éducateur de son foyer lui touche la poitrine", "type:mecs"),
        ("je ne veux pas d’hébergement si je quitte mon mari", "besoin:mise-a-l-abri"),
        ("mes petits-enfants de 4 et 6 ans, je suis mamie", "public:senior"),
        ("le mariage de ma fille", "violence:mariage-force"),
        ("on est séparés, il m’envoie des menaces", "besoin:information-juridique"),
        ("il joue dans la cour", "violence:harcelement-scolaire"),
        ("elle retrouve des mecs", "type:mecs"),
        ("femme violentée", "public:hommes"),
        ("cheffe d’entreprise", "violence:vss-travail"),
        ("il rentre dans l’appart", "type:association-prostitution"),
        ("mon voisin tape sa copine", "public:hommes"),
        ("un mec de ma promo", "violence:proxenetisme-traite"),
        ("arraché mon voile", "violence:sexuelles"),
        ("une grappe de raisin", "violence:conjugales"),
        ("il met la table, je mets la table", "type:mecs"),
        ("elle a coupé les ponts", "violence:conjugales"),
        ("il est dans l’armée", "content:schema-danger-imminent"),
        ("prime d’urgence", "danger:danger-immediat"),
        ("un enfant de 9 ans à la rue", "number:115"),
        ("on m’a tabassé à la sortie du bar", "violence:conjugales"),
        ("mon mari me frappe, la police ne vient pas", "type:brigade-gendarmerie"),
        ("frappée par son conjoint", "public:hommes"),
        ("aide financière d’urgence", "danger:danger-immediat"),
    ],
)
def test_it_is_not_understood(words: str, code: str) -> None:
    assert code not in codes(words)


def test_no_wording_makes_more_than_the_form_takes() -> None:
    """What is shipped is edited in the administration too."""
    shipped = (words for one in LexiconEntry.objects.all() for words in one.words)
    made = {words: max(map(len, parts_of(words))) for words in shipped}
    assert {words: count for words, count in made.items() if count > MOST_SPELLINGS} == {}


def test_no_wording_is_hidden_by_one_that_means_something_else() -> None:
    """Of two entries with the same words, the first is read: the other says what nobody will hear."""
    said: dict[tuple[bool, Key], set[str]] = {}
    hidden = []
    for one in LexiconEntry.objects.all():  # in the order that the lexicon is made in
        read = exact_key_of if one.exact else key_of
        for words in one.words:
            keys = [(one.exact, read(spelled)) for spelled in spellings(words)]
            if all(said.setdefault(key, set(one.concepts)) != set(one.concepts) for key in keys):
                hidden.append(words)
    assert hidden == []


def test_an_entry_that_left_the_file_goes_unless_it_was_edited() -> None:
    """Its words are in another entry by now: left behind, they would mean what they no longer do."""
    values = {"words": ["zouave"], "concepts": ["v:conjugales"], "minor": [], "adult": [], "clue": False}
    shipped = values | {"exact": False, "note": ""}
    LexiconEntry.objects.create(key="zouave", shipped=shipped, **values)
    LexiconEntry.objects.create(key="loustic", shipped=shipped, **(values | {"words": ["loustic", "titi"]}))
    LexiconEntry.objects.create(key="gavroche", **(values | {"words": ["gavroche"]}))
    load_lexicon()
    kept = LexiconEntry.objects.filter(key__in=["zouave", "loustic", "gavroche"])
    assert sorted(kept.values_list("key", flat=True)) == ["gavroche", "loustic"]


CUT_EVERY = 60  # of the questions of tests/relevance: a dozen sentences


@pytest.mark.parametrize("whole", [one.q for one in read_requirements()[::CUT_EVERY]])
def test_a_question_cut_anywhere_is_understood(whole: str) -> None:
    """People stop typing at any word, and paste from any: nothing read ahead may be missing."""
    words = whole.split()
    types = list(ActorType.objects.all())
    lexicon = current_lexicon()
    cuts = {" ".join(part) for place in range(1, len(words)) for part in (words[:place], words[place:])}
    for cut in sorted(cuts):
        found = understand(Question(words=cut), types, lexicon=lexicon)
        assert found.question.words == cut


def test_a_type_that_the_lexicon_names_is_shown_by_its_own_name() -> None:
    found = understand(Question(words="police"), ActorType.objects.all()).question
    names = {one.slug: one.short_name for one in ActorType.objects.all()}
    assert [one.label for one in found.concepts] == [names[one.slug] for one in found.concepts]
    assert names["commissariat"] != "commissariat"


def test_a_date_calls_no_ambulance() -> None:
    for said in ("j’ai porté plainte le 15/10", "plainte le 15-06", "le 15.10.2026", "depuis le 15 octobre"):
        assert "number:15" not in codes(said)
    assert "public:adolescent" in codes("un jeune de 14-15 ans")
    assert "number:15" in codes("le 15")


@pytest.mark.parametrize(
    "words",
    [
        "ma fille veut savoir où se faire suivre après un viol",
        "il réclame un suivi psy, il a été violé",
        "mon mari dit que c’est moi qui ai levé la main",
        "il m’a fait croire que je le frappais",
        "mon ex condamné pour violences sur sa compagne revient",
        "le mis en cause a fait appel",
        "je pète un câble, mon mari me bat",
        "elle veut voir quelqu’un pour arrêter de boire",
    ],
)
def test_a_victim_is_no_perpetrator(words: str) -> None:
    assert not {"public:auteur", "besoin:prise-en-charge-auteur", "type:cpca"} & codes(words)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("ma fille n’est pas rentrée depuis hier", "number:116000"),
        ("mon mari me frappe, demain il me tue", "danger:danger-immediat"),
        ("mon ex me menace de tuer mon fils", "content:schema-danger-imminent"),
        ("mon mari me frappe et a touché ma fille", "violence:inceste"),
        ("je ne peux parler que par sms", "number:114"),
        ("c’est moi qui ai levé la main, j’ai honte", "public:auteur"),
        ("c’est ma femme qui me tape", "public:hommes"),
    ],
)
def test_what_older_wordings_hid_is_said_again(words: str, code: str) -> None:
    assert code in codes(words)


def test_a_type_before_a_story_is_who_writes() -> None:
    story = "Un monsieur dort dans sa voiture, il a froid et ne sait pas où aller"
    assert "type:ccas" not in codes(f"CCAS. {story}")
    assert "type:ccas" in codes(f"{story}, CCAS")
    assert "type:ccas" in codes("CCAS. Adresse")


PLAIN = tomllib.loads((Path(__file__).with_name("plain_phrases.toml")).read_text(encoding="utf-8"))
PREFIXES = {kind: letter for letter, kind in KINDS.items()}


def test_what_is_plain_is_understood() -> None:
    """A sentence of the suite has many ways to be right; these have one word or two."""
    types, lexicon = list(ActorType.objects.all()), current_lexicon()
    wrong = {}
    for words, expected in PLAIN.items():
        found = understand(Question(words=words), types, lexicon=lexicon).question.concepts
        codes_of = sorted(f"{PREFIXES[one.kind]}:{one.slug}" for one in found if one.kind in PREFIXES)
        if codes_of != expected:
            wrong[words] = codes_of
    assert wrong == {}
