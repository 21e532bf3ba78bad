# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The same form sent twice does nothing twice, and leads to the same place: after another, and at once."""

import pytest
from django.apps import apps
from django.db import connection

from samspil.foundation import tenancy
from samspil.foundation.models import Submission
from samspil.foundation.tenancy import MunicipalityModel
from tests.cast import CastClient, log_in
from tests.faults.forms import FORMS
from tests.faults.races import at_once
from tests.faults.scene import Scene
from tests.faults.sending import client_for, read, send

TENANT = [model for model in apps.get_models() if issubclass(model, MunicipalityModel)]
SENT_ONCE = [form for form in FORMS if form.leads_on and form.name not in {"account_logout", "set_language"}]
AT_ONCE = {"import_framework", "create_unit", "record_dialogue", "agreement-send", "add_task", "adopt_agreement"}
CREATING = [form for form in FORMS if form.label in AT_ONCE]


def rows():
    """Count what there is of everything."""
    return {model._meta.label: model.objects.count() for model in TENANT}


@pytest.mark.urls("tests.people.demo_urls")
@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("form", SENT_ONCE, ids=lambda form: form.label)
def test_the_same_form_sent_again_does_nothing_more(form, scene, client_as, anonymous):
    form.stage(scene)
    client = client_for(form, scene, client_as, anonymous)
    sheet = read(client, form, scene)
    before = rows()

    first = send(client, sheet)
    after_first = rows()
    second = send(client, sheet)

    assert first.status_code == 302
    assert (second.status_code, second.headers["Location"]) == (302, first.headers["Location"])
    assert rows() == after_first
    assert not form.creates or after_first != before


def test_a_page_gone_back_to_and_changed_is_saved(scene, client_as, anonymous):
    form = next(form for form in FORMS if form.label == "add_task")
    form.stage(scene)
    client = client_for(form, scene, client_as, anonymous)
    sheet = read(client, form, scene)

    send(client, sheet)
    send(client, sheet.changed(title="Spille kort"))

    titles = set(scene.version.tasks.values_list("title", flat=True))
    assert {"Læse højt", "Spille kort"} <= titles


@pytest.mark.parametrize("form", CREATING, ids=lambda form: form.label)
def test_a_form_sent_twice_at_once_is_taken_once(town, form, moment):
    with tenancy.scope(town.municipality.pk):
        scene = form.stage(Scene(cast=town, on=moment.date(), at=moment))
        who = log_in(CastClient(), getattr(town, form.who))
    with tenancy.scope(town.municipality.pk):
        sheet = read(who, form, scene)
        before = rows()

    def sending():
        client = CastClient()
        client.cookies = who.cookies
        return send(client, sheet)

    first, second = at_once(sending, sending)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first.headers["Location"] == second.headers["Location"]
    with tenancy.scope(town.municipality.pk):
        after = rows()
    assert after["audit.Event"] - before["audit.Event"] in {1, 2, 3, 4}
    assert Submission.objects.exclude(location="").count() == 1
    assert connection.vendor in {"sqlite", "postgresql"}
