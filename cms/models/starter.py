"""Which pages came with the software, and how they were when it last wrote them."""

from django.db import models
from wagtail.models import Page


class StarterRecord(models.Model):
    """`revision` is the one that the software made: any other is somebody's work. No page: it was deleted."""

    language = models.CharField(max_length=10)
    slug = models.CharField(max_length=255)
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    digest = models.CharField(max_length=64, blank=True)
    revision = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["language", "slug", "pk"]
        constraints = [models.UniqueConstraint(fields=["language", "slug"], name="starter_record")]

    def __str__(self) -> str:
        return f"{self.slug} ({self.language})"
