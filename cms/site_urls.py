"""Leaving, the pages about the site itself, papers and files, and what machines read of it."""

from django.urls import include, path, re_path
from wagtail.documents import urls as document_urls

from cms import machines, media, papers, serving, site_views, tiles

urlpatterns = [
    path("quitter/", site_views.leave, name="leave"),
    path("naviguer-en-securite/", serving.standard("naviguer-en-securite", "safety"), name="safety"),
    path("accessibilite/", serving.standard("accessibilite", "accessibility"), name="accessibility"),
    path("mentions-legales/", serving.standard("mentions-legales", "legal"), name="legal"),
    path("donnees-personnelles/", serving.standard("donnees-personnelles", "privacy"), name="privacy"),
    path("guides/", serving.serve, {"path": "guides/"}, name="guides"),
    path("papier/p/<int:key>/", papers.page_paper, name="paper"),
    re_path(r"^papier/f/(?P<public_id>[a-z0-9]{1,12})/$", papers.type_paper, name="type_paper"),
    path("documents/", include(document_urls)),
    re_path(r"^media/images/(?P<name>[\w.-]+)$", media.picture, name="picture"),
    path("tuiles/<int:z>/<int:x>/<int:y>", tiles.tile, name="tile"),
    path("sante/", machines.health, name="health"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path(".well-known/security.txt", machines.security_contact, name="security_contact"),
]
# The last of all addresses: whatever the site itself does not answer may be a page.
page_urls = [re_path(r"^((?:[\w-]+/)+)$", serving.serve, name="wagtail_serve")]
