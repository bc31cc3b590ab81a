"""The embedded index: one row a service, made of its card (no contact, nothing hidden, public points only),
and one a page that anybody may read."""

from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.db.models import Func, Q
from django.db.models.functions import Cast

from directory.models import Organisation, Service


def flat_places() -> Cast:
    """The points of an entry on the plane of the map."""
    return Cast("places", models.MultiPointField(srid=4326))


def mask_of(column: str, values: str) -> models.GeneratedField:
    """Its list as bits of a number (`search.backends.postgres.masks`), made by the database."""
    return models.GeneratedField(
        expression=Func(column, function=f"search_{values}_mask_of"),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )


class SearchEntry(models.Model):
    """What `search.documents.Document` says of a service. `audience`, `department` and `organisation` decide
    who may count it: the rule is `directory.visibility.readable`."""

    service = models.OneToOneField(
        Service, on_delete=models.CASCADE, primary_key=True, related_name="search_entry", db_constraint=False
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    audience = models.CharField(max_length=15)
    department = models.CharField(max_length=3)
    types = ArrayField(models.CharField(max_length=60), default=list)
    sort_name = models.CharField(max_length=200)
    coverage = ArrayField(models.CharField(max_length=20), default=list)
    places = models.MultiPointField(geography=True, null=True, spatial_index=False)
    # `search.backends.cells` of its places, by their numbers: made by the database, whoever writes.
    cells = models.GeneratedField(
        expression=Func("places", function="search_cells_of"),
        output_field=ArrayField(models.IntegerField()),
        db_persist=True,
    )
    publics = ArrayField(models.CharField(max_length=40), default=list)
    focus = ArrayField(models.CharField(max_length=40), default=list)
    violences = ArrayField(models.CharField(max_length=40), default=list)
    provisions = ArrayField(models.CharField(max_length=40), default=list)
    languages = ArrayField(models.CharField(max_length=40), default=list)
    publics_mask = mask_of("publics", "publics")
    focus_mask = mask_of("focus", "publics")
    violences_mask = mask_of("violences", "violences")
    provisions_mask = mask_of("provisions", "provisions")
    slots = ArrayField(models.SmallIntegerField(), default=list)
    holiday_slots = ArrayField(models.SmallIntegerField(), default=list)
    # Hours that half-hours cannot tell, with the calendar that they follow (`search.odd_hours`).
    odd_hours = models.TextField(default="")
    clock = models.CharField(max_length=3)
    # Both or none: a closure without a day goes to the end of times.
    closed_from = models.DateField(null=True)
    closed_until = models.DateField(null=True)
    for_victims = models.BooleanField(default=True)
    called = ArrayField(models.CharField(max_length=80), default=list)
    verified_on = models.DateField(null=True)
    text = SearchVectorField()
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [
            GinIndex(fields=["coverage"], name="entry_coverage"),
            GinIndex(fields=["text"], name="entry_text"),
            GinIndex(fields=["types"], name="entry_types"),
            # Asked everywhere; in one place, they are read in its rows (`PostgresBackend`).
            GinIndex(fields=["violences"], name="entry_violences"),
            GinIndex(fields=["provisions"], name="entry_provisions"),
            # What is near: of all, and of what declares no coverage; then what has no place to be near.
            GinIndex(fields=["cells"], name="entry_cells"),
            GinIndex(fields=["cells"], name="entry_near", condition=Q(coverage=[])),
            # Farther than cells tell.
            GistIndex(flat_places(), name="entry_around", condition=Q(coverage=[])),
            models.Index(
                fields=["department"], name="entry_unplaced", condition=Q(coverage=[], places__isnull=True)
            ),
            # Of a whole department: what covers it, or what it keeps.
            models.Index(fields=["department"], name="entry_department"),
            # What is in a box of the map: its sides are meridians and parallels, as in geometry alone.
            GistIndex(flat_places(), name="entry_spots"),
        ]

    def __str__(self) -> str:
        return self.sort_name


class SearchPage(models.Model):
    """What `search.sources.PageDocument` says of a page. `body` is plain text: excerpts are cut from it."""

    source = models.CharField(max_length=30)
    key = models.CharField(max_length=60)
    kind = models.CharField(max_length=30)
    part_of = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=15)
    types = ArrayField(models.CharField(max_length=60), default=list)
    violences = ArrayField(models.CharField(max_length=40), default=list)
    publics = ArrayField(models.CharField(max_length=40), default=list)
    text = SearchVectorField()
    body = models.TextField(blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="page_of_its_source")]
        indexes = [GinIndex(fields=["text"], name="page_text")]

    def __str__(self) -> str:
        return f"{self.source}:{self.key}"


class SearchWord(models.Model):
    """A word of the public entries, the pages or the types, for typos. Reserved entries leave none here."""

    word = models.CharField(max_length=80, primary_key=True)
    root = models.CharField(max_length=80, db_index=True)
    keys = ArrayField(models.CharField(max_length=80))
    # Of a type of actor: stays when no entry holds it any more.
    is_lasting = models.BooleanField(default=False)

    class Meta:
        indexes = [
            GinIndex(fields=["keys"], name="word_keys"),
            # As for the communes: nothing pending, which each typo would read through.
            GinIndex(fields=["word"], name="word_trigrams", opclasses=["gin_trgm_ops"], fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.word
