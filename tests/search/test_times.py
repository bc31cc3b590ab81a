"""Moments said in a text, on the clock of Paris, seen from Thursday 26 November 2026 at 15:00."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from directory.folding import fold
from search.times import Said, times_said

AT = datetime(2026, 11, 26, 15, 0, tzinfo=ZoneInfo("Europe/Paris"))


def asked_in(text: str, at: datetime = AT, department: str = "") -> Said | None:
    return times_said(fold(text).split(), at, department).asked


def start_of(text: str, at: datetime = AT, department: str = "") -> str:
    said = asked_in(text, at, department)
    return said.moment.start.strftime("%Y-%m-%dT%H:%M") if said else ""


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("je fais quoi ce soir ?", "2026-11-26T18:00"),
        ("cette nuit", "2026-11-26T18:00"),
        ("maintenant", "2026-11-26T15:00"),
        ("dimanche", "2026-11-29T10:00"),
        ("ouvert dimanches", "2026-11-29T10:00"),
        ("samedi matin", "2026-11-28T09:00"),
        ("jeudi matin", "2026-12-03T09:00"),
        ("jeudi soir", "2026-11-26T18:00"),
        ("demain après-midi", "2026-11-27T14:00"),
        ("à 3 h du matin", "2026-11-27T03:00"),
        ("à 22h30", "2026-11-26T22:30"),
        ("vers 16 h", "2026-11-26T16:00"),
        ("il est 2h du mat", "2026-11-27T02:00"),
        ("à 7 h du soir", "2026-11-26T19:00"),
        ("4 heures de l’après-midi", "2026-11-26T16:00"),
        ("ce week-end", "2026-11-28T00:00"),
    ],
)
def test_moments_are_read(text: str, start: str) -> None:
    said = asked_in(text)
    assert said is not None
    assert start_of(text) == start
    assert said.moment.start <= said.moment.end
    assert " ".join(fold(text).split()[said.start : said.end]) == fold(said.label)
    assert said.end <= len(fold(text).split())


@pytest.mark.parametrize(
    ("text", "start", "label"),
    [
        ("accueil de jour jeudi à 14h Grenoble", "2026-12-03T14:00", "jeudi à 14h"),
        ("accueil de jour jeudi à 15h30 Grenoble", "2026-11-26T15:30", "jeudi à 15h30"),
        ("dimanche à 22h violée Briançon", "2026-11-29T22:00", "dimanche à 22h"),
        ("police demain à 14 h", "2026-11-27T14:00", "demain à 14 h"),
        ("permanence lundi prochain 9h30", "2026-11-30T09:30", "lundi prochain 9h30"),
        ("cidff jeudi prochain", "2026-12-03T10:00", "jeudi prochain"),
        ("mardi matin prochain", "2026-12-01T09:00", "mardi matin prochain"),
        ("après-demain 14 heures", "2026-11-28T14:00", "après-demain 14 heures"),
        ("après-demain", "2026-11-28T10:00", "après-demain"),
        ("ouvert aujourd’hui à 17h30", "2026-11-26T17:30", "aujourd’hui à 17h30"),
        ("aujourd’hui à 14h30", "2026-11-26T15:00", "aujourd’hui à 14h30"),
        ("ce matin ou cet après-midi à 4h", "2026-11-26T16:00", "cet après-midi à 4h"),
        ("ce soir à 20h", "2026-11-26T20:00", "ce soir à 20h"),
        ("ce soir vers 8 h", "2026-11-26T20:00", "ce soir vers 8 h"),
        ("cette nuit à 3h", "2026-11-27T03:00", "cette nuit à 3h"),
        ("ce soir à minuit", "2026-11-27T00:00", "ce soir à minuit"),
        ("samedi midi", "2026-11-28T12:00", "samedi midi"),
        ("samedi à midi", "2026-11-28T12:00", "samedi à midi"),
        ("samedi à minuit", "2026-11-29T00:00", "samedi à minuit"),
        ("dimanche soir 22h30", "2026-11-29T22:30", "dimanche soir 22h30"),
        ("dimanche soir à 9 heures", "2026-11-29T21:00", "dimanche soir à 9 heures"),
        ("dimanche à 9 h du soir", "2026-11-29T21:00", "dimanche à 9 h du soir"),
        ("demain matin 8h", "2026-11-27T08:00", "demain matin 8h"),
        ("demain avant 9h", "2026-11-27T08:30", "demain avant 9h"),
        ("vendredi après 18h", "2026-11-27T18:00", "vendredi après 18h"),
        ("lundi de 14h à 16h Gap", "2026-11-30T14:00", "lundi de 14h à 16h"),
        ("mercredi 14h 15 ans", "2026-12-02T14:00", "mercredi 14h"),
        ("samedi minuit", "2026-11-29T00:00", "samedi minuit"),
        ("demain à 9 heures et demie", "2026-11-27T09:30", "demain à 9 heures et demie"),
        ("crip à minuit", "2026-11-27T00:00", "à minuit"),
        ("cidff ouvert après 18h", "2026-11-26T18:00", "après 18h"),
        ("vendredi 25 décembre à 14h", "2026-12-25T14:00", "vendredi 25 décembre à 14h"),
    ],
)
def test_a_day_and_an_hour_are_one_moment(text: str, start: str, label: str) -> None:
    said = asked_in(text)
    assert (start_of(text), said and said.label) == (start, label)


def test_an_hour_that_has_just_begun_is_now() -> None:
    at = datetime(2026, 11, 29, 23, 10, tzinfo=ZoneInfo("Europe/Paris"))
    text = "dimanche 23h ma voisine de palier est chez moi, son père l’a cognée"
    assert start_of(text, at) == "2026-11-29T23:10"
    after_midnight = datetime(2026, 11, 27, 1, 0, tzinfo=ZoneInfo("Europe/Paris"))
    assert start_of("cette nuit à 3h", after_midnight) == "2026-11-27T03:00"


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("police ouverte la nuit Gap", "2026-11-26T22:00"),
        ("police ouverte nuit Gap", "2026-11-26T22:00"),
        ("gendarmerie Mens nuit", "2026-11-26T22:00"),
        ("3919 la nuit ça répond ?", "2026-11-26T22:00"),
        ("mon mari me frappe, qui est ouvert la nuit ?", "2026-11-26T22:00"),
        ("est-ce que quelqu’un répond la nuit ? on est dans la voiture", "2026-11-26T22:00"),
        ("qui appeler la nuit, il me frappe", "2026-11-26T22:00"),
        ("CIDFF ouvert soir Grenoble", "2026-11-26T18:00"),
        ("planning familial le soir", "2026-11-26T18:00"),
        ("ouvert tous les soirs", "2026-11-26T18:00"),
        ("ouvert en soirée", "2026-11-26T18:00"),
        ("jour férié CRIP Gap", "2026-12-25T10:00"),
        ("accueil de jour férié", "2026-12-25T10:00"),
        ("ouvert les jours fériés", "2026-12-25T10:00"),
        ("commissariat le jour de Noël", "2026-12-25T10:00"),
        ("qui est ouvert à Noël, mon mari me frappe", "2026-12-25T10:00"),
        ("accueil de jour 25 décembre", "2026-12-25T10:00"),
        ("police 25 décembre 22h", "2026-12-25T22:00"),
        ("CRIP 1er janvier", "2027-01-01T10:00"),
        ("CRIP jour de l’an", "2027-01-01T10:00"),
        ("lundi de Pâques gendarmerie", "2027-03-29T10:00"),
        ("ouvert le 24 décembre", "2026-12-24T10:00"),
        ("ouvert à la Toussaint", "2027-11-01T10:00"),
    ],
)
def test_nights_and_holidays_are_asked_of_a_service(text: str, start: str) -> None:
    assert start_of(text) == start


def test_a_night_or_a_holiday_that_has_begun_is_now() -> None:
    night = datetime(2026, 11, 27, 2, 0, tzinfo=ZoneInfo("Europe/Paris"))
    christmas = datetime(2026, 12, 25, 21, 0, tzinfo=ZoneInfo("Europe/Paris"))
    assert start_of("police ouverte la nuit", night) == "2026-11-27T02:00"
    assert start_of("cidff ouvert le soir", christmas) == "2026-12-25T21:00"
    assert start_of("crip jour férié", christmas) == "2026-12-25T21:00"


def test_public_holidays_are_those_of_the_place() -> None:
    assert start_of("police jour férié", department="67") == "2026-12-25T10:00"
    assert start_of("police jour férié", department="974") == "2026-12-20T10:00", "the abolition of slavery"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "la nuit il me frappe",
            "un jour",
            "à 15 ans",
            "99 h",
            "à 27 h",
            "à 2 hommes",
            "à 35 h du soir",
            "",
        ),
        *("il me frappe la nuit", "il boit le soir", "il me frappe quand il rentre le soir"),
        *("à Noël il m’a giflée", "son beau-père vient dans sa chambre la nuit", "mari violent le soir"),
        *(
            "la nuit dernière",
            "violée hier soir",
            "toute la nuit",
            "il crie tous les soirs",
            "nuit d’hôtel Gap",
        ),
        *(
            "boîte de nuit Grenoble",
            "infirmière de nuit Gap",
            "pas rentrée de la nuit",
            "enfant seul la nuit",
        ),
        *("gamine déposée la nuit en berline", "dame enfermée le soir", "ado dehors la nuit"),
        *("il me frappe la nuit, qui est ouvert ?", "il n’arrête pas de m’appeler la nuit"),
        *("hier à 14h", "avant-hier soir à 22h", "hier soir vers 23h accueil de jour"),
        *("samedi dernier à 22 h il m’a frappée", "accueil de jour samedi dernier"),
        *("dimanche il m’a frappée", "il m’a tapée dimanche à 22h", "on m’a violée samedi en sortant"),
        *("violée samedi par un copain", "elle s’est fait violer samedi", "coups dimanche au loto"),
        *("lundi elle m’a dit que son père la touche", "dimanche mon mari m’a giflée"),
        *("mon mari a cassé la porte samedi", "samedi mon fils a fugué", "nous y sommes allés dimanche"),
        *("ce week-end il m’a frappée", "violée cette nuit", "ma banque m’a appelé à 21h"),
        *("en arrêt depuis lundi", "violée il y a 4h", "aujourd’hui à 9h", "aujourd’hui j’en ai 31"),
        *("née le 25 décembre 1990", "la famille part en Guinée à Noël", "rue du 11 novembre"),
        *("elle a été excisée aux vacances de Noël", "Noël Martin avocat", "convoquée le 31 février"),
        *("viol le 15 août", "elle part le soir rejoindre des hommes", "il me frappe après 20h"),
        *("gendarmerie 23h", "garde à vue 20h", "minuit", "midi"),
        "elle pleure quand arrive l’équipe du soir, la direction répond qu’elle marque facilement",
        "je me souviens du deuxième verre et après plus rien, c’était samedi",
    ],
)
def test_what_is_told_or_is_no_moment_is_left_alone(text: str) -> None:
    assert start_of(text) == ""


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("accueil femmes frappées samedi", "2026-11-28T10:00"),
        ("ouvert dimanche, mon mari m’a frappée", "2026-11-29T10:00"),
        ("il m’a frappée samedi, accueil ouvert dimanche ?", "2026-11-29T10:00"),
        ("où parler à quelqu’un un dimanche, mon mari m’a giflée", "2026-11-29T10:00"),
        ("il m’a mise dehors, je ne sais pas où dormir ce soir", "2026-11-26T18:00"),
        ("son beau-père la viole, elle rentre chez elle ce soir", "2026-11-26T18:00"),
        ("il a dit que demain il me finit", "2026-11-27T10:00"),
        ("femme frappée par son conjoint, à 3 h du matin, qui peut la recevoir", "2026-11-27T03:00"),
        ("elle m’a dit qu’elle a rendez-vous lundi à 14h", "2026-11-30T14:00"),
    ],
)
def test_a_moment_asked_beside_a_deed_stays(text: str, start: str) -> None:
    assert start_of(text) == start


def test_the_words_of_a_told_time_are_known() -> None:
    tokens = fold("samedi dernier à 22 h il m’a frappée, ouvert demain ?").split()
    said = times_said(tokens, AT)
    assert [one.label for one in said.told] == ["samedi dernier à 22 h"]
    assert said.asked is not None
    assert said.asked.label == "demain"


def test_a_moment_keeps_its_own_words() -> None:
    tokens = fold("je peux venir samedi matin avec elle").split()
    said = times_said(tokens, AT).asked
    assert said is not None
    assert (said.label, tokens[said.start : said.end]) == ("samedi matin", ["samedi", "matin"])
