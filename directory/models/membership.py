"""People: accounts, what each was granted, and personal API tokens."""

from hashlib import sha256
from secrets import token_urlsafe

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """An account of a professional, a member, a coordinator or an administrator; the public has none."""

    class Meta(AbstractUser.Meta):
        swappable = "AUTH_USER_MODEL"


class Membership(models.Model):
    """What one person was granted: a role, and the departments or the organisation it is for."""

    class Role(models.TextChoices):
        PROFESSIONAL = "professional", _("Professionnel")
        MEMBER = "member", _("Membre d’une structure")
        COORDINATOR = "coordinator", _("Coordination")
        ADMINISTRATOR = "administrator", _("Administration")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("rôle"), max_length=15, choices=Role.choices)
    departments = ArrayField(
        models.CharField(max_length=3), default=list, blank=True, verbose_name=_("départements")
    )
    organisation = models.ForeignKey(
        "directory.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="memberships"
    )

    class Meta:
        verbose_name = _("habilitation")
        verbose_name_plural = _("habilitations")
        ordering = ["user", "role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(role="member") | models.Q(organisation__isnull=False),
                name="member_has_organisation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} — {self.get_role_display()}"


class ApiToken(models.Model):
    """A personal token for the JSON interface. Only its hash is kept; it is shown once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="access_keys")
    label = models.CharField(_("usage"), max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("créée le"), auto_now_add=True)
    last_used_on = models.DateField(_("dernier usage"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("révoquée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("clé d’accès")
        verbose_name_plural = _("clés d’accès")
        ordering = ["-created_at", "pk"]

    def __str__(self) -> str:
        return self.label

    @staticmethod
    def digest_of(token: str) -> str:
        # 256 random bits need no slow hash: nothing can be guessed from the digest.
        return sha256(token.encode()).hexdigest()

    @classmethod
    def issue(cls, user: User, label: str) -> str:
        """Create a token for `user`; return it in clear, for the only time."""
        token = token_urlsafe(32)
        cls.objects.create(user=user, label=label, digest=cls.digest_of(token))
        return token
