"""Every address of the site, in one place. The readable ones of the contract; ids elsewhere."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

from cms import views
from cms.accounts.doors import closed_doors
from cms.api import api
from cms.site_urls import page_urls

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("search.urls")),
    path("", include("directory.urls")),
    path("", include("cms.site_urls")),
    path("api/v1/", api.urls),
    path("connexion/", include("cms.accounts.urls")),
    *closed_doors,
    path("gestion/", include(wagtailadmin_urls)),
    *page_urls,
]

handler400 = "cms.views.bad_request"
handler403 = "cms.views.forbidden"
handler404 = "cms.views.not_found"
handler500 = "cms.views.server_error"
