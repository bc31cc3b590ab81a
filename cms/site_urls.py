"""Leaving, the pages about the site itself, and what machines read of it."""

from django.urls import path

from cms import machines, site_views

urlpatterns = [
    path("quitter/", site_views.leave, name="leave"),
    path("naviguer-en-securite/", site_views.page("cms/security.html"), name="safety"),
    path("accessibilite/", site_views.page("cms/accessibility.html"), name="accessibility"),
    path("mentions-legales/", site_views.page("cms/legal.html"), name="legal"),
    path("donnees-personnelles/", site_views.page("cms/privacy.html"), name="privacy"),
    path("sante/", machines.health, name="health"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path(".well-known/security.txt", machines.security_contact, name="security_contact"),
]
