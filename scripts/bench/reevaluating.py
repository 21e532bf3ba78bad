# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""How long a round over all volunteers takes after a rule changed: ``python -m scripts.bench.reevaluating [15000]``.

Runs in a database of its own and leaves nothing: SQLite in a new folder, or PostgreSQL under ``scripts/pg_cluster.py --``.
"""

import os
import sys
import tempfile
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspil.config.settings")
os.environ.setdefault("SAMSPIL_DEMO", "1")
os.environ.setdefault("SAMSPIL_DATA_DIR", tempfile.mkdtemp(prefix="samspil-bench-"))


def main(number: int) -> None:
    """Build a municipality with that many active volunteers at one school, change a rule, and time the rounds."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - after django.setup
    from django.utils import timezone  # noqa: PLC0415

    from samspil.config.cast import build_cast  # noqa: PLC0415
    from samspil.config.story import publish_model_framework, put_agreement_in_force, set_up_body  # noqa: PLC0415
    from samspil.foundation import tenancy  # noqa: PLC0415
    from samspil.volunteering.actions.formality_rules import ensure_rules  # noqa: PLC0415
    from samspil.volunteering.actions.reevaluating import begin_reevaluation, reevaluate_some  # noqa: PLC0415
    from samspil.volunteering.models import (  # noqa: PLC0415
        Engagement,
        EngagementTask,
        Formality,
        FormalityRule,
        Reevaluation,
        Volunteer,
    )
    from samspil.volunteering.queries import room_at  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    on, at = timezone.localdate(), timezone.now()
    cast = build_cast(on=on, at=at)
    with tenancy.scope(cast.municipality.pk):
        publish_model_framework(administrator=cast.hanne, on=on, at=at)
        set_up_body(
            name="LokalMED",
            units=[cast.solbakken],
            leader=cast.lene,
            deputy=cast.tove,
            safety=None,
            administrator=cast.hanne,
            on=on,
            at=at,
        )
        put_agreement_in_force(
            workplace=cast.solbakken, leader=cast.lene, employee=cast.tove, contact=cast.mia, on=on, at=at
        )
        ensure_rules(on=on, at=at)
        room = room_at(cast.solbakken.pk)
        volunteers = Volunteer.objects.bulk_create(
            [Volunteer(name=f"Frivillig {one}", entered_at=at, changed_at=at) for one in range(number)], 1000
        )
        here = {"workplace": cast.solbakken, "state": "active", "started_on": on, "contact_person_id": cast.mia.person}
        engagements = Engagement.objects.bulk_create(
            [Engagement(volunteer=one, entered_at=at, **here) for one in volunteers], 1000
        )
        lineages = [task.lineage for task in room.tasks] if room else []
        EngagementTask.objects.bulk_create(
            [
                EngagementTask(engagement=one, lineage=lineages[row % len(lineages)], chosen_on=on)
                for row, one in enumerate(engagements)
            ],
            1000,
        )
        rules = {rule.code: rule for rule in FormalityRule.objects.all()}
        noted = {"outcome": "in_place", "how": "aloud", "decided_on": on, "decided_role": "employee"}
        Formality.objects.bulk_create(
            [
                Formality(engagement=one, code=code, rule=rules[code], decided_by_id=cast.mia.person, **noted)
                for one in engagements
                for code in ("confidentiality", "whom_to_ask", "safety")
            ],
            1000,
        )
        for what, day in (
            ("nothing changed", on),
            ("a rule asks everybody again", on + timedelta(days=1)),
            ("the same day again", on + timedelta(days=1)),
            ("the day that it stops them", on + timedelta(days=31)),
        ):
            if what.startswith("a rule"):
                FormalityRule.objects.filter(code="safety").update(counts_from=on + timedelta(days=1))
            Reevaluation.objects.all().delete()
            row = begin_reevaluation(on=day, at=at)
            began, worked = time.perf_counter(), time.process_time()
            while reevaluate_some(reevaluation_id=row.pk, on=day, at=at):
                pass
            row.refresh_from_db()
            seconds, cpu = time.perf_counter() - began, time.process_time() - worked
            print(
                f"{what}: {row.done} volunteers, {row.dated} dated, {row.paused} paused, {seconds:.1f} s, {cpu:.1f} s CPU",
                flush=True,
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15_000)
