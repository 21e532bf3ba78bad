# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The frame, the fields, the blocks and the pages for what goes wrong."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.core.exceptions import RequestDataTooBig
from django.http import Http404
from django.template import Context, Template
from django.test import Client
from django.utils import translation

from samspil.foundation import errors_views
from samspil.foundation.errors import Conflict, Missing
from samspil.foundation.forms import DateInput
from samspil.foundation.patterns import PatternsView
from samspil.foundation.templatetags.samspil import control_code, danish_date, danish_time, paragraphs


class Sample(forms.Form):
    title = forms.CharField(help_text="Kort", error_messages={"required": "Skriv en titel"})
    side = forms.ChoiceField(
        choices=[("a", "Den ene"), ("b", "Den anden")],
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg en side"},
    )
    day = forms.DateField(widget=DateInput, initial=date(2026, 11, 23), required=False)
    told = forms.BooleanField(error_messages={"required": "Sæt kryds"})


def pattern_page(rf, page="") -> Any:
    return PatternsView.as_view()(rf.get("/demo/byggeklodser/", {"page": page}))


def drawn(source, **context):
    return Template("{% load samspil %}" + source).render(Context(context))


def test_a_field_with_an_error_says_so_to_eye_and_ear():
    html = str(Sample({})["title"].as_field_group())

    assert 'class="form-group form-error"' in html
    assert '<label class="form-label" for="id_title">' in html
    assert '<span class="form-hint" id="id_title_helptext">Kort</span>' in html
    assert 'id="id_title_error"' in html
    assert 'class="sr-only">' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'aria-required="true"' in html
    assert " required" not in html


def test_choices_are_a_fieldset_with_a_legend():
    html = str(Sample({})["side"].as_field_group())

    assert '<fieldset id="id_side" aria-describedby="id_side_error">' in html
    assert html.count('class="form-radio"') == 2
    assert 'id="id_side_0"' in html


def test_a_day_is_sent_to_the_browser_in_the_form_it_reads():
    assert 'type="date"' in str(Sample()["day"])
    assert 'value="2026-11-23"' in str(Sample()["day"])


def test_the_error_summary_has_the_very_words_of_the_fields_and_leads_to_them():
    form = Sample({})

    html = drawn("{% error_summary form missing %}", form=form, missing=[Missing("x", "Hold mødet", "moede")])

    assert [html.count(words) for words in ("Skriv en titel", "Vælg en side", "Sæt kryds", "Hold mødet")] == [1] * 4
    for anchor in ("id_title", "id_side_0", "id_told"):
        assert f'href="#{anchor}"' in html
        assert f'id="{anchor}"' in str(form)
    assert 'href="#moede"' in html


def test_no_problem_no_summary():
    assert drawn("{% error_summary form %}", form=Sample()).strip() == ""


@pytest.mark.parametrize(
    ("language", "day", "time"), [("da", "23. november 2026", "14.05"), ("en", "23 November 2026", "14:05")]
)
def test_days_and_times_are_written_out(language, day, time):
    moment = datetime(2026, 11, 23, 13, 5, tzinfo=UTC)

    with translation.override(language):
        assert danish_date(date(2026, 11, 23)) == day
        assert danish_date(moment) == day
        assert danish_time(moment) == time


def test_nothing_is_written_of_nothing():
    assert (danish_date(None), danish_time(None), control_code(None), paragraphs(None)) == ("", "", "", "")


def test_the_control_code_is_short_enough_to_compare():
    assert control_code("4f1c9a20b7d3" + "0" * 52) == "4f1c 9a20 b7d3"


def test_what_people_write_is_words_and_nothing_else():
    wicked = '<script>alert("x")</script>'

    for html in (
        paragraphs(wicked),
        drawn("{% returned_words words %}", words=[wicked]),
        drawn("{% conflict_box c %}", c=[Conflict("f", wicked, wicked, wicked, 1)]),
        drawn("{% badge word %}{% card heading=word %}{{ word }}{% endcard %}", word=wicked),
        drawn("{% data_table word columns rows %}", word=wicked, columns=[wicked], rows=[[wicked]]),
        drawn("{% missing_box m %}", m=[Missing("x", wicked, "a")]),
        drawn("{% check_card 'n' word word word tag=word %}", word=wicked),
    ):
        assert "<script>" not in html
        assert "&lt;script&gt;" in html


def test_a_form_from_an_old_page_gives_its_words_back(db, settings):
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/log-ind/", {"tekst": "Vi går en tur <b>", "submission": "x", "code": "123456", "antal": "7"})

    html = answer.content.decode()
    assert answer.status_code == 403
    assert "Vi går en tur &lt;b&gt;</textarea>" in html
    assert "123456" not in html
    assert html.count("<textarea") == 1
    assert "data-not-saved" in html


def test_somebody_no_longer_logged_in_gets_the_words_and_the_way_back(rf):
    answer = errors_views.session_lost(rf.post("/arbejdspladser/solbakken/", {"tekst": "Sommerfest"}))

    html = answer.content.decode()
    assert answer.status_code == 403
    assert "Sommerfest</textarea>" in html
    assert "next=%2Farbejdspladser%2Fsolbakken%2F" in html


def test_too_much_is_answered_as_too_much(rf):
    assert errors_views.bad_request(rf.post("/"), RequestDataTooBig()).status_code == 413
    assert errors_views.bad_request(rf.post("/"), ValueError()).status_code == 400


def test_the_page_for_our_own_fault_needs_nothing(rf):
    answer = errors_views.server_error(rf.get("/"))

    assert answer.status_code == 500
    assert b'<a class="button button-primary" href="/">' in answer.content


def test_the_pattern_page_is_not_there_outside_the_demo(rf, settings):
    settings.DEMO = False
    with pytest.raises(Http404):
        pattern_page(rf)


@pytest.mark.parametrize(
    ("page", "status"),
    [("", 200), ("confirm", 200), ("refused", 409), ("not-yours", 403), ("404", 404), ("413", 413), ("500", 500)],
)
def test_the_pattern_page_shows_every_block_and_page(rf, settings, page, status):
    settings.DEMO = True

    answer = pattern_page(rf, page)

    assert answer.status_code == status
    assert answer.content.count(b"<h1>") == 1


def test_the_pages_hold_no_script_or_style_of_their_own(rf, settings):
    settings.DEMO = True

    html = pattern_page(rf).content.decode()

    assert " style=" not in html
    assert "<style" not in html
    assert " onclick=" not in html
    assert html.count("<script ") == html.count("<script") == html.count(" src=")
