# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from samspil.audit.models import Event
from samspil.frameworks.importing import import_document
from samspil.frameworks.models import FrameworkVersion, Kind
from samspil.frameworks.queries import draft
from tests.frameworks.framework_cases import DOCUMENT, begin, texts


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "ramme.md"
    path.write_text(DOCUMENT, encoding="utf-8")
    return path


def run(*arguments):
    out = StringIO()
    call_command("import_framework", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.mark.requirement("R2.nothing_lost")
def test_a_dry_run_needs_no_database(document):
    printed = run(document, "--municipality", "eksempelby", "--dry-run", "--json")

    assert json.loads(printed) == import_document(document.read_bytes(), "ramme.md").as_json()
    assert "Åbenhed" in printed


def test_a_dry_run_says_in_words_what_was_found(document):
    assert run(document, "--dry-run").strip()


def test_without_a_dry_run_the_draft_is_stored(cast, document):
    printed = run(document, "--municipality", "eksempelby")

    stored = draft()
    assert stored is not None
    assert texts(stored, Kind.VALUE) == ["Åbenhed", "Nysgerrighed"]
    assert "1" in printed.splitlines()[-1]
    event = Event.objects.get(name="frameworks.version.import")
    assert event.capacity["person"] == "samspil import-framework"


def test_json_is_nothing_but_json_also_when_it_stores(cast, document):
    assert json.loads(run(document, "--municipality", "eksempelby", "--json"))["values"] == ["Åbenhed", "Nysgerrighed"]
    assert draft() is not None


@pytest.mark.parametrize(
    "arguments",
    [("--municipality", "ingensteds"), ()],
    ids=["unknown municipality", "no municipality"],
)
def test_without_a_municipality_nothing_is_stored(cast, document, arguments):
    with pytest.raises(CommandError):
        run(document, *arguments)

    assert FrameworkVersion.objects.count() == 0


def test_a_file_that_is_not_there_or_not_a_document_is_refused_in_a_sentence(cast, tmp_path):
    broken = tmp_path / "ramme.docx"
    broken.write_bytes(b"PK\x03\x04 not really")

    for path in (broken, tmp_path / "findes-ikke.md"):
        with pytest.raises(CommandError) as refused:
            run(path, "--municipality", "eksempelby")
        assert str(refused.value).endswith(".")

    assert FrameworkVersion.objects.count() == 0


def test_a_draft_that_stands_is_not_overwritten(cast, document, at):
    standing = begin(cast.hanne, at)

    with pytest.raises(CommandError):
        run(document, "--municipality", "eksempelby")

    assert list(FrameworkVersion.objects.all()) == [standing]
