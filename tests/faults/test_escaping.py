# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Script in every field of the main job: shown as the text it is, on every page, on paper and in the mail."""

import io
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.urls import reverse
from lxml import html
from pypdf import PdfReader

from samspil.agreements.models import AgreementVersion
from samspil.municipalities.models import Unit
from tests.faults import scene as stages
from tests.faults.forms import BY_LABEL
from tests.faults.sending import client_for, read, send

SCRIPT = "<script>alert(1)</script><b onclick=x>\"'&amp;"
MARKUP = "#set text(red) $x$ *fed* _kursiv_ `kode` @ref <mærke> \\u{41} [link] // note /* */ = Titel"


def pages_of(client, begin):
    """Follow every link of ours from here; return what each page said."""
    seen, waiting = {}, [begin]
    while waiting:
        path = waiting.pop()
        if path in seen or not path.startswith("/") or len(seen) > 80:
            continue
        answer = client.get(path)
        seen[path] = answer
        if answer.content and answer.headers["Content-Type"].startswith("text/html"):
            hrefs = html.fromstring(answer.content.decode()).xpath("//a/@href")
            waiting += [urlsplit(href).path or path for href in hrefs if href.startswith("/")]
    return seen


@pytest.mark.requirement("R38")
def test_script_in_every_field_is_shown_as_text(
    scene, client_as, anonymous, django_capture_on_commit_callbacks, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    text = f"{SCRIPT} {MARKUP}"
    stages.published(scene)
    Unit.objects.filter(pk=scene.cast.solbakken.pk).update(name=f"Hus {SCRIPT}")
    lene = client_as(scene.cast.lene)
    for label in (
        "begin_agreement",
        "agreement",
        "add_task",
        "task_details",
        "add_principle",
        "conditions",
        "involvement",
        "agreement-send",
        "record_dialogue",
        "confirm_dialogue",
        "decide_doubt",
        "adopt_agreement",
    ):
        form = BY_LABEL[label]
        client = lene if form.who == "lene" else client_for(form, scene, client_as, anonymous)
        scene.version = AgreementVersion.objects.order_by("pk").last()
        if scene.version is not None:
            scene.at_hand["task"] = scene.version.tasks.last()
        if label == "decide_doubt" and not scene.version.tasks.filter(boundary="doubt").exists():
            continue
        sheet = read(client, form, scene)
        sheet = sheet.changed(
            **{name: f"{text} {name}"[:110] for name in sheet.texts - {"submission", "csrfmiddlewaretoken"}}
        )
        if label == "agreement":
            sheet = sheet.changed(contacts=[str(scene.cast.mia.user_id)], tasks=["care_home.reading_aloud"])
        with django_capture_on_commit_callbacks(execute=True):
            answer = send(client, sheet)
        assert answer.status_code == 302, (label, html.fromstring(answer.content.decode()).xpath("string(//main)"))

    shown = 0
    for who in (scene.cast.lene, scene.cast.hanne, scene.cast.tove):
        for path, answer in pages_of(client_as(who), "/").items():
            shown += _is_text(path, answer)
    for path, answer in pages_of(
        anonymous, reverse("open_workplace", args=["eksempelby", "plejecenter-solbakken"])
    ).items():
        shown += _is_text(path, answer)
    assert shown > 10

    assert mail.outbox
    for message in mail.outbox:
        assert message.content_subtype == "plain"
        assert not getattr(message, "alternatives", [])
        assert "\n" not in message.subject


def _is_text(path, answer):
    assert answer.status_code < 500, path
    if answer.headers["Content-Type"].startswith("text/html"):
        said = answer.content.decode()
        assert "<script>alert" not in said, path
        assert "<b onclick" not in said, path
        return "&lt;script&gt;" in said
    if path.endswith(("aftale.pdf", "sag.pdf")):
        said = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
        assert "<script>alert(1)</script>" in said.replace("\n", " "), path
        assert "*fed*" in said or "#set" in said, path
        return 1
    return 0
