"""A server of Elasticsearch that a test may kill."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from uuid import uuid4

import pytest

from tests.serving import free_port
from tests.sources import ROOT

SCRIPT = ROOT / "bin" / "lib" / "one-elasticsearch.sh"
PATIENCE = 180  # seconds: the machine may be busy


class PrivateElastic:
    """Started again, it finds what it held. Its logs stay to be read."""

    def __init__(self) -> None:
        self.folder = Path(os.environ["MAILLAGE_ES_VAR"]) / uuid4().hex[:12]
        self._said = self.folder.with_suffix(".out")
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Nothing to do when it runs."""
        if self._process is not None and self._process.poll() is None:
            return
        self._process = subprocess.Popen(
            [str(SCRIPT), str(self.folder), str(self.port)],
            stdout=self._said.open("ab"),
            stderr=subprocess.STDOUT,
            env=os.environ | {"ES_JAVA_OPTS": "-Xms256m -Xmx256m"},
        )
        self._await()

    def _await(self) -> None:
        from elasticsearch import Elasticsearch

        ends = time.monotonic() + PATIENCE
        with Elasticsearch(self.url, max_retries=0) as server:
            while time.monotonic() < ends:
                try:
                    server.cluster.health(wait_for_status="yellow", timeout="5s")
                except Exception:  # noqa: BLE001 - whatever it says while it starts
                    time.sleep(0.5)
                else:
                    return
        raise AssertionError(f"no Elasticsearch on {self.url} after {PATIENCE} s")

    def kill(self) -> None:
        """kill -9, of the server itself and of its launcher."""
        assert self._process is not None
        for pid in (int((self.folder / "pid").read_text()), self._process.pid):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self._process.wait()

    def logged(self) -> str:
        files = [self._said, *sorted((self.folder / "logs").rglob("*"))]
        return "\n".join(path.read_text(errors="replace") for path in files if path.is_file())

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def private_elastic() -> PrivateElastic:
    if "MAILLAGE_ES_HOME" not in os.environ:
        pytest.skip("ELASTICSEARCH_URL names a server that is not ours to kill: run bin/test without it")
    return PrivateElastic()
