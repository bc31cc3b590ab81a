"""Things of the directory, one line each in a test. Communes are real ones (tests/territory.py)."""

import tomllib
from datetime import timedelta
from functools import cache
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from directory.models import (
    ActorType,
    ApiToken,
    Area,
    Commune,
    Contact,
    Helpline,
    Membership,
    Organisation,
    Place,
    Service,
    User,
)
from directory.models.service import make_point
from directory.reference import DATA
from tests import territory

PASSWORD = "un-mot-de-passe-pour-les-tests"


@cache
def shipped_types() -> dict[str, dict[str, Any]]:
    """The rows of the shipped type table, by slug."""
    rows = tomllib.loads((DATA / "actor_types.toml").read_text(encoding="utf-8"))["type"]
    return {row["slug"]: row for row in rows}


@cache
def shipped_helplines() -> dict[str, dict[str, Any]]:
    """The rows of the shipped national numbers, by key."""
    rows = tomllib.loads((DATA / "helplines.toml").read_text(encoding="utf-8"))["helpline"]
    return {row["key"]: row for row in rows}


class CommuneFactory(DjangoModelFactory):
    """A real commune: `CommuneFactory(insee="38563")`; the same row for the same code."""

    class Meta:
        model = Commune
        django_get_or_create = ("insee",)

    insee = territory.GRENOBLE

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **values: Any) -> Commune:
        if not Commune.objects.filter(pk=values["insee"]).exists() and values["insee"] in territory.rows():
            territory.load_communes([values["insee"]])
        return super()._create(model_class, *args, **values)


class AreaFactory(DjangoModelFactory):
    """`AreaFactory(kind="judicial", communes=[voiron, grenoble], is_example=True)`."""

    class Meta:
        model = Area
        django_get_or_create = ("kind", "code")
        skip_postgeneration_save = True

    kind = "custom"
    code = factory.Sequence(lambda n: f"zone-{n}")
    name = factory.LazyAttribute(lambda area: f"Territoire {area.code}")
    department = "38"

    @factory.post_generation
    def communes(area: Area, create: bool, extracted: Any, **kwargs: Any) -> None:
        if extracted:
            area.communes.add(*extracted)


def _shipped(field: str, default: Any) -> factory.LazyAttribute:
    """The value of the shipped table for the slug asked; what a test gives wins over it."""
    return factory.LazyAttribute(lambda made: shipped_types().get(made.slug, {}).get(field, default))


class ActorTypeFactory(DjangoModelFactory):
    """`ActorTypeFactory(slug="crip")` has the acronym, aliases and visibility of the shipped table."""

    class Meta:
        model = ActorType
        django_get_or_create = ("slug",)

    slug = "leao"
    acronym = _shipped("acronym", "")
    name = _shipped("name", "Type des tests")
    discreet = _shipped("discreet", "Type des tests")
    aliases = _shipped("aliases", [])
    kind = _shipped("kind", "structure")
    family = _shipped("family", "ecoute")
    audience = _shipped("audience", "public")
    address = _shipped("address", "publique")
    fallback = _shipped("fallback", ["3919"])
    territory = _shipped("territory", "")
    own_fields = _shipped("own_fields", [])
    for_victims = _shipped("for_victims", True)
    role = "Reçoit, informe et oriente."


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Association n° {n} (exemple)")
    department = "38"

    class Params:
        closed = factory.Trait(is_open=False)


class ServiceFactory(DjangoModelFactory):
    """A published service of Isère, verified a month ago, that declares no coverage and has no place.

    `type="crip"`; `coverage=[area, commune, …]` in any mix; `at="38563"` gives it a place there (or
    `at=["38563", "38185"]`); `phone="+33465710012"` a public contact.
    """

    class Meta:
        model = Service
        skip_postgeneration_save = True

    class Params:
        type_slug = "leao"
        stale = factory.Trait(
            verified_on=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=500))
        )
        never_verified = factory.Trait(verified_on=None)
        suspended = factory.Trait(state="suspendu", state_message="Fermé pour travaux.")
        closed = factory.Trait(state="ferme")
        draft = factory.Trait(live=False)
        reserved = factory.Trait(audience="professionnels")
        team = factory.Trait(audience="equipe")
        national = factory.Trait(is_national=True)
        hidden = factory.Trait(type_slug="hebergement-fvv", audience="professionnels")
        perpetrators = factory.Trait(
            type_slug="cpca", roles=["auteur"], provisions=["prise-en-charge-auteur"]
        )
        minors = factory.Trait(age_max=17)
        women = factory.Trait(gender="femmes")

    organisation = factory.SubFactory(OrganisationFactory, department=factory.SelfAttribute("..department"))
    type = factory.SubFactory(ActorTypeFactory, slug=factory.SelfAttribute("..type_slug"))
    name = factory.Sequence(lambda n: f"Service n° {n} (exemple)")
    department = "38"
    summary = "Accueille et oriente."
    languages = factory.LazyFunction(lambda: ["fr"])
    roles = factory.LazyFunction(lambda: ["victime"])
    verified_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=30))
    verified_by = "Coordination"

    @factory.post_generation
    def coverage(service: Service, create: bool, extracted: Any, **kwargs: Any) -> None:
        if extracted:
            service.coverage_areas.set([one for one in extracted if isinstance(one, Area)])
            service.coverage_communes.set([one for one in extracted if isinstance(one, Commune)])
            service.save()

    @factory.post_generation
    def at(service: Service, create: bool, extracted: Any, **kwargs: Any) -> None:
        for insee in [extracted] if isinstance(extracted, str) else extracted or []:
            PlaceFactory(service=service, commune__insee=insee, **kwargs)

    @factory.post_generation
    def phone(service: Service, create: bool, extracted: Any, **kwargs: Any) -> None:
        if extracted:
            ContactFactory(service=service, value=extracted, **kwargs)


class PlaceFactory(DjangoModelFactory):
    """An office in Grenoble with an address and no point of its own: `point=(5.59, 45.36)` gives one."""

    class Meta:
        model = Place

    class Params:
        by_phone = factory.Trait(address_visibility="sur-appel")
        commune_only = factory.Trait(address_visibility="commune")
        professionals = factory.Trait(address_visibility="professionnels")
        never = factory.Trait(address_visibility="jamais", street="", postal_code="", label="", point=None)

    service = factory.SubFactory(ServiceFactory)
    commune = factory.SubFactory(CommuneFactory)
    street = "1 place de la Mairie"
    postal_code = factory.LazyAttribute(lambda place: (place.commune.postal_codes or [""])[0])

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **values: Any) -> Place:
        if isinstance(values.get("point"), tuple):
            values["point"] = make_point(*values["point"])
        return super()._create(model_class, *args, **values)


class ContactFactory(DjangoModelFactory):
    """A public phone, in the range that the regulator reserves for fiction."""

    class Meta:
        model = Contact

    class Params:
        reserved = factory.Trait(audience="professionnels")
        email = factory.Trait(kind="courriel", value="accueil@exemple.example")

    service = factory.SubFactory(ServiceFactory)
    kind = "telephone"
    value = factory.Sequence(lambda n: f"+33465710{n % 1000:03d}")
    label = "Accueil"


class UserFactory(DjangoModelFactory):
    """An account with PASSWORD; the traits give it what its role grants in Isère."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        administrator = factory.Trait(is_superuser=True, is_staff=True)

    username = factory.Sequence(lambda n: f"compte-{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@exemple.example")
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def professional_in(user: User, create: bool, extracted: Any, **kwargs: Any) -> None:
        if extracted:
            MembershipFactory(user=user, role="professional", departments=list(extracted))

    @factory.post_generation
    def coordinates(user: User, create: bool, extracted: Any, **kwargs: Any) -> None:
        if extracted:
            MembershipFactory(user=user, role="coordinator", departments=list(extracted))

    @factory.post_generation
    def member_of(user: User, create: bool, extracted: Any, **kwargs: Any) -> None:
        if extracted:
            MembershipFactory(user=user, role="member", organisation=extracted)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    role = "professional"
    departments = factory.LazyAttribute(
        lambda made: ["38"] if made.role in ("professional", "coordinator") else []
    )


def api_token(user: User) -> str:
    """A token of `user`, in clear."""
    return ApiToken.issue(user, "tests")


def _shipped_number(field: str, default: Any) -> factory.LazyAttribute:
    return factory.LazyAttribute(lambda made: shipped_helplines().get(made.key, {}).get(field, default))


class HelplineFactory(DjangoModelFactory):
    class Meta:
        model = Helpline
        django_get_or_create = ("key",)

    key = "3919"
    number = _shipped_number("number", "")
    display = _shipped_number("display", "un numéro")
    label = _shipped_number("label", "Un numéro des tests")
    for_whom = "Victimes et témoins"
    emergency = _shipped_number("emergency", False)
    source = "Source des tests"
