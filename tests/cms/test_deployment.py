"""The production settings, as Django and we judge them."""

import os
import subprocess
import sys
from pathlib import Path
from secrets import token_urlsafe

ROOT = Path(__file__).resolve().parents[2]


def _run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    needed = {"SECRET_KEY": token_urlsafe(50), "ALLOWED_HOSTS": "maillage.example"}
    return subprocess.run(
        [sys.executable, *code.split(" ")],
        cwd=ROOT,
        env=os.environ | needed | {"DJANGO_SETTINGS_MODULE": "cms.settings.production"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_passes_the_deployment_checks_without_a_warning() -> None:
    done = _run("manage.py check --deploy --fail-level WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_production_does_not_start_without_its_secret() -> None:
    done = _run("manage.py check", SECRET_KEY="")
    assert done.returncode != 0
    assert "SECRET_KEY: give at least 50" in done.stderr


def test_settings_stay_readable() -> None:
    for path in (ROOT / "cms" / "settings").glob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 220, path.name
