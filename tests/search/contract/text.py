"""Words: accents, plurals, typos, sigles, long sentences."""

import pytest

from tests.factories import OrganisationFactory, PlaceFactory, ServiceFactory
from tests.search.contract.base import ContractBase
from tests.territory import GAP, GRENOBLE, MONESTIER, VIENNE, VOIRON, department


class TextContract(ContractBase):
    @pytest.mark.parametrize(
        ("typed", "written"),
        [
            ("hebergement", "Femmes hébergées en urgence"),
            ("hebergees", "Solutions d’hébergement"),
            ("HÉBERGÉE", "Héberger une famille"),
            ("méres", "Groupe de mères"),
            ("mere", "Groupe de mères"),
            ("ecoutes", "Lieu d’écoute"),
            ("conjugaux", "Violence conjugale"),
            ("conjugales", "Conflit conjugal"),
            ("sociaux", "Suivi social"),
            ("etrangere", "Personnes étrangères"),
            ("soeur", "Frères et sœurs"),
            ("co-victimes", "Enfants covictimes et co-victimes"),
            ("l'ecoute", "Point d’écoute"),
        ],
    )
    def test_accents_plurals_and_hyphens_are_forgiven(self, typed: str, written: str) -> None:
        ServiceFactory(name="Autre chose", summary="Rien de commun.", type_slug="cdad")
        ServiceFactory(name=written, type_slug="cdad")
        assert self.indexed_names(typed) == [written]

    @pytest.mark.parametrize(
        ("typed", "written"),
        [
            ("psycologue", "Psychologue"),
            ("juridqiue", "Aide juridique"),
            ("acompagnement", "Accompagnement"),
            ("medaition", "Médiation"),
            ("adiction", "Addiction"),
        ],
    )
    def test_one_slip_is_forgiven_in_a_word_of_four_letters_or_more(self, typed: str, written: str) -> None:
        ServiceFactory(name=written, type_slug="admr")
        ServiceFactory(name="Autre chose", type_slug="admr")
        assert self.indexed_names(typed) == [written]

    @pytest.mark.parametrize(
        ("typed", "written"),
        [
            ("mer", "Groupe de mères"),
            ("violence", "Viol"),
            ("viol", "Violent"),
            ("3918", "3919"),
            ("pere", "Mère"),
        ],
    )
    def test_words_that_only_look_alike_stay_apart(self, typed: str, written: str) -> None:
        ServiceFactory(name=f"{written} ici", type_slug="admr", summary="Reçoit.")
        assert self.indexed_names(typed) == []

    def test_a_word_that_exists_is_not_taken_for_a_typo(self) -> None:
        ServiceFactory(name="Foyer", type_slug="admr", summary="Reçoit.")
        ServiceFactory(name="Loyer", type_slug="admr", summary="Reçoit.")
        assert self.indexed_names("loyer") == ["Loyer"]

    def test_a_sigle_puts_its_type_first_by_far(self) -> None:
        ServiceFactory(name="Formation sur la CRIP", description="CRIP, CRIP et CRIP.", type_slug="admr")
        ServiceFactory(name="Cellule", type_slug="crip")
        found = self.indexed_then("CRIP")
        assert self.names_of(found) == ["Cellule", "Formation sur la CRIP"]
        assert found.hits[0].score > 4 * found.hits[1].score

    def indexed_then(self, *args: object, **kwargs: object):  # type: ignore[no-untyped-def]
        self.index()
        return self.find(*args, **kwargs)  # type: ignore[arg-type]

    @pytest.mark.parametrize("typed", ["crip", "CRIPs", "krip", "la crip", "cellule enfance", "cripp"])
    def test_a_type_is_named_by_its_sigle_and_by_its_other_names(self, typed: str) -> None:
        ServiceFactory(name="Cellule", type_slug="crip")
        ServiceFactory(name="Autre", type_slug="admr")
        assert self.indexed_names(typed) == ["Cellule"]

    def test_a_transposed_sigle_is_known(self) -> None:
        ServiceFactory(name="Intervenante", type_slug="iscg")
        ServiceFactory(name="Autre", type_slug="admr")
        self.index()
        assert [self.names(typed) for typed in ("ISCG", "isgc", "icsg")] == [["Intervenante"]] * 3

    def test_a_sigle_of_two_types_gives_both(self) -> None:
        ServiceFactory(name="Bureau du tribunal", type_slug="bav-tribunal")
        ServiceFactory(name="Bureau du commissariat", type_slug="bav-police")
        ServiceFactory(name="Autre", type_slug="admr")
        assert sorted(self.indexed_names("BAV")) == ["Bureau du commissariat", "Bureau du tribunal"]

    def test_geomdarmerie_monestier(self) -> None:
        ServiceFactory(name="Brigade A", type_slug="brigade-gendarmerie", at=VOIRON)
        ServiceFactory(name="Brigade B", type_slug="brigade-gendarmerie", at=MONESTIER)
        ServiceFactory(name="Mairie", type_slug="ccas", at=MONESTIER)
        assert self.indexed_names("geomdarmerie monestier")[0] == "Brigade B"

    def test_the_longest_name_wins(self) -> None:
        ServiceFactory(name="Majeurs", type_slug="cippav")
        ServiceFactory(name="Mineurs", type_slug="crip")
        name = "cellule de recueil des informations préoccupantes des personnes adultes vulnérables"
        assert self.indexed_names(name)[0] == "Majeurs"

    def test_a_name_is_a_phrase_not_its_words(self) -> None:
        ServiceFactory(name="Jour", type_slug="accueil-de-jour")
        ServiceFactory(name="Bon accueil de la mairie, un jour par semaine", type_slug="ccas")
        ServiceFactory(name="Annexe de l’accueil de jour", type_slug="ccas")
        assert self.indexed_names("acceuil de jour") == ["Jour", "Annexe de l’accueil de jour"]

    def test_organisation_and_its_acronym_are_searched(self) -> None:
        rivage = OrganisationFactory(name="Association Rivage (exemple)", acronym="ARVG")
        ServiceFactory(name="Écoute", organisation=rivage)
        ServiceFactory(name="Autre")
        self.index()
        assert self.names("rivage") == self.names("ARVG") == ["Écoute"]

    def test_summary_publics_violences_and_description_are_searched(self) -> None:
        ServiceFactory(name="A", summary="Consultation d’ostéopathie.")
        ServiceFactory(name="B", situations=["sourd-malentendant"])
        ServiceFactory(name="C", violences=["mariage-force"])
        ServiceFactory(name="D", description="On y fait du jardinage.")
        self.index()
        searched = [
            self.names(words) for words in ("ostéopathie", "malentendants", "mariage forcé", "jardinage")
        ]
        assert searched == [["A"], ["B"], ["C"], ["D"]]

    def test_a_name_weighs_more_than_a_description(self) -> None:
        ServiceFactory(name="Maison", description="On y parle de médiation.")
        ServiceFactory(name="Médiation")
        assert self.indexed_names("médiation") == ["Médiation", "Maison"]

    def test_the_commune_of_a_place_is_a_word(self) -> None:
        ServiceFactory(name="À Vienne", at=VIENNE)
        ServiceFactory(name="À Gap", at=GAP, department="05")
        assert self.indexed_names("vienne") == ["À Vienne"]

    def test_a_place_never_shown_leaves_no_word(self) -> None:
        PlaceFactory(service=ServiceFactory(name="Ailleurs"), commune__insee=VIENNE, never=True)
        assert self.indexed_names("vienne") == []

    def test_a_long_sentence_is_answered_by_what_it_is_about(self) -> None:
        ServiceFactory(name="Interprètes", summary="Traduction en tigrigna pour les personnes exilées.")
        for number in range(5):
            ServiceFactory(name=f"Mairie {number}", summary="Accueil des femmes et des enfants.")
        sentence = (
            "Je cherche pour une femme avec deux enfants, qui ne parle que le tigrigna et vient d’arriver"
        )
        assert self.indexed_names(sentence)[0] == "Interprètes"

    @pytest.mark.parametrize("repeated", [1, 3])
    def test_what_is_held_by_its_least_word_only_is_left_out(self, repeated: int) -> None:
        """However long the sentence: ten words are weighed in one go by an engine, more are not."""
        rare = " ".join(f"tigrigna{'abc'[number]} quechua{'abc'[number]}" for number in range(repeated))
        common = "jardin marche fanfare piscine"
        ServiceFactory(name="Interprètes", summary=rare)
        for number in range(6):
            ServiceFactory(name=f"Mairie {number}", summary="Fanfare.")
        assert self.indexed_names(f"{rare} {common}") == ["Interprètes"]
        assert len(self.names(f"{common} fanfare")) == 6

    def test_words_of_intent_and_small_words_do_not_count(self) -> None:
        ServiceFactory(name="Téléphone et horaires", summary="Pour qui ?")
        ServiceFactory(name="Médiation")
        assert self.indexed_names("quel téléphone et quels horaires pour la médiation ?") == ["Médiation"]

    def test_only_words_of_intent_is_no_word_at_all(self) -> None:
        ServiceFactory(name="A", coverage=[department("38")])
        self.index()
        assert self.names("téléphone", commune=GRENOBLE) == self.names(commune=GRENOBLE) == ["A"]

    @pytest.mark.parametrize("words", ["sans papiers", "violences contre les hommes", "aucun revenu"])
    def test_small_words_that_carry_meaning_are_kept(self, words: str) -> None:
        kept = next(word for word in words.split() if word in ("sans", "contre", "aucun"))
        ServiceFactory(name=f"Un {kept} ici", type_slug="admr", summary="Reçoit.")
        assert self.indexed_names(words) == [f"Un {kept} ici"]

    def test_words_that_match_nothing_find_nothing(self) -> None:
        ServiceFactory(name="A")
        assert self.indexed_names("xylophone") == []

    @pytest.mark.parametrize("words", ["'", "\\", "%s", "a & b | !c", "((", "<->", "🙂", "''':A", "--", "0"])
    def test_nothing_typed_breaks_it(self, words: str) -> None:
        ServiceFactory(name="A")
        self.index()
        assert self.find(words).total in (0, 1)
