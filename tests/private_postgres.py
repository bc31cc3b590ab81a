"""A server of PostgreSQL of a test's own, started as `bin/serve` starts it."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from tests.sources import ROOT

# It stops when what started it goes, however that ends.
SCRIPT = """
. bin/lib/common.sh
. bin/lib/postgres.sh
prepare_var
serve_cluster >&2
printf '%s\\n' "$DATABASE_URL" "$PG_DATA" "$PG_BIN"
read -r _ || true
leave_cluster
"""


@dataclass(frozen=True)
class PrivatePostgres:
    """`url`: of the site's own role, which is no superuser. `folder`: the cluster's."""

    url: str
    folder: Path
    programs: Path
    passwords: Path

    @property
    def parts(self) -> dict[str, Any]:
        address = urlsplit(self.url)
        return {"host": address.hostname, "port": address.port, "dbname": address.path[1:]}

    def connect(self, user: str = "maillage") -> psycopg.Connection[Any]:
        """Values are bound in the client, as Django has it."""
        return psycopg.connect(
            **self.parts, user=user, passfile=str(self.passwords), autocommit=True,
            cursor_factory=psycopg.ClientCursor,
        )  # fmt: skip

    def take_schema(self, url: str) -> None:
        """The tables of another database, empty: sooner there than by the migrations."""
        plain = [re.sub(r"^postgis:", "postgresql:", one) for one in (url, self.url)]
        dump = [
            self.programs / "pg_dump",
            "--schema-only",
            "--no-owner",
            "--no-acl",
            "--no-comments",
            plain[0],
        ]
        schema = subprocess.run(dump, check=True, capture_output=True).stdout
        into = [self.programs / "psql", "-wXq", "-v", "ON_ERROR_STOP=1", plain[1]]
        subprocess.run(into, check=True, input=schema, stdout=subprocess.DEVNULL)

    def logged(self) -> str:
        return (self.folder / "server.log").read_text(errors="replace")


@contextmanager
def private_postgres() -> Iterator[PrivatePostgres]:
    var = Path(tempfile.mkdtemp(prefix="maillage-"))
    process = subprocess.Popen(
        ["bash", "-c", SCRIPT], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=os.environ | {"MAILLAGE_VAR": str(var)},
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    folder = None
    try:
        url, *folders = (process.stdout.readline().strip() for _line in range(3))
        assert url, "the server does not start: its messages are above"
        folder, programs = map(Path, folders)
        yield PrivatePostgres(url, folder, programs, var / "pgpass")
    finally:
        process.stdin.close()
        process.wait(timeout=90)
        process.stdout.close()
        if folder:
            shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(var, ignore_errors=True)
