# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""``python -m scripts.bench.build PROFILE FILE``: build, and write which pages to ask for, with whose session."""

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connection


def _session(assignment: Any) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY  # noqa: PLC0415
    from django.contrib.auth import SESSION_KEY as USER_KEY  # noqa: PLC0415

    from samspil.people.middleware import act_as  # noqa: PLC0415

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[USER_KEY] = str(assignment.user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = assignment.user.get_session_auth_hash()
    act_as(session, assignment)
    session.create()
    return str(session.session_key)


def pages(built: Any) -> list[dict[str, str]]:
    """Return the pages: what it is, its address, whose session."""
    from django.urls import reverse  # noqa: PLC0415

    from samspil.foundation import tenancy  # noqa: PLC0415
    from samspil.med.models import Dialogue  # noqa: PLC0415
    from samspil.volunteering.models import Application, Engagement  # noqa: PLC0415

    in_force, draft, at_table = (built.first(how_far) for how_far in ("in_force", "draft", "in_dialogue"))
    with tenancy.scope(built.municipality.pk):
        dialogue = Dialogue.objects.get(committee=at_table.body)
        concluded = Dialogue.objects.get(committee=in_force.body)
        engagement = Engagement.objects.filter(workplace=in_force.unit).order_by("pk")[0]
        application = Application.objects.filter(workplace=in_force.unit).order_by("pk")[0]
    here = built.municipality.slug
    sessions = {
        "administrator": _session(built.administrator),
        "area leader": _session(built.area_leader),
        "leader": _session(in_force.staff[0]),
        "coordinator": _session(in_force.staff[1]),
        "leader, draft": _session(draft.staff[0]),
        "leader, dialogue": _session(at_table.staff[0]),
        "deputy chair": _session(at_table.staff[1]),
        "": "",
    }
    rows = [
        ("home", reverse("home"), "leader, draft"),
        ("home", reverse("home"), "deputy chair"),
        ("home", reverse("home"), "area leader"),
        ("home", reverse("home"), "administrator"),
        ("workplaces", reverse("workplaces"), "administrator"),
        ("overview", reverse("overview"), "administrator"),
        ("overview, list", reverse("overview") + "?vis=liste", "administrator"),
        ("workplace", reverse("workplace", args=[in_force.unit.slug]), "leader"),
        ("agreement, draft", reverse("agreement", args=[draft.unit.slug]), "leader, draft"),
        ("agreement, in dialogue", reverse("agreement", args=[at_table.unit.slug]), "leader, dialogue"),
        ("agreement, in force", reverse("agreement", args=[in_force.unit.slug]), "leader"),
        ("staff", reverse("staff", args=[in_force.unit.slug]), "leader"),
        ("dialogues", reverse("dialogues"), "administrator"),
        ("dialogue, waiting", reverse("dialogue", args=[dialogue.pk]), "leader, dialogue"),
        ("dialogue, concluded", reverse("dialogue", args=[concluded.pk]), "leader"),
        ("record a dialogue", reverse("record_dialogue", args=[dialogue.pk]), "leader, dialogue"),
        ("committees", reverse("committees"), "administrator"),
        ("committee", reverse("committee", args=[at_table.body.slug]), "leader, dialogue"),
        ("framework", reverse("frameworks"), "leader"),
        ("people", reverse("people"), "administrator"),
        ("give a role", reverse("grant_role"), "administrator"),
        ("units", reverse("units"), "administrator"),
        ("home", reverse("home"), "coordinator"),
        ("volunteers", reverse("volunteers"), "coordinator"),
        ("volunteers", reverse("volunteers"), "administrator"),
        ("one volunteer", reverse("volunteer", args=[engagement.pk]), "coordinator"),
        ("enter a volunteer", reverse("new_volunteer"), "coordinator"),
        ("go through with many", reverse("go_through") + "?vis=alle", "coordinator"),
        ("applications", reverse("applications"), "coordinator"),
        ("one application", reverse("application", args=[application.pk]), "coordinator"),
        ("open door", reverse("open_door", args=[here, in_force.unit.slug]), ""),
        ("front page", reverse("home"), ""),
        ("open framework", reverse("open_framework", args=[here]), ""),
        ("open index", reverse("open_index", args=[here]), ""),
        ("open workplace", reverse("open_workplace", args=[here, in_force.unit.slug]), ""),
    ]
    unit = str(in_force.unit.pk)
    return [
        {
            "page": page, "path": path, "person": person, "session": sessions[person],
            "floor": (f"/aaben/{here}/floor/" if path.startswith("/aaben/") else "/floor/") + f"?unit={unit}&bytes=",
        }
        for page, path, person in rows
    ]  # fmt: skip


def main() -> None:
    """Build, gather statistics, and write the pages to the file."""
    django.setup()
    from scripts.bench.building import Builder  # noqa: PLC0415  needs django.setup()
    from scripts.bench.profiles import PROFILES  # noqa: PLC0415

    built = Builder(PROFILES[sys.argv[1]], print).build()
    with connection.cursor() as cursor:
        # A server in use has done this by itself.
        cursor.execute("ANALYZE")
    Path(sys.argv[2]).write_text(json.dumps(pages(built)), encoding="utf-8")


if __name__ == "__main__":
    main()
