"""Hours typed in plain French become OSM, and are shown back; anything else is refused with what to write."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.hours import HoursError, describe_hours, parse_hours

NBSP = "\u00a0"

UNDERSTOOD = {
    "lun-ven 9h-12h, 14h-17h ; mer 9h-12h": "Mo-Fr 09:00-12:00,14:00-17:00; We 09:00-12:00",
    "mer 9h-12h ; lun-ven 9h-12h, 14h-17h": "Mo-Fr 09:00-12:00,14:00-17:00; We 09:00-12:00",
    "du lundi au vendredi de 9h à 12h et de 14h à 17h30": "Mo-Fr 09:00-12:00,14:00-17:30",
    "lundi, mardi et jeudi 9h30-12h": "Mo,Tu,Th 09:30-12:00",
    "le lundi, de 9h à 12h, et le mardi, de 14h à 17h": "Mo 09:00-12:00; Tu 14:00-17:00",
    "lundi au jeudi : 8h30-12h30 / 13h30-17h30, vendredi : 8h30-12h": (
        "Mo-Th 08:30-12:30,13:30-17:30; Fr 08:30-12:00"
    ),
    "lun-jeu 9h-12h30 13h30-17h ven 9h-12h": "Mo-Th 09:00-12:30,13:30-17:00; Fr 09:00-12:00",
    "9h-12h et 14h-17h, du lundi au vendredi": "Mo-Fr 09:00-12:00,14:00-17:00",
    "lun-ven 9-12h": "Mo-Fr 09:00-12:00",
    "lun-ven 9h-12": "Mo-Fr 09:00-12:00",
    "lun 8.30-12.30": "Mo 08:30-12:30",
    "Lundi au vendredi 09:00 – 12:00": "Mo-Fr 09:00-12:00",
    "lundi 9 heures - midi": "Mo 09:00-12:00",
    "LUNDI 9H00–12H00": "Mo 09:00-12:00",
    "samedi de 18h à minuit": "Sa 18:00-24:00",
    "lun-ven 22h-6h": "Mo-Fr 22:00-06:00",
    "ven-lun 9h-10h": "Fr-Mo 09:00-10:00",
    "mer. 9h30 - 12h30": "We 09:30-12:30",
    "tous les mardis 9h-12h": "Tu 09:00-12:00",
    "en semaine 9h-17h, week-end 10h-12h": "Mo-Fr 09:00-17:00; Sa-Su 10:00-12:00",
    "tous les jours 9h-19h": "Mo-Su 09:00-19:00",
    "7j/7 de 9h à 19h": "Mo-Su 09:00-19:00",
    "24h/24": "24/7",
    "24h/24 7j/7": "24/7",
    "7j/7, 24h/24": "24/7",
    "24/7": "24/7",
    "jour et nuit": "24/7",
    "tous les jours 0h-24h": "24/7",
    "lun-ven 24h/24": "Mo-Fr 00:00-24:00",
    "2e mardi du mois 9h-12h": "Tu[2] 09:00-12:00",
    "1er et 3e jeudi 14h-17h": "Th[1,3] 14:00-17:00",
    "le premier et le troisième jeudi de chaque mois de 14h à 17h": "Th[1,3] 14:00-17:00",
    "2ème et 4ème mardis de 14h à 16h30": "Tu[2,4] 14:00-16:30",
    "dernier vendredi du mois 14h-16h": "Fr[-1] 14:00-16:00",
    "mer 14h-17h semaines paires": "week02-52/2 We 14:00-17:00",
    "semaines impaires : mardi 9h-12h": "week01-53/2 Tu 09:00-12:00",
    "lun-ven 9h-12h sauf jours fériés": "Mo-Fr 09:00-12:00; PH off",
    "lun-ven 9h-12h ; fermé les jours fériés": "Mo-Fr 09:00-12:00; PH off",
    "tous les jours sauf jours fériés 9h-19h": "Mo-Su 09:00-19:00; PH off",
    "24h/24 sauf jours fériés": "24/7; PH off",
    "lun-ven 9h-12h, y compris jours fériés": "Mo-Fr 09:00-12:00; PH Mo-Fr 09:00-12:00",
    "tous les jours 9h-19h, jours fériés compris": "Mo-Su,PH 09:00-19:00",
    "tous les jours, y compris les jours fériés, de 9h à 19h": "Mo-Su,PH 09:00-19:00",
    "samedi, dimanche et jours fériés 10h-12h": "Sa,Su,PH 10:00-12:00",
    "lun-ven 9h-12h ; jours fériés 10h-11h": "Mo-Fr 09:00-12:00; PH 10:00-11:00",
    "tous les jours sauf dimanche 9h-19h": "Mo,Tu,We,Th,Fr,Sa 09:00-19:00",
    "tous les jours sauf dimanche et jours fériés 9h-19h": "Mo,Tu,We,Th,Fr,Sa 09:00-19:00; PH off",
    "lun-ven 9h-12h sauf mercredi 9h-11h": "Mo-Fr 09:00-12:00; We 09:00-11:00",
    "lun-ven 9h-12h (fermé le mercredi)": "Mo-Fr 09:00-12:00; We off",
    "lun-sam 9h-12h, dimanche fermé": "Mo-Sa 09:00-12:00; Su off",
    "lun-ven 9h-12h, fermé en août": "Mo-Fr 09:00-12:00; Aug off",
    "fermé en août ; lun-ven 9h-12h": "Mo-Fr 09:00-12:00; Aug off",
    "lun-ven 9h-12h, fermé le lundi et en août": "Mo-Fr 09:00-12:00; Mo off; Aug off",
    "lun-ven 9h-12h ; fermé du 1er au 15 août": "Mo-Fr 09:00-12:00; Aug 1-Aug 15 off",
    "lun-ven 9h-12h ; fermé du 24/7 au 15/8": "Mo-Fr 09:00-12:00; Jul 24-Aug 15 off",
    "lun-ven 9h-12h ; fermé du 24/12 au 02/01": "Mo-Fr 09:00-12:00; Dec 24-Jan 2 off",
    "lun-ven 9h-12h ; fermé du 24 décembre au 2 janvier 2027": (
        "Mo-Fr 09:00-12:00; 2026 Dec 24-2027 Jan 2 off"
    ),
    "lun-ven 9h-12h ; fermé les 24 et 31 décembre": "Mo-Fr 09:00-12:00; Dec 24,Dec 31 off",
    "lun-ven 9h-12h ; le 14 juillet 10h-12h": "Mo-Fr 09:00-12:00; Jul 14 10:00-12:00",
    "de mai à septembre : lun-ven 9h-18h ; d’octobre à avril : lun-ven 9h-17h": (
        "May-Sep Mo-Fr 09:00-18:00; Oct-Apr Mo-Fr 09:00-17:00"
    ),
    "lun-ven 9h-18h de mai à septembre": "May-Sep Mo-Fr 09:00-18:00",
    "mardi 9h-12h ; mardi 14h-17h": "Tu 09:00-12:00,14:00-17:00",
    "le lundi de 9h à 12h et l’après-midi de 14h à 17h": "Mo 09:00-12:00,14:00-17:00",
    "lundi matin 9h-12h": "Mo 09:00-12:00",
    "lun-ven 9h-18h sans interruption, sans rendez-vous": "Mo-Fr 09:00-18:00",
    "Permanence le 2e mardi de chaque mois, de 9h à 12h": "Tu[2] 09:00-12:00",
    # A capital and colons make neither March nor OSM of Tuesday.
    "Mar 09:00-12:00": "Tu 09:00-12:00",
    "  ": "",
    "": "",
}

REFUSED = {
    "le mercredi matin": "un matin ou un après-midi",
    "lundi matin et mardi après-midi 14h-17h": "un matin ou un après-midi",
    "lun-ven 9h-12h sauf le mercredi après-midi": "un matin ou un après-midi",
    "mercredi": "« mercredi 9h-12h »",
    "lun 9h-12h ; mar": "« mardi 9h-12h »",
    "9h-12h": "Indiquez les jours",
    "de 9h à 12h lundi, mardi 14h-17h": "Indiquez les jours",
    "lun 9h": "l’heure de fin",
    "lundi à partir de 9h": "l’heure de fin",
    "lundi jusqu’à 17h": "9h-12h",
    "lundi 9h-9h": "l’heure de fin",
    "sur rendez-vous": "cochez la case",
    "lun-ven 9h-12h sur RDV": "cochez la case",
    "lun-ven 9h-12h avec ou sans rendez-vous": "cochez la case",
    "lun-ven 9h-12h pendant les vacances scolaires": "vacances scolaires",
    "lun-ven 9h-25h": "n’existe pas",
    "lun-ven 9h75-12h": "n’existe pas",
    "lun-ven 9h-12h ; fermé le 31 février": "n’existe pas",
    "lun-ven 9h-12h, 11h-14h": "se chevauchent",
    "lun-mer 9h-12h ; mer-ven 14h-17h": "Le mercredi est écrit deux fois",
    "fermé": "Après « fermé »",
    "fermé en août": "les heures d’ouverture",
    "fermé en août, lundi 9h-12h": "point-virgule",
    "fermé le dimanche et les jours fériés, lun-sam 9h-12h": "point-virgule",
    "lundi 14 juillet fermé ; lun 9h-10h": "sans le jour de la semaine",
    "lun-ven 9h-12h ; fermé du 24/12/2026 au 02/01": "l’année de la fin",
    "lun-ven 9h-12h ; fermé du 3/1/2027 au 02/01/2027": "à l’envers",
    "6e mardi 9h-12h": "cinq semaines",
    "1er-3e mardi 9h-12h": "après le rang",
    "lun-ven 9h-12h y compris samedi": "ajoutez les autres jours",
    "tous les jours sauf tous les jours 9h-12h": "aucun jour",
    "un mardi sur deux 9h-12h": "« un »",
    "lun 9h-12h l’été": "« été »",
    "lun-ven 9h-12h, 04 65 71 00 12": "aux contacts",
    "📞 lun 9h-12h": "« 📞 »",
    "bonjour": "« bonjour »",
    "lun" * 400: "trop longs",
}


@pytest.mark.parametrize(("text", "osm"), UNDERSTOOD.items())
def test_french_becomes_osm_and_stays_when_typed_again(text: str, osm: str) -> None:
    assert parse_hours(text) == osm
    assert parse_hours(osm) == osm


@pytest.mark.parametrize(("text", "hint"), REFUSED.items())
def test_what_is_refused_says_what_to_write(text: str, hint: str) -> None:
    with pytest.raises(HoursError, match=hint):
        parse_hours(text)


@pytest.mark.parametrize(
    ("osm", "sentences"),
    [
        (
            "Mo-Fr 09:00-12:00,14:00-17:00",
            "Lundi au vendredi : 9 h – 12 h, 14 h – 17 h. Fermé les jours fériés.",
        ),
        (
            "Mo-Fr 09:00-12:00,14:00-17:30; We 09:00-12:00",
            "Lundi, mardi, jeudi et vendredi : 9 h – 12 h, 14 h – 17 h 30. Mercredi : 9 h – 12 h. "
            "Fermé les jours fériés.",
        ),
        ("24/7", "Jour et nuit, tous les jours, jours fériés compris."),
        ("24/7; PH off", "Jour et nuit, tous les jours. Fermé les jours fériés."),
        ("Mo-Su,PH 09:00-19:00", "Tous les jours, jours fériés compris : 9 h – 19 h."),
        (
            "Mo-Fr 09:00-12:00; PH Mo-Fr 09:00-12:00",
            "Lundi au vendredi : 9 h – 12 h. Ouvert aussi les jours fériés, aux mêmes heures.",
        ),
        ("Th[1,3] 14:00-17:00", "1er et 3e jeudi du mois : 14 h – 17 h. Fermé les jours fériés."),
        ("Fr[-1] 14:00-24:00", "Dernier vendredi du mois : 14 h – minuit. Fermé les jours fériés."),
        (
            "Mo 09:00-12:00; 2026 Dec 24-2027 Jan 2 off",
            "Lundi : 9 h – 12 h. Fermé du 24 décembre 2026 au 2 janvier 2027. Fermé les jours fériés.",
        ),
        ("Oct-Apr Mo 09:00-12:00", "D’octobre à avril, lundi : 9 h – 12 h. Fermé les jours fériés."),
        ("Mo-Fr 09:00-12:00; PH 10:00-11:00", "Lundi au vendredi : 9 h – 12 h. Jours fériés : 10 h – 11 h."),
        (
            'Mo-Fr 09:00-12:00 "sur rendez-vous"; Sa 09:00-10:00 unknown',
            "Lundi au vendredi : 9 h – 12 h, sur rendez-vous. Samedi : 9 h – 10 h (à confirmer). "
            "Fermé les jours fériés.",
        ),
        ("", ""),
    ],
)
def test_hours_are_shown_back_in_french(osm: str, sentences: str) -> None:
    assert describe_hours(osm).replace(NBSP, " ") == sentences


def test_times_do_not_break_at_the_end_of_a_line() -> None:
    assert f"9{NBSP}h{NBSP}30 – 12{NBSP}h" in describe_hours("Mo 09:30-12:00")
    assert f"Lundi{NBSP}: " in describe_hours("Mo 09:30-12:00")


@pytest.mark.parametrize("osm", sorted({osm for osm in UNDERSTOOD.values() if osm}))
def test_what_is_shown_back_can_be_typed_again(osm: str) -> None:
    shown = describe_hours(osm)
    assert describe_hours(parse_hours(shown)) == shown


VOCABULARY = """
lundi mar jeu-ven du au de à et le les 1er 2e 3e dernier 24 décembre 2026 août en mai , ; - / : . 9h
12h30 9h-12h 14h-17h 24h/24 7j/7 sauf fermé ouvert jours fériés compris y tous semaine paires midi minuit
matin rendez-vous sans sur Mo Fr PH off 09:00-12:00 Tu[2] Aug week ( ) || " unknown 24/7 Dec 31 + [1]
25:00
"""
WORDS = st.sampled_from(tuple(VOCABULARY.split()))


@settings(max_examples=1000, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=12).map(" ".join)))
def test_any_text_ends_in_hours_that_hold_or_in_a_refusal(text: str) -> None:
    try:
        osm = parse_hours(text)
    except HoursError:
        return
    assert parse_hours(osm) == osm
    assert bool(describe_hours(osm)) == bool(text.strip())
