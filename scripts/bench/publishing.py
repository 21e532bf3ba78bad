# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""How long publication takes, and finding what follows from it: ``python -m scripts.bench.publishing M L``.

Each profile in an empty PostgreSQL of its own. Publication writes rows of the framework only; what follows is derived.
"""

import os
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import django

from scripts.bench.__main__ import DJANGO, fresh_database


def _timed(what: str, step: Callable[[], object]) -> None:
    began, cpu = time.perf_counter(), time.process_time()
    found = step()
    seconds, own = time.perf_counter() - began, time.process_time() - cpu
    print(f"  {what}: {seconds:.2f} s, {own:.2f} s of CPU; {found}", flush=True)


def inside(letter: str) -> None:
    """Build the profile in the database of the environment, publish a second edition, and ask what follows."""
    django.setup()
    from django.utils import timezone  # noqa: PLC0415 - after django.setup

    from samspil.agreements.update_stages import updates_due  # noqa: PLC0415
    from samspil.foundation import tenancy  # noqa: PLC0415
    from samspil.foundation.capacity import Capacity  # noqa: PLC0415
    from samspil.frameworks import actions  # noqa: PLC0415
    from samspil.frameworks.actions.changes import Explanation  # noqa: PLC0415
    from samspil.frameworks.models import Element, FrameworkChange, FrameworkVersion, Kind  # noqa: PLC0415
    from samspil.people.queries import capacity_of  # noqa: PLC0415
    from scripts.bench.building import Builder  # noqa: PLC0415
    from scripts.bench.profiles import PROFILES  # noqa: PLC0415

    built = Builder(PROFILES[letter], print).build()
    on, at = timezone.localdate(), timezone.now()
    with tenancy.scope(built.municipality.pk):
        actor: Capacity = capacity_of(built.administrator, on)
        draft = actions.copy_version(version=FrameworkVersion.objects.get(), actor=actor, at=at)
        principle = Element.objects.filter(version=draft, kind=Kind.PRINCIPLE).order_by("order", "pk")[0]
        Element.objects.filter(pk=principle.pk).update(text=f"{principle.text} Sammen.")
        actions.explain_change(
            version=draft,
            lineage=principle.lineage,
            said=Explanation(fate=FrameworkChange.Fate.SUBSTANTIVE, reason="Vi er blevet klogere."),
            expected_revision=draft.revision,
            actor=actor,
            at=at,
        )
        tracemalloc.start()
        _timed(
            "publish",
            lambda: (
                actions.publish_version(
                    version=draft,
                    in_force_from=on,
                    predecessor_until=on + timedelta(days=90),
                    actor=actor,
                    at=at,
                    on=on,
                ).number
            ),
        )
        print(f"  memory of publication at most {tracemalloc.get_traced_memory()[1] / 1_000_000:.1f} MB")
        tracemalloc.stop()
        _timed("agreements with something to answer", lambda: len(list(updates_due(on))))


def main(letters: list[str]) -> None:
    """Run each profile in a database of its own."""
    for letter in letters:
        print(f"Profile {letter}", flush=True)
        with (
            tempfile.TemporaryDirectory(prefix="samspil-bench-") as name,
            fresh_database("postgresql", Path(name)) as (environment, _pid),
        ):
            owner = environment | {"SAMSPIL_AS_OWNER": "1"}
            subprocess.run([*DJANGO, "migrate", "-v0"], env=owner, check=True)
            subprocess.run([sys.executable, "-m", "scripts.bench.publishing", "inside", letter], env=owner, check=True)


if __name__ == "__main__":
    if sys.argv[1] == "inside":
        inside(sys.argv[2])
    else:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scripts.bench.settings")
        main(sys.argv[1:])
