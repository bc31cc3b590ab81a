"""Print what tells this database from any other: the cluster, the database, its table of migrations.

Exits with 1 and a message when the database of DATABASE_URL cannot be reached or lacks an extension.
"""

import os
import re
import sys

import psycopg

EXTENSIONS = {"postgis", "unaccent", "pg_trgm"}
IDENTITY = """
    select system_identifier, (select oid from pg_database where datname = current_database()),
           coalesce(to_regclass('django_migrations')::oid, 0)
    from pg_control_system()
"""


def main() -> int:
    url = re.sub(r"^postgis:", "postgresql:", os.environ["DATABASE_URL"])
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            found = {name for (name,) in connection.execute("select extname from pg_extension")}
            print(*connection.execute(IDENTITY).fetchone())
    except psycopg.Error as error:
        print(f"The database of DATABASE_URL cannot be used: {error}", file=sys.stderr)
        return 1
    for name in sorted(EXTENSIONS - found):
        print(f"The database lacks an extension. As its superuser: create extension {name};", file=sys.stderr)
    return 1 if EXTENSIONS - found else 0


if __name__ == "__main__":
    sys.exit(main())
