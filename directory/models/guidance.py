"""What people say and where it leads: the lexicon and the doors, shipped as data and edited by people."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.versioned import Versioned


class LexiconEntry(Versioned):
    """Words that people type → concepts ("v:conjugales": kind and slug, directory/data/lexicon.toml)."""

    key = models.CharField(max_length=120, unique=True, editable=False)
    words = ArrayField(
        models.CharField(max_length=1000),
        verbose_name=_("mots que les gens tapent"),
        help_text=_(
            "Séparés par des virgules. Accents, pluriels et une faute sont pardonnés."
            " « mon (mari/ex) me frappe » vaut pour les deux. « (insulter/taper) … collège » : dans la même"
            " phrase, dans n’importe quel ordre ; « … !(père/mère) » : sauf si l’un d’eux est dit."
        ),
    )
    concepts = ArrayField(
        models.CharField(max_length=80), default=list, blank=True,
        verbose_name=_("ce que cela veut dire"),
        help_text=_("« v:conjugales », « t:crip », « p:adolescent »…"),
    )  # fmt: skip
    minor = ArrayField(
        models.CharField(max_length=80),
        default=list,
        blank=True,
        verbose_name=_("si la personne est mineure"),
    )
    adult = ArrayField(
        models.CharField(max_length=80), default=list, blank=True, verbose_name=_("si elle est majeure")
    )
    clue = models.BooleanField(
        _("indice seulement"), default=False, help_text=_("Ne compte qu’avec autre chose de compris.")
    )
    exact = models.BooleanField(
        _("à la lettre"),
        default=False,
        help_text=_("Les petits mots comptent : « à la rue » n’est pas « rue »."),
    )
    note = models.TextField(_("pourquoi"), blank=True)

    class Meta:
        verbose_name = _("entrée du lexique")
        verbose_name_plural = _("lexique")
        ordering = ["key", "pk"]

    def __str__(self) -> str:
        return ", ".join(self.words[:3])

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = self.key or self.words[0][:120]
        super().save(*args, **kwargs)


class DoorRule(Versioned):
    """A situation → the ordered doors (domain.md §6). `when`, `never` and `steps` as in doors.toml."""

    key = models.SlugField(_("règle"), max_length=40, unique=True)
    label = models.CharField(_("situation"), max_length=120)
    rank = models.PositiveSmallIntegerField(_("ordre"), default=100)
    source = models.CharField(_("source"), max_length=300)
    source_date = models.CharField(
        _("date de la source"), max_length=40, blank=True, help_text=_("« 2026-11 » ou « 2026-11-27 ».")
    )
    checked_on = models.DateField(
        _("vérifiée le"),
        null=True,
        blank=True,
        help_text=_("Par une personne, auprès de la source. Vide tant que personne ne l’a fait."),
    )
    when = models.JSONField(_("conditions"), default=dict, blank=True)
    never = models.JSONField(_("à ne jamais montrer"), default=dict, blank=True)
    steps = models.JSONField(
        _("portes, dans l’ordre"),
        default=list,
        blank=True,
        help_text=_(
            "« reason » parle du genre de porte. Ce qui dit compétent, c’est le territoire de chaque service."
        ),
    )

    class Meta:
        verbose_name = _("règle d’orientation")
        verbose_name_plural = _("règles d’orientation")
        ordering = ["rank", "key", "pk"]

    def __str__(self) -> str:
        return f"{self.key} — {self.label}"
