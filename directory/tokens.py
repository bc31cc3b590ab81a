"""Personal tokens of the JSON interface: from what a caller shows to whose it is."""

from django.utils import timezone

from directory.models import ApiToken, User


def token_of(text: str) -> ApiToken | None:
    """The valid token that reads `text`, with its user; None when unknown, revoked or of a closed account."""
    if not text:
        return None
    token = (
        ApiToken.objects.select_related("user")
        .filter(digest=ApiToken.digest_of(text), revoked_at__isnull=True, user__is_active=True)
        .first()
    )
    if token:
        _note_use(token)
    return token


def user_of(text: str) -> User | None:
    """Whose token `text` is, if it is one."""
    token = token_of(text)
    return token.user if token else None


def _note_use(token: ApiToken) -> None:
    # The day only, and written once a day: enough to find what is unused, nothing that follows somebody.
    today = timezone.localdate()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
        token.last_used_on = today


def revoke(token: ApiToken) -> None:
    """From now on refused; the row stays, so that its owner sees what was revoked and when."""
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
