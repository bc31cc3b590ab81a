# The site in production: gunicorn behind a proxy that ends TLS. compose.yaml shows it with its database.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=cms.settings.production MAILLAGE_VAR=/srv/maillage/var
WORKDIR /srv/maillage

RUN apt-get update \
    && apt-get install -y --no-install-recommends libgdal32 gettext libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation \
    && rm -rf /var/lib/apt/lists/*

COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt

COPY manage.py ./
COPY bin/lib bin/lib
COPY directory directory
COPY search search
COPY cms cms
COPY templates templates

# Nothing of what is built here depends on the key, which is thrown away; the real one comes with the environment.
RUN useradd --system --home-dir /srv/maillage maillage \
    && mkdir -p var/build var/media var/tuiles \
    && find cms directory search -name '*.po' -exec sh -c 'msgfmt --check-format -o "${1%.po}.mo" "$1"' sh {} ';' \
    && export SECRET_KEY=$(head -c 48 /dev/urandom | base64 -w0) \
    && python manage.py build_styles \
    && python manage.py collectstatic --noinput --ignore dsfr --ignore django-dsfr --ignore 'redoc*' \
    && chown -R maillage var/media var/tuiles

USER maillage
EXPOSE 8000
HEALTHCHECK --start-period=30s CMD ["python", "bin/lib/health.py"]
CMD ["python", "-m", "gunicorn", "--config", "bin/lib/gunicorn.conf.py", "--bind", "0.0.0.0:8000"]
