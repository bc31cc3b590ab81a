"""Pages: found by what they are about, not by what they mention once; chapters with their guide."""

import pytest

from search import indexing
from search.backends.base import PageHit
from search.excerpts import plain
from search.question import Concept, Question
from search.understanding import understand
from tests.factories import ActorTypeFactory
from tests.search.contract.base import ContractBase
from tests.search.library import Library


class PagesContract(ContractBase):
    @pytest.fixture(autouse=True)
    def _pages(self, library: Library) -> None:
        self.library = library

    def hits(self, words: str = "", limit: int = 20, **values: object) -> tuple[PageHit, ...]:
        self.index()
        asked = Question(words=words, **values)  # type: ignore[arg-type]
        return self.backend.find_pages(understand(asked, self.types()).question, limit)

    def follow_pages(self, *keys: str) -> None:
        """What the receivers have done once it is committed."""
        indexing.refresh_pages("library", keys)

    def titles(self, words: str = "", limit: int = 20, **values: object) -> list[str]:
        return [self.library.titles[hit.key] for hit in self.hits(words, limit, **values)]

    def types(self) -> list[object]:
        from directory.models import ActorType

        return list(ActorType.objects.filter(is_open=True))

    def fill(self, count: int = 4) -> None:
        """Pages about other things, that mention the CRIP and a school once."""
        for number in range(count):
            self.library.add(
                f"Autre page {number}", "Au lycée comme ailleurs. La CRIP reçoit les signalements."
            )

    # --- Words ------------------------------------------------------------------------------------------

    def test_a_page_is_found_by_its_title_its_keywords_and_its_text(self) -> None:
        self.library.add("Retour de fugue", "Accueillir sans reproche.", keywords="disparue")
        self.library.add("Autre", "Rien de commun.")
        for words in ("fugues", "disparues", "reproches", "accueil"):
            assert self.titles(words) == ["Retour de fugue"], words

    def test_typos_are_forgiven_in_the_words_of_pages(self) -> None:
        self.library.add("Retour de fugue", keywords="michetonnage")
        assert self.titles("mihcetonnage") == ["Retour de fugue"]

    def test_a_title_weighs_more_than_a_summary_than_a_text(self) -> None:
        self.library.add("Un", text="On y parle de la plainte.")
        self.library.add("Deux", summary="La plainte en ligne.")
        self.library.add("La plainte")
        assert self.titles("plainte") == ["La plainte", "Deux"]

    def test_what_pages_mention_once_is_not_what_they_are_about(self) -> None:
        self.fill()
        assert self.titles("CRIP Gap") == []

    def test_a_town_does_not_hide_what_a_page_is_about(self) -> None:
        self.fill()
        self.library.add("Signaler à la CRIP", "Ce que la CRIP fait.")
        assert self.titles("CRIP Gap") == ["Signaler à la CRIP"]

    def test_a_keyword_is_enough_when_the_other_word_is_in_the_text_only(self) -> None:
        self.fill()
        self.library.add("Premiers réflexes", "Une élève du lycée.", keywords="escorting")
        assert self.titles("escorting lycée") == ["Premiers réflexes"]

    def test_a_rare_word_counts_more(self) -> None:
        self.fill()
        self.library.add("Le lycée", "Une élève.")
        self.library.add("La traite", "Hors du lycée.", keywords="escorting")
        assert self.titles("escorting lycée")[0] == "La traite"

    def test_a_long_sentence_is_answered_by_what_it_is_about(self) -> None:
        self.fill()
        self.library.add("Premiers réflexes", "Ne pas juger.", keywords="escorting")
        assert self.titles("gamine de 14 ans, escorting, Embrun, ce soir") == ["Premiers réflexes"]

    @pytest.mark.parametrize("words", ["'", "\\", "%s", "a & b | !c", "((", "<->", "🙂", "xylophone", "---"])
    def test_nothing_typed_breaks_it(self, words: str) -> None:
        self.fill(1)
        assert self.titles(words) == []

    # --- Types, violences, publics ----------------------------------------------------------------------

    def test_a_type_named_leads_to_its_measure_first(self) -> None:
        ActorTypeFactory(slug="tgd", kind="mesure")
        self.fill()
        self.library.add("Chapitre", "Un téléphone grave danger est prêté.", types=("tgd", "parquet"))
        self.library.add("Téléphone grave danger", "Un appareil.", kind="mesure", types=("tgd",))
        for words in ("téléphone grave danger", "TGD", "tgd Embrun"):
            assert self.titles(words) == ["Téléphone grave danger", "Chapitre"], words

    def test_types_violences_and_publics_raise_what_words_find(self) -> None:
        for name, values in (
            ("Rien", {}),
            ("Public", {"publics": ("adolescent",)}),
            ("Violence", {"violences": ("inceste",)}),
            ("Type", {"types": ("crip",)}),
        ):
            self.library.add(f"{name} écoute", **values)  # type: ignore[arg-type]
        chosen = {"types": ("crip",), "violences": ("inceste",), "publics": ("adolescent",)}
        expected = ["Type écoute", "Violence écoute", "Public écoute", "Rien écoute"]
        assert self.titles("écoute", **chosen) == expected
        concepts = tuple(
            Concept(kind, slug, slug, "")
            for kind, slug in (("violence", "inceste"), ("public", "adolescent"))
        )
        assert self.titles("écoute", concepts=concepts)[0] == "Violence écoute"

    def test_filters_alone_find_by_slugs(self) -> None:
        self.library.add("Générale")
        self.library.add("Femmes", publics=("femmes",))
        self.library.add("Inceste", violences=("inceste",))
        self.library.add("Les deux", violences=("inceste",), publics=("femmes",))
        self.library.add("CRIP", types=("crip",))
        assert sorted(self.titles(violences=("inceste",))) == ["Inceste", "Les deux"]
        assert self.titles(violences=("inceste",), publics=("femmes",)) == ["Les deux", "Inceste"]
        assert self.titles(publics=("femmes",)) == ["Femmes", "Les deux"]
        assert self.titles(types=("crip",)) == ["CRIP"]

    def test_a_virtual_type_finds_the_pages_about_the_real_ones(self) -> None:
        self.library.add("Plainte", types=("commissariat",))
        assert self.titles(types=("commissariat-brigade",)) == ["Plainte"]

    def test_nothing_asked_finds_nothing(self) -> None:
        self.library.add("Une page", violences=("inceste",))
        assert self.titles() == self.titles(commune="38185", radius=10, when="ce-soir") == []
        assert self.titles("comment appeler") == self.titles(languages=("fr",)) == []

    # --- Order, chapters, excerpts ----------------------------------------------------------------------

    def test_the_order_is_that_of_keys_among_equals(self) -> None:
        for _number in range(12):
            self.library.add("La même")
        keys = [str(number) for number in range(1, 13)]
        assert [hit.key for hit in self.hits("même")] == []  # « même » is a small word
        assert [hit.key for hit in self.hits(words="la meme page")] == []
        for page in list(self.library.pages.values()):
            self.library.change(page, fields=(("A", "Fugue"),))
        assert [hit.key for hit in self.hits("fugue")] == keys
        assert [hit.key for hit in self.hits("fugue", limit=5)] == keys[:5]

    def test_a_guide_does_not_fill_the_list_with_its_chapters(self) -> None:
        guide = self.library.add("Guide", "Présentation.")
        for number in range(6):
            self.library.add(f"Fugue {number}", part_of=guide.key)
        self.library.add("Fiche fugue")
        hits = self.hits("fugue")
        assert [hit.part_of for hit in hits] == [guide.key] * 3 + [""]
        assert [self.library.titles[hit.key] for hit in hits][-1] == "Fiche fugue"

    def test_the_excerpt_holds_what_was_asked(self) -> None:
        self.library.add("Guide", "Une phrase d’abord. Les femmes hébergées y dorment.", keywords="logement")
        (hit,) = self.hits("hébergement logement")
        assert hit.source == "library"
        assert "femmes hébergées" in plain(hit.excerpt)
        assert [text for text, is_match in hit.excerpt if is_match] == ["hébergées"]
        (hit,) = self.hits("logement")
        assert hit.excerpt == ()

    # --- The index follows ------------------------------------------------------------------------------

    def test_a_page_that_leaves_or_changes_is_followed(self) -> None:
        page = self.library.add("Fugue")
        assert self.titles("fugue") == ["Fugue"]
        self.library.change(page, fields=(("A", "Disparition"),))
        self.follow_pages(page.key)
        assert self.titles("fugue") == []
        assert self.titles("disparition") == ["Fugue"]
        self.library.remove(page)
        self.follow_pages(page.key)
        assert self.titles("disparition") == []
