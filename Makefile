# Everything starts here. Each target sets up what it needs by itself.
#   make demo    the made-up town on http://127.0.0.1:8000
#   make test    every test on SQLite, then every database test again on PostgreSQL
#   make check   style, types, import contracts, migrations, translations
#   make spark   the engine on a local Spark; needs Java 17, and says so in one line where there is none
#   make bench   measurements, side by side (not part of the tests); SIZE=full for the whole sector
#   make lock    renew requirements.lock

SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/.ready

.PHONY: demo test spark check bench lock setup browser

demo: setup
	$(BIN)/voordeur demo

test: setup browser
	$(BIN)/pytest -n 2 -m "not browser"
	$(BIN)/pytest -n 2 -m browser
	VOORDEUR_TEST_DATABASE=postgresql $(BIN)/pytest -n 2

spark: setup
	@.ci/spark $(BIN)

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	DATABASE_URL=sqlite:///:memory: $(BIN)/python -m django makemigrations --check --settings voordeur.settings
	$(BIN)/python -m voordeur.locale --check

bench: setup
	$(BIN)/python -m pip install -qq --editable '.[bench]'
	$(BIN)/python -m bench

lock: setup
	$(BIN)/python -m pip install -qq uv
	$(BIN)/uv pip compile --generate-hashes --python-version 3.11 --extra dev --quiet pyproject.toml -o requirements.lock

setup: $(READY)

$(READY): requirements.lock pyproject.toml package-lock.json .ci/vendor
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Voordeur needs Python 3.11 or newer; name one: make PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what requirements.lock names (once, a minute or two) ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --editable .
	@.ci/vendor
	@touch $(READY)

browser:
	@.ci/browser
