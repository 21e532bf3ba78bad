# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps --require-hashes
PO := $(wildcard samspil/locale/*/LC_MESSAGES/*.po)
MO := $(PO:.po=.mo)
PYTEST := $(BIN)/python -m pytest
WORKERS ?= 2
export PYTHONUNBUFFERED = 1

.DEFAULT_GOAL := help
.PHONY: help setup run demo test test-sqlite test-postgresql test-long coverage check fix messages bench docs requirements lock wheel clean

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Set-up: each step leaves a stamp, so that a second run has nothing to do ----------------------------------------------

setup: .venv/.base .venv/.project .venv/.frontend $(MO) ## Create .venv with the command samspil, the design system and the Danish

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Samspil needs Python 3.11 or newer; say which with make PYTHON=..."; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python's venv is missing. On Debian: apt-get install python3-venv"; rm -rf .venv; exit 1; }

.venv/.base: requirements/base.txt | .venv/bin/python
	@echo "Installing what Samspil needs ..."
	@$(PIP) -r requirements/base.txt
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.base
	@echo "Installing what its tests and checks need ..."
	@$(PIP) -r requirements/dev.txt
	@touch $@

.venv/.project: pyproject.toml hatch_build.py .venv/.base
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.frontend: package-lock.json .npmrc scripts/frontend.py requirements/node.txt $(wildcard samspil/foundation/static/samspil/css/*.css) .venv/.base
	@$(BIN)/python scripts/frontend.py
	@touch $@

%.mo: %.po scripts/catalogues.py .venv/.base
	@$(BIN)/python scripts/catalogues.py compile

# Use -------------------------------------------------------------------------------------------------------------------

run: setup ## Start Samspil with its demo municipality (PORT=8000)
	@SAMSPIL_DEMO=$${SAMSPIL_DEMO-1} exec $(BIN)/samspil run

demo: setup ## Fill the database with the demo municipality
	@SAMSPIL_DEMO=1 $(BIN)/samspil demo

# Tests -----------------------------------------------------------------------------------------------------------------

.PHONY: test-tools
test-tools:
	@scripts/test_tools.sh

test: setup .venv/.dev test-tools ## Run all tests: SQLite without the browser, then PostgreSQL with it
	@mkdir -p var/results
	@sqlite=0; postgresql=0; \
	$(MAKE) --no-print-directory test-sqlite || sqlite=$$?; \
	$(MAKE) --no-print-directory test-postgresql || postgresql=$$?; \
	echo; \
	test $$sqlite -eq 0 && echo "SQLite: passed" || echo "SQLite: FAILED"; \
	test $$postgresql -eq 0 && echo "PostgreSQL and browser: passed" || echo "PostgreSQL and browser: FAILED"; \
	test $$sqlite -eq 0 -a $$postgresql -eq 0

test-sqlite: setup .venv/.dev ## Run the tests on SQLite (ARGS="-k word")
	@echo "== SQLite: all but the browser journeys"
	@env -u SAMSPIL_DATABASE_URL -u SAMSPIL_OWNER_DATABASE_URL $(PYTEST) -n $(WORKERS) -m "not browser and not long" --results=var/results/sqlite.json $(ARGS)

test-postgresql: setup .venv/.dev test-tools ## Run the tests on PostgreSQL, browser journeys included (ARGS="-k word")
	@echo "== PostgreSQL: the whole suite, in a cluster of its own"
	@$(BIN)/python scripts/pg_cluster.py -- $(PYTEST) -n $(WORKERS) -m "not long" --results=var/results/postgresql.json $(ARGS)

test-long: setup .venv/.dev test-tools ## Run the long tests, and the properties with many examples
	@echo "== SQLite"
	@HYPOTHESIS_PROFILE=long $(PYTEST) -n $(WORKERS) -m "not browser"
	@echo "== PostgreSQL"
	@HYPOTHESIS_PROFILE=long $(BIN)/python scripts/pg_cluster.py -- $(PYTEST) -n $(WORKERS)

coverage: setup .venv/.dev ## Run the SQLite tests and show which lines and branches they miss
	@$(PYTEST) -n $(WORKERS) -m "not browser and not long" --cov --cov-report=term-missing

requirements: setup .venv/.dev ## Print R1-R69, each with its state and its tests
	@$(BIN)/python scripts/requirements_report.py

# Checks ----------------------------------------------------------------------------------------------------------------

CHECKS := check-style check-format check-types check-imports check-templates check-catalogues check-migrations \
	check-django check-locks check-house check-licences
.PHONY: $(CHECKS)

check: setup .venv/.dev test-tools ## Check style, types, imports, templates, catalogues, migrations, lock files, licences
	@$(MAKE) --keep-going --no-print-directory $(CHECKS) && echo "All checks passed."

check-style:
	$(BIN)/ruff check --quiet
check-format:
	$(BIN)/ruff format --check --quiet
check-types:
	$(BIN)/mypy
check-imports:
	$(BIN)/lint-imports --no-logo
check-templates:
	$(BIN)/djlint samspil --lint --quiet
check-catalogues:
	$(BIN)/python scripts/catalogues.py check
check-migrations:
	SAMSPIL_DEMO=1 $(BIN)/samspil makemigrations --check --dry-run
check-django:
	SAMSPIL_DEMO=1 $(BIN)/samspil check --fail-level WARNING
check-locks:
	$(BIN)/python scripts/lock_check.py
check-house:
	$(BIN)/python scripts/house.py
check-licences:
	$(BIN)/reuse lint --lines

fix: setup .venv/.dev ## Mend what a machine can mend
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

messages: setup .venv/.dev test-tools ## Bring the Danish catalogue in line with the code
	@$(BIN)/python scripts/catalogues.py update

docs: setup .venv/.dev ## Check that every link in the documents leads somewhere
	@$(BIN)/python -m scripts.docs

.PHONY: pictures
pictures: setup .venv/.dev test-tools ## Take the pictures of README and the Danish guide anew
	@$(BIN)/python scripts/pictures.py

PROFILE ?= M
bench: setup .venv/.dev ## Measure the pages in a municipality of a size (PROFILE=S|M|L, or several; ARGS="--database sqlite")
	@$(BIN)/python -m scripts.bench $(PROFILE) $(ARGS)

# Releases --------------------------------------------------------------------------------------------------------------

lock: .venv/.dev ## Write the lock files anew (ARGS=--upgrade takes newer versions)
	@scripts/lock.sh $(ARGS)

wheel: setup .venv/.dev ## Build the wheel, design system and Danish inside
	@$(BIN)/python -m build --no-isolation

clean: ## Remove what was made, but not the data in var
	rm -rf .venv node_modules samspil/static_vendor build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	rm -f $(MO)
	find samspil tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
