from directory.models.actor import ActorType, Organisation
from directory.models.guidance import DoorRule, LexiconEntry
from directory.models.helpline import Helpline
from directory.models.membership import ApiToken, Membership, User
from directory.models.service import Contact, Place, Service
from directory.models.tally import Tally
from directory.models.territory import Area, Commune

__all__ = [
    "ActorType",
    "ApiToken",
    "Area",
    "Commune",
    "Contact",
    "DoorRule",
    "Helpline",
    "LexiconEntry",
    "Membership",
    "Organisation",
    "Place",
    "Service",
    "Tally",
    "User",
]
