"""Pictures and documents without what they tell of who made them: names, places, machines."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition

from cms.metadata import Stripped, stripped


class StrippedFile:
    """Stripped once a form has checked it, or when it is stored: a refusal is said where it is chosen."""

    file: Any
    title: str

    def clean(self) -> None:
        super().clean()
        try:
            self._strip()
        except ValidationError as refused:
            raise ValidationError({"file": refused.messages}) from refused

    def _strip(self) -> bool:
        """Whether there is a new file, stripped by now."""
        is_new = bool(self.file) and not self.file._committed
        if is_new and not isinstance(self.file.file, Stripped):
            self.file = stripped(self.file, self.title)
        return is_new


class SitePicture(StrippedFile, AbstractImage):
    """Stripped when it is stored, under a name that tells nothing."""

    admin_form_fields = ("title", "file", "description", "collection", "focal_point_x", "focal_point_y",
                         "focal_point_width", "focal_point_height")  # fmt: skip

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["-created_at", "pk"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._strip():
            self._set_image_file_metadata()
        super().save(*args, **kwargs)


class SiteRendition(AbstractRendition):
    image = models.ForeignKey(SitePicture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
        ordering = ["pk"]


class SiteDocument(StrippedFile, AbstractDocument):
    """Stripped when it is stored, under a name that tells nothing."""

    admin_form_fields = ("title", "file", "collection")

    class Meta(AbstractDocument.Meta):
        verbose_name = pgettext_lazy("fichier", "document")
        verbose_name_plural = _("documents")
        ordering = ["-created_at", "pk"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._strip():
            self._set_document_file_metadata()
        super().save(*args, **kwargs)
