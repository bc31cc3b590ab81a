# Run once by the database image of compose.yaml, in its new database `maillage`, where PostGIS already is:
# the other extensions, and the site's own role, which owns the database and is no superuser.
psql -v ON_ERROR_STOP=1 -v password="$SITE_DATABASE_PASSWORD" -U "$POSTGRES_USER" -d maillage <<'SQL'
create extension if not exists unaccent;
create extension if not exists pg_trgm;
create role maillage login nosuperuser nocreatedb nocreaterole password :'password';
alter database maillage owner to maillage;
SQL
