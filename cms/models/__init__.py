"""The pages of the site, a family a module, and what belongs to them."""

from cms.models.files import SiteDocument, SitePicture, SiteRendition
from cms.models.guide import ChapterPage, GuideIndexPage, GuidePage
from cms.models.home import HomePage
from cms.models.operator import Operator
from cms.models.sheets import MeasurePage, ReflexSheetPage, ResourcePage, StandardPage
from cms.models.starter import StarterRecord

__all__ = [
    "ChapterPage",
    "GuideIndexPage",
    "GuidePage",
    "HomePage",
    "MeasurePage",
    "Operator",
    "ReflexSheetPage",
    "ResourcePage",
    "SiteDocument",
    "SitePicture",
    "SiteRendition",
    "StandardPage",
    "StarterRecord",
]
