"""Things that hide and things that shine, planted so that every answer of the site can be read for them."""

import re
from dataclasses import dataclass, field
from typing import Any

from directory.models import Commune, Service
from tests import factories, territory

# Who reads. The names are those of the test's parameters.
ANONYMOUS, PRO_38, PRO_05, MEMBER = "anonymous", "pro-38", "pro-05", "member"
COORDINATOR_38, COORDINATOR_05, ADMINISTRATOR = "coordinator-38", "coordinator-05", "administrator"
TOKEN_38 = "token-38"
VIEWERS = (ANONYMOUS, PRO_38, TOKEN_38, PRO_05, MEMBER, COORDINATOR_38, COORDINATOR_05, ADMINISTRATOR)
OF_38 = frozenset({PRO_38, TOKEN_38, COORDINATOR_38, ADMINISTRATOR})
KEEPERS_38 = frozenset({COORDINATOR_38, ADMINISTRATOR})


def without_case(text: str) -> str:
    """As letters are compared by a pattern that ignores their case (the two Turkish ones are an i to it)."""
    return text.replace("İ", "i").replace("ı", "i").casefold()


@dataclass(frozen=True)
class Secret:
    """What must not be read: `site` may read it on the site, `admin` under /gestion/ only.

    `trace` is in the folded text of every answer that the pattern finds: most answers need no more than
    the look for it. Numbers, which are written in many ways, have none.
    """

    label: str
    pattern: re.Pattern[str]
    site: frozenset[str] = frozenset()
    admin: frozenset[str] = frozenset()
    trace: str = ""

    def found_in(self, said: str, folded: str) -> re.Match[str] | None:
        """Where `said`, of which `folded` is the folded text, tells it."""
        return self.pattern.search(said) if self.trace in folded else None

    def is_for(self, viewer: str, in_admin: bool) -> bool:
        return viewer in self.site or (in_admin and viewer in self.admin)


@dataclass
class Corpus:
    secrets: list[Secret] = field(default_factory=list)
    services: dict[str, Service] = field(default_factory=dict)
    # text → the viewers who must find it on the service's page
    beacons: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)

    def hide(self, label: str, text: str, site: Any = (), admin: Any = KEEPERS_38) -> str:
        pattern = re.compile(re.escape(text), re.IGNORECASE)
        self.secrets.append(Secret(label, pattern, frozenset(site), frozenset(admin), without_case(text)))
        return text

    def hide_phone(self, label: str, digits: str, site: Any = (), admin: Any = KEEPERS_38) -> str:
        """However it is written: 0465719902, 04 65 71 99 02, +33465719902, with dots or %20."""
        tail = r"(?:\D|%20|&nbsp;){0,2}".join(digits[1:])
        # A digit before is looked for once the first ones are there: where a pattern begins by looking
        # back, every letter of the answer is tried.
        pattern = re.compile(rf"(?:0(?<!\d0)|33(?<!\d33))\D{{0,2}}{tail}")
        self.secrets.append(Secret(label, pattern, frozenset(site), frozenset(admin)))
        return "+33" + digits[1:]

    def hide_point(self, label: str, lon: float, lat: float, site: Any = (), admin: Any = KEEPERS_38) -> Any:
        """Either coordinate to four decimals (ten metres), with a point or a comma."""
        written = [f"{value:.4f}".replace(".", "[.,]") for value in (lon, lat)]
        near = "|".join(rf"{number}(?<!\d{number})" for number in written)
        self.secrets.append(Secret(label, re.compile(rf"(?:{near})\d*"), frozenset(site), frozenset(admin)))
        return (lon, lat)


def plant() -> Corpus:
    """The corpus in the database: real communes of Isère and Hautes-Alpes, everything else made up."""
    communes = territory.load_communes()
    corpus = Corpus()
    for line in ("17", "115", "119", "3919"):
        factories.HelplineFactory(key=line)
    _public(corpus, communes)
    _addresses(corpus)
    _reserved(corpus, communes)
    _hidden_type(corpus, communes)
    _drafts(corpus)
    _other_department(corpus)
    return corpus


def _public(corpus: Corpus, communes: dict[str, Commune]) -> None:
    service = factories.ServiceFactory(
        name="Phare public de Voiron", at="38563", phone="+33465719900", coverage=[communes["38563"]]
    )
    service.places.update(street="7 quai du Phare-Visible", point=factories.make_point(5.5921, 45.3630))
    corpus.services["public"] = service
    for text in ("Phare public de Voiron", "7 quai du Phare-Visible", "04 65 71 99 00"):
        corpus.beacons[text] = ("public", frozenset(VIEWERS))
    factories.ContactFactory(
        service=service,
        audience="professionnels",
        label=corpus.hide("label of a contact", "Ligne-Canari-Pro", OF_38),
        value=corpus.hide_phone("phone for professionals", "0465719901", OF_38),
    )
    corpus.beacons["Ligne-Canari-Pro"] = ("public", OF_38)
    factories.ContactFactory(
        service=service,
        audience="equipe",
        value=corpus.hide_phone("phone of the team", "0465719902", KEEPERS_38),
    )


def _addresses(corpus: Corpus) -> None:
    """One service for each visibility of an address, each with a street, a point and a label of its own."""
    for index, visibility in enumerate(("professionnels", "sur-appel", "commune")):
        readers = OF_38 if visibility == "professionnels" else ()
        service = factories.ServiceFactory(name=f"Service à adresse {visibility}")
        factories.PlaceFactory(
            service=service,
            commune__insee="38185",
            address_visibility=visibility,
            street=corpus.hide(f"street {visibility}", f"{index + 41} rue Canari-{visibility}", readers),
            complement=corpus.hide(f"complement {visibility}", f"Digicode Canari-{visibility}", readers),
            label=corpus.hide(f"label {visibility}", f"Antenne Canari-{visibility}", readers),
            accessibility=corpus.hide(f"access {visibility}", f"Rampe Canari-{visibility}", readers),
            point=corpus.hide_point(
                f"point {visibility}", 5.7613 + index / 100, 45.2017 + index / 100, readers
            ),
        )
        corpus.services[visibility] = service
    corpus.beacons["rue Canari-professionnels"] = ("professionnels", OF_38)
    never = factories.ServiceFactory(name="Service à lieu jamais montré")
    factories.PlaceFactory(
        service=never,
        never=True,
        commune__insee="38269",
        hours_note=corpus.hide("note of a place never shown", "Note-Canari-Jamais"),
    )
    corpus.services["jamais"] = never
    corpus.beacons["Service à lieu jamais montré"] = ("jamais", frozenset(VIEWERS))


def _reserved(corpus: Corpus, communes: dict[str, Commune]) -> None:
    own = factories.OrganisationFactory(name="Association de la membre")
    reserved = factories.ServiceFactory(
        name=corpus.hide("reserved name", "Cellule Canari-Réservée", OF_38),
        summary=corpus.hide("reserved summary", "Résumé Canari-Réservé", OF_38),
        audience="professionnels",
        at="38185",
        coverage=[communes["38185"]],
        phone=corpus.hide_phone("reserved phone", "0465719903", OF_38),
        organisation__name=corpus.hide(
            "organisation with nothing public", "Organisation Canari-Réservée", OF_38
        ),
    )
    corpus.services["reserved"] = reserved
    corpus.beacons["Cellule Canari-Réservée"] = ("reserved", OF_38)
    team = factories.ServiceFactory(
        name=corpus.hide("team name", "Fiche Canari-Équipe", KEEPERS_38), audience="equipe", at="38185"
    )
    corpus.services["team"] = team
    corpus.beacons["Fiche Canari-Équipe"] = ("team", KEEPERS_38)
    members = OF_38 | {MEMBER}
    corpus.services["own"] = factories.ServiceFactory(
        name=corpus.hide("reserved name of an own entry", "Service Canari-Maison", members),
        audience="professionnels",
        organisation=own,
        at="38563",
    )
    corpus.beacons["Service Canari-Maison"] = ("own", members)


def _hidden_type(corpus: Corpus, communes: dict[str, Commune]) -> None:
    """A shelter: reserved, and even to those who see it, neither place nor commune."""
    shelter = factories.ServiceFactory(
        hidden=True, name=corpus.hide("shelter", "Refuge Canari-Caché", OF_38), coverage=[communes["38509"]]
    )
    factories.PlaceFactory(
        service=shelter,
        never=True,
        commune__insee="38242",
        hours_note=corpus.hide("note of a shelter", "Note-Canari-Refuge"),
    )
    corpus.services["shelter"] = shelter
    corpus.beacons["Refuge Canari-Caché"] = ("shelter", OF_38)


def _drafts(corpus: Corpus) -> None:
    corpus.services["draft"] = factories.ServiceFactory(
        draft=True,
        name=corpus.hide("draft", "Brouillon Canari-Inédit"),
        at="38185",
        phone=corpus.hide_phone("phone of a draft", "0465719904"),
    )
    live = factories.ServiceFactory(name="Service à révision", at="38185")
    live.summary = corpus.hide("unpublished revision", "Révision Canari-Inédite")
    live.save_revision(clean=False)
    corpus.services["revised"] = live
    corpus.beacons["Service à révision"] = ("revised", frozenset(VIEWERS))


def _other_department(corpus: Corpus) -> None:
    readers = {PRO_05, COORDINATOR_05, ADMINISTRATOR}
    keepers = {COORDINATOR_05, ADMINISTRATOR}
    corpus.services["reserved-05"] = factories.ServiceFactory(
        name=corpus.hide("reserved name of 05", "Cellule Canari-Gapençaise", readers, keepers),
        audience="professionnels",
        department="05",
        at="05061",
        phone=corpus.hide_phone("reserved phone of 05", "0465719905", readers, keepers),
    )
    corpus.beacons["Cellule Canari-Gapençaise"] = ("reserved-05", frozenset(readers))
    corpus.services["address-05"] = service = factories.ServiceFactory(
        name="Service public de Gap", department="05"
    )
    factories.PlaceFactory(
        service=service,
        commune__insee="05061",
        address_visibility="commune",
        street=corpus.hide("street of 05", "9 rue Canari-Gap", (), keepers),
        point=corpus.hide_point("point of 05", 6.0973, 44.5727, (), keepers),
    )
