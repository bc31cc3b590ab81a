"""Settings common to every deployment. Each environment variable read here is in the README's table."""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from cms.logs import discreet_logging
from cms.settings.accounts import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(os.environ.get("MAILLAGE_VAR", BASE_DIR / "var"))

SECRET_KEY = os.environ.get("SECRET_KEY", "")
# The question of a search travels in its address, encrypted with this key (search/tokens.py).
SEARCH_TOKEN_KEY = os.environ.get("SEARCH_TOKEN_KEY", "") or SECRET_KEY
DEBUG = False
ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host]
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if origin]

# --- The site in words -----------------------------------------------------------------------
SITE_NAME = os.environ.get("SITE_NAME", "Maillage")
SITE_TERRITORY = os.environ.get("SITE_TERRITORY", "")
SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000")
QUICK_EXIT_URL = os.environ.get("QUICK_EXIT_URL", "https://www.wikipedia.org/")
CONTACT_EMAIL = os.environ.get("CONTACT_EMAIL", "")
MAP_DEPARTMENTS = [code for code in os.environ.get("MAP_DEPARTMENTS", "38,05,04").split(",") if code]
# Street tiles, fetched by the site itself (cms/tiles.py): "https://…/{z}/{x}/{y}.png"; none when empty.
MAP_TILES_UPSTREAM = os.environ.get("MAP_TILES_UPSTREAM", "")
MAP_TILES_ATTRIBUTION = os.environ.get("MAP_TILES_ATTRIBUTION", "")
MAP_TILES_MAX_MB = int(os.environ.get("MAP_TILES_MAX_MB", "500"))
MAP_TILES_USER_AGENT = (
    os.environ.get("MAP_TILES_USER_AGENT", "") or f"Maillage (+{SITE_URL}) {CONTACT_EMAIL}".strip()
)
MAP_TILES_DIR = VAR_DIR / "tuiles"
WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = SITE_URL

# --- Applications ------------------------------------------------------------------------------
INSTALLED_APPS = [
    "cms",
    "search",
    "directory",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.table_block",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.sites",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks_db",
    "leaflet",
    "dsfr",
    "ninja",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.gis",
    "django.forms",
]

MIDDLEWARE = [
    "cms.middleware.client_address",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.middleware.discretion",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.middleware.ContentPolicy",
    "cms.middleware.api_errors",
    "cms.middleware.refused_methods",
    "cms.middleware.viewer",
    "allauth.account.middleware.AccountMiddleware",
    "cms.middleware.guard",
    "directory.administration.guard.closed_administration",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.context.site",
            ],
        },
    }
]

# --- Search ----------------------------------------------------------------------------------------
# Without a URL PostgreSQL answers alone; with one, it stands behind.
ELASTICSEARCH_URLS = [url for url in os.environ.get("ELASTICSEARCH_URL", "").split(",") if url]
ELASTICSEARCH_API_KEY = os.environ.get("ELASTICSEARCH_API_KEY", "")
ELASTICSEARCH_USER = os.environ.get("ELASTICSEARCH_USER", "")
ELASTICSEARCH_PASSWORD = os.environ.get("ELASTICSEARCH_PASSWORD", "")
ELASTICSEARCH_CA_CERTS = os.environ.get("ELASTICSEARCH_CA_CERTS", "")
ELASTICSEARCH_TIMEOUT = float(os.environ.get("ELASTICSEARCH_TIMEOUT", "0.8"))  # seconds, for a whole question
ELASTICSEARCH_PREFIX = os.environ.get("ELASTICSEARCH_PREFIX", "maillage")
# What Wagtail does after a change, it does at once; what the search does may wait for the worker.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "search": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

# --- Data ----------------------------------------------------------------------------------------
_DATABASE_URL = os.environ.get("DATABASE_URL", "postgis://maillage@127.0.0.1:5432/maillage")
DATABASES = {"default": dj_database_url.parse(_DATABASE_URL, conn_max_age=600)}
# Neither compiled plans nor parallel workers (each loads PostGIS) are worth their start; tables stay in
# memory. DATABASE_URL may say otherwise (?options=).
_PLANNER = "-c jit=off -c work_mem=32MB -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1"
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", _PLANNER)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
_SHARED = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}
CACHES = {
    # Shared by the workers: what limits sign-ins and searches must be counted once for all of them.
    "default": _SHARED,
    "shared": _SHARED,
    # What each worker may keep for itself, for a minute.
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
SEARCH_RATE_LIMIT = int(os.environ.get("SEARCH_RATE_LIMIT", "60"))  # a minute and reader; 0 lifts it
SEARCH_RATE_LIMIT_TOKEN = int(os.environ.get("SEARCH_RATE_LIMIT_TOKEN", "600"))
# Debian's GDAL 3.6 is older than what the check wants; only PostGIS functions and points are used.
SILENCED_SYSTEM_CHECKS = ["gis.W001"]

# --- Words and time --------------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
# The browser decides (Accept-Language), without a cookie. tests/test_translations.py keeps English whole.
LANGUAGES = [("fr", _("Français")), ("en", _("Anglais"))]
WAGTAIL_CONTENT_LANGUAGES = [("fr", "Français")]
LOCALE_PATHS = [str(BASE_DIR / "cms" / "locale")]  # a text: makemessages would take a Path for another folder
TIME_ZONE = "Europe/Paris"
USE_TZ = True

# --- Files -----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [("build", VAR_DIR / "build")]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- What a browser may do ---------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "no-referrer"  # cms.middleware.discretion: same-origin beside a form
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "cms.views.csrf_failure"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # ends with the browser
WHITENOISE_ALLOW_ALL_ORIGINS = False
# A file missing from the manifest must not turn the page that says so into another error.
WHITENOISE_MANIFEST_STRICT = False

# --- Wagtail: no request to anybody else --------------------------------------------------------------
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
# Addresses are those of the French pages in every language (cms/readable.py).
WAGTAIL_I18N_ENABLED = True
WAGTAILIMAGES_IMAGE_MODEL = "cms.SitePicture"
WAGTAILDOCS_DOCUMENT_MODEL = "cms.SiteDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "odt", "docx", "ods", "xlsx", "odp", "pptx"]
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# A page is published when every institution approved the same words (cms/approval.py).
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.approval.publish_approved"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
LEAFLET_CONFIG = {"TILES": [], "NO_GLOBALS": False, "RESET_VIEW": False}

EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "ne-pas-repondre@maillage.example")

# --- Nothing that was typed is written down -----------------------------------------------------------
LOGGING = discreet_logging(os.environ.get("LOG_LEVEL", "WARNING"))
