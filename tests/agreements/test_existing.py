# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from samspil.agreements import actions
from samspil.agreements.actions import ExistingAsEntered, OwnTask, SentFile
from samspil.agreements.actions.existing import DOCX, FILE_LIMIT, PDF, TEXT, type_of_file
from samspil.agreements.boundary import QUESTION_NAMES
from samspil.agreements.catalogue import template_for
from samspil.agreements.content import version_sha256
from samspil.agreements.models import AgreementVersion, ExistingAgreement, ExistingAgreementsWindow, Section, Task
from samspil.agreements.queries import coverage, existing_window, todo_for, version_in_force
from samspil.audit.queries import events_of
from samspil.foundation import tenancy
from samspil.foundation.errors import Refusal
from samspil.municipalities.models import Municipality
from samspil.notifications.models import Message

CODE = next(task.code for task in template_for("care_home").tasks if task.boundary == "supplement")
AS_IT_IS = ExistingAsEntered(
    discussed_on=date(2025, 3, 4),
    form="meeting",
    minutes_reference="Referat af LokalMED 4. marts, punkt 3",
    in_force_since=date(2025, 4, 1),
    review_on=date(2027, 11, 23),
    text="Frivillige læser højt om tirsdagen.",
    ticked=frozenset({CODE}),
)
SENT = {
    "text": AS_IT_IS.text,
    "discussed_on": "2025-03-04",
    "form": "meeting",
    "minutes_reference": AS_IT_IS.minutes_reference,
    "in_force_since": "2025-04-01",
    "review_on": "2027-11-23",
    "tasks": [CODE],
}


def a_word_file():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return content.getvalue()


@pytest.fixture
def window(cast, framework, on, at):
    return actions.set_existing_window(opens=on, closes=on + timedelta(days=30), actor=cast.hanne, on=on, at=at)


@pytest.fixture
def enter(cast, on, at):
    """Enter an existing agreement, with some of it changed."""

    def step(who=cast.lene, day=on, **changed):
        return actions.enter_existing(
            workplace=cast.solbakken, entered=replace(AS_IT_IS, **changed), actor=who, on=day, at=at
        )

    return step


# The window


@pytest.mark.requirement("R28")
def test_the_window_opens_for_the_days_that_were_set_and_closes_by_itself(cast, window, on, at):
    days = [existing_window(on + timedelta(days=n)) is not None for n in (-1, 0, 30, 31)]
    assert days == [False, True, True, False]
    assert events_of(Municipality.objects.get(pk=cast.municipality.pk)).last().name == "agreements.window.set"

    actions.set_existing_window(opens=on, closes=on, actor=cast.hanne, on=on, at=at)

    assert existing_window(on + timedelta(days=1)) is None
    assert ExistingAgreementsWindow.objects.count() == 2


@pytest.mark.requirement("R28")
@pytest.mark.parametrize("who", ["lene", "tove", "mia", "ole", "dorte", "frida", "karim"])
def test_only_the_secretariat_opens_the_window(cast, framework, on, at, who):
    with pytest.raises(Refusal):
        actions.set_existing_window(opens=on, closes=on, actor=getattr(cast, who), on=on, at=at)
    assert existing_window(on) is None


@pytest.mark.parametrize(("first", "last"), [(5, 4), (-9, -1), (0, 400)])
def test_a_window_that_would_not_close_by_itself_is_refused(cast, framework, on, at, first, last):
    days = {"opens": on + timedelta(days=first), "closes": on + timedelta(days=last)}
    with pytest.raises(Refusal):
        actions.set_existing_window(**days, actor=cast.hanne, on=on, at=at)


# Entering


@pytest.mark.requirement("R43.exceptions")
@pytest.mark.requirement("R28")
@pytest.mark.parametrize("who", ["lene", "hanne"])
def test_it_is_in_force_at_once_as_it_is_and_med_is_told(cast, framework, body, window, enter, on, who):
    version = enter(getattr(cast, who))

    assert (version.state, version.origin, version.dialogue) == ("in_force", "existing", None)
    assert (version.framework, version.in_force_from) == (framework, date(2025, 4, 1))
    assert version.content_sha256 == version_sha256(version)
    assert version_in_force(cast.solbakken.pk) == version
    assert coverage([cast.solbakken.pk])[cast.solbakken.pk].status == "in_force"
    assert Section.objects.get(version=version).text == AS_IT_IS.text
    assert list(Task.objects.filter(version=version).values_list("catalogue_code", flat=True)) == [CODE]
    assert {cast.tove.user_id, cast.arne.user_id} <= set(Message.objects.values_list("recipient_id", flat=True))
    assert "agreements.version.enter_existing" in [event.name for event in events_of(version)]


@pytest.mark.requirement("R43.exceptions")
@pytest.mark.parametrize("who", ["tove", "mia", "ole", "dorte", "frida", "karim", "joergen"])
def test_nobody_else_enters_one(cast, window, enter, who):
    with pytest.raises(Refusal):
        enter(getattr(cast, who))
    assert not AgreementVersion.objects.exists()


@pytest.mark.requirement("R43.exceptions")
@pytest.mark.parametrize("days", [-1, 31])
def test_it_is_refused_outside_the_window(cast, window, enter, on, days):
    with pytest.raises(Refusal):
        enter(day=on + timedelta(days=days))
    assert not AgreementVersion.objects.exists()


@pytest.mark.requirement("R43.exceptions")
def test_it_is_refused_where_an_agreement_is_in_force(cast, in_force, window, enter):
    with pytest.raises(Refusal, match=r"in force|i kraft"):
        enter()


def test_it_is_refused_while_a_draft_is_on_its_way(cast, draft, window, enter):
    with pytest.raises(Refusal, match=r"draft|udkast"):
        enter()


@pytest.mark.parametrize(
    "changed",
    [
        {"discussed_on": date(2026, 11, 24)},
        {"in_force_since": date(2026, 11, 24)},
        {"review_on": date(2026, 11, 23)},
        {"form": "telepathy"},
        {"minutes_reference": ""},
        {"text": ""},
        {"ticked": frozenset()},
        {"ticked": frozenset({"nothing_of_the_kind"})},
        {"file": SentFile("a.pdf", b"%PDF-" + b"x" * FILE_LIMIT)},
        {"file": SentFile("a.exe", b"MZ\x00\x01")},
        {"own_tasks": (OwnTask("Medicin", "-", "-", dict.fromkeys(QUESTION_NAMES, True)),)},
    ],
)
@pytest.mark.requirement("R15")
def test_what_cannot_be_right_is_refused_and_leaves_nothing(cast, window, enter, changed):
    with pytest.raises(Refusal):
        enter(**changed)
    assert not AgreementVersion.objects.exists()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"%PDF-1.7", PDF),
        (a_word_file(), DOCX),
        ("Aftale på æ".encode(), TEXT),
        (b"PK\x03\x04", ""),
        (b"\xff\xfe\x00", ""),
        (b"a\x00b", ""),
    ],
)
def test_a_file_is_what_its_bytes_say(content, found):
    assert type_of_file(content) == found


@pytest.mark.requirement("R43.exceptions")
def test_the_database_refuses_one_in_force_without_dialogue_that_is_not_entered_so(cast, window, enter):
    version = enter()
    for field, value in (("origin", "written"), ("state", "draft")):
        with pytest.raises(IntegrityError), transaction.atomic():
            AgreementVersion.objects.filter(pk=version.pk).update(**{field: value})


@pytest.mark.requirement("R43.adoption")
def test_its_next_version_takes_a_dialogue(cast, body, window, enter, on, at):
    enter()

    draft = actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)

    assert (draft.number, draft.origin, draft.state) == (2, "written", "draft")
    assert [task.catalogue_code for task in Task.objects.filter(version=draft)] == [CODE]
    assert not Section.objects.filter(version=draft, kind="existing").exists()
    with pytest.raises(Refusal):
        actions.adopt(version=draft, in_force_from=on, actor=cast.lene, on=on, at=at)


@pytest.mark.requirement("R28")
def test_the_leader_is_reminded_before_it_is_to_be_looked_at(cast, window, enter):
    enter()
    keys = [
        [todo.key for todo in todo_for(replace(cast.lene, on=day))] for day in (date(2027, 9, 1), date(2027, 10, 1))
    ]
    assert keys == [[], ["agreements.review_existing"]]


def test_another_municipality_sees_nothing_of_it(cast, window, enter, other_municipality, on):
    enter()
    with tenancy.scope(other_municipality.municipality.pk):
        assert not ExistingAgreement.objects.exists()
        assert existing_window(on) is None


# Pages


@pytest.mark.requirement("R28")
def test_the_leader_enters_it_with_a_file_and_everybody_sees_that_it_is_from_before(
    cast, body, window, url, client_as, anonymous
):
    lene = client_as(cast.lene)
    assert url("enter_existing") in lene.get(url()).content.decode()
    assert lene.get(url("enter_existing")).status_code == 200
    file = SimpleUploadedFile("../aftale.pdf", b"%PDF-1.7 gammel")

    answer = lene.post(url("enter_existing"), {**SENT, "file": file}, follow=True)

    page = answer.content.decode()
    assert (answer.status_code, AS_IT_IS.minutes_reference in page, AS_IT_IS.text in page) == (200, True, True)
    got = client_as(cast.mia).get(url("existing_file", 1))
    assert (got.content, got["Content-Type"]) == (b"%PDF-1.7 gammel", PDF)
    assert got["Content-Disposition"].startswith("attachment")
    for who, code in (("frida", 404), ("ole", 404), ("tove", 200)):
        assert client_as(getattr(cast, who)).get(url("existing_file", 1)).status_code == code
    assert anonymous.get(url("existing_file", 1)).status_code == 302
    address = [cast.municipality.slug, cast.solbakken.slug]
    open_page = anonymous.get(reverse("open_workplace", args=address)).content.decode()
    assert ("1. april 2025" in open_page, "23. november 2027" in open_page) == (True, True)
    pdf = anonymous.get(reverse("open_agreement_pdf", args=address)).content
    words = " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages).split())
    assert ("4. marts 2025" in words, AS_IT_IS.minutes_reference in words) == (True, True)


def test_own_tasks_are_named_and_bounded_on_the_same_page(cast, window, url, client_as):
    own = {"egen0-title": "Cykler", "egen0-not_part": "Træning", "egen0-added_value": "Luft"}
    own |= {f"egen0-{name}": "no" for name in QUESTION_NAMES}
    lene = client_as(cast.lene)
    unanswered = {name: value for name, value in own.items() if not name.endswith("money_or_keys")}
    assert lene.post(url("enter_existing"), {**SENT, **unanswered}).status_code == 422
    assert lene.post(url("enter_existing"), {**SENT, **own, "egen0-law_or_authorisation": "yes"}).status_code == 422
    lene.post(url("enter_existing"), {**SENT, **own})
    assert set(Task.objects.values_list("title", "boundary")) >= {("Cykler", "supplement")}


@pytest.mark.parametrize(
    "changed",
    [
        {"text": ""},
        {"discussed_on": "2026-12-01"},
        {"in_force_since": "2026-12-01"},
        {"review_on": "2020-01-01"},
        {"tasks": []},
        {"file": SimpleUploadedFile("a.exe", b"MZ\x00")},
        {"file": SimpleUploadedFile("a.pdf", b"%PDF-" + b"x" * FILE_LIMIT)},
    ],
)
def test_faults_are_said_at_the_form_and_the_words_are_kept(cast, window, url, client_as, changed):
    answer = client_as(cast.lene).post(url("enter_existing"), {**SENT, **changed})
    assert answer.status_code == 422
    assert AS_IT_IS.minutes_reference in answer.content.decode()
    assert not AgreementVersion.objects.exists()


def test_outside_the_window_the_page_says_who_can_open_it(cast, framework, url, client_as):
    lene = client_as(cast.lene)
    assert url("enter_existing") not in lene.get(url()).content.decode()
    assert lene.get(url("enter_existing")).status_code == 409
    assert lene.post(url("enter_existing"), SENT).status_code in {409, 422}
    assert not AgreementVersion.objects.exists()


@pytest.mark.requirement("R28")
def test_the_secretariat_sets_the_days_on_a_page(cast, framework, client_as, on):
    hanne, address = client_as(cast.hanne), reverse("existing_window")
    assert address in hanne.get(reverse("administration")).content.decode()
    assert hanne.post(address, {"opens": "2026-11-23", "closes": "2026-11-20"}).status_code == 422
    assert hanne.post(address, {"opens": "2026-11-23", "closes": ""}).status_code == 422
    hanne.post(address, {"opens": "2026-11-23", "closes": "2026-12-23"}, follow=True)
    assert existing_window(on) is not None
    assert "23. december 2026" in hanne.get(address).content.decode()
    assert client_as(cast.lene).post(address, {"opens": "2026-11-23", "closes": "2026-12-23"}).status_code == 403
