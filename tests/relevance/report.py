"""What Maillage finds of what people ask: `var/venv/bin/python tests/relevance/report.py`.

Loads the demonstration in the database of DATABASE_URL (never among real entries), asks every question of
questions.toml and its variants, and prints two tables and the questions that fail, in Markdown. With
ELASTICSEARCH_URL, on both engines.
"""

import argparse
import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

HEAD = "| engine | questions | success@1 | success@3 | MRR | pins | sheets and guides | violations |"


def main() -> None:
    options = _options()
    import django

    django.setup()
    if not options.keep:
        prepare()
    from django.conf import settings

    from tests.relevance.baselines import Baselines
    from tests.relevance.questions import read_requirements
    from tests.relevance.runner import maillage, on_elasticsearch, run

    requirements = read_requirements()
    baselines = Baselines()
    verdicts = run(maillage, requirements)
    rows = {"Maillage on PostgreSQL": verdicts}
    variants = {} if options.no_variants else variant_rows("PostgreSQL", requirements)
    plain = {}
    if urls := settings.TEST_ELASTICSEARCH_URLS:
        with on_elasticsearch(urls):
            rows["Maillage on Elasticsearch"] = run(maillage, requirements)
            if not options.no_variants:
                variants |= variant_rows("Elasticsearch", requirements)
            plain["A plain `multi_match` (Elasticsearch)"] = run(baselines.plain_match, requirements)
            baselines.drop()
    rows["Every word required (PostgreSQL full text)"] = run(baselines.every_word, requirements)
    rows |= plain
    rows["Regular expression on names"] = run(baselines.names, requirements)
    print_table(rows)
    if variants:
        print_table(variants)
    print_failures(verdicts)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true", help="take the demonstration that is there")
    parser.add_argument("--no-variants", action="store_true", help="only the questions as they are written")
    return parser.parse_args()


def prepare() -> None:
    from django.core.management import call_command

    from tests.relevance.runner import refresh_demonstration

    started = time.perf_counter()
    call_command("migrate", verbosity=0)
    refresh_demonstration()
    print(f"Demonstration loaded in {time.perf_counter() - started:.0f} s.", file=sys.stderr)


def variant_rows(engine: str, requirements: Sequence[object]) -> dict[str, list[object]]:
    """The verdicts of Maillage on each kind of variant, and on all of them."""
    from tests.relevance.runner import maillage, run
    from tests.relevance.variants import CHANGES, variants_of

    made = [variant for one in requirements for variant in variants_of(one)]
    rows = {}
    for kind in CHANGES:
        of_kind = [variant for name, variant in made if name == kind]
        rows[f"Maillage on {engine}, {kind}"] = run(maillage, of_kind)
    return rows | {f"Maillage on {engine}, all variants": [one for row in rows.values() for one in row]}


# --- Markdown -----------------------------------------------------------------------------------------------


def print_table(rows: Mapping[str, Sequence[object]]) -> None:
    from tests.relevance.judging import score

    print(HEAD)
    print("|---|" + "--:|" * (HEAD.count("|") - 2))
    for name, verdicts in rows.items():
        found = score(verdicts)
        shares = [found.success_at_1, found.success_at_3, found.mrr, found.pins, found.pages]
        texts = [f"{share:.1%}" for share in shares]
        texts[2] = f"{found.mrr:.3f}"
        if not any(one.pins for one in verdicts):
            texts[3:5] = "–", "–"  # pins no number and proposes no page, whatever is asked
        print(f"| {name} | {found.questions} | {' | '.join(texts)} | {found.violations} |")
    print()


def print_failures(verdicts: Sequence[object]) -> None:
    failing = [one for one in verdicts if not one.is_right]
    print(f"{len(failing)} of {len(verdicts)} questions fail:\n")
    for one in failing:
        print(explain(one))


def explain(verdict: object) -> str:
    """One failing question, in a few lines: what was asked, what is wrong, what came first."""
    asked = verdict.requirement
    where = f" — {asked.lieu}" if asked.lieu else ""
    lines = [f"- **{asked.id}** « {asked.q} »{where} ({asked.viewer}, {asked.at}; {asked.because})"]
    if not verdict.found:
        least = "all among five" if asked.must_all else "one of"
        lines.append(f"  - not found (rank {verdict.rank or '–'}): {least} {', '.join(asked.first_three)}")
        lines.append(f"  - came first: {' · '.join(verdict.top[:3]) or 'nothing'}")
    wrongs = {
        "number not pinned": verdict.missing_pins,
        "number pinned that must not be": verdict.wrong_pins,
        "sheet or guide not proposed": verdict.missing_pages,
        "violation": verdict.violations,
    }
    lines += [f"  - {label}: {', '.join(values)}" for label, values in wrongs.items() if values]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
