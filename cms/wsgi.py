import os

from django.core.wsgi import get_wsgi_application

from search.ordinary import ordinary_words

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

application = get_wsgi_application()
ordinary_words()  # rather than by who asks first
