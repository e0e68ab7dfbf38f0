.DEFAULT_GOAL := help
PYTHON ?= python3
BIN    := .venv/bin
READY  := .venv/ready
PIP    := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: help setup demo run test bench check format lint types rooms catalogs words lock screenshots clean

help:  ## what can be made
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup: $(READY)  ## an environment in .venv with the pinned versions, and the catalogs compiled
	@$(BIN)/python -m locales.compile >/dev/null

demo: setup  ## a pretend Telegram, the bot and a town to try it on; no token, no network
	@$(BIN)/python -m bot demo $(ARGS)

run: setup  ## the bot on Telegram; TELEGRAM_BOT_TOKEN must be set
	@$(BIN)/python -m bot run $(ARGS)

test: setup  ## all tests, on SQLite and PostgreSQL; ARGS="-k inbox" for some
	@$(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

bench: setup  ## speed beside plain python-telegram-bot and aiogram
	@$(BIN)/python -m tests.bench $(ARGS)

check: lint types rooms catalogs  ## all that needs no running bot

format: setup  ## the layout, and what the linter can mend by itself
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

lint: setup
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check

types: setup
	@$(BIN)/mypy

rooms: setup  ## who may import whom
	@$(BIN)/lint-imports --no-cache

catalogs: setup  ## whether every sentence is in every language
	@$(BIN)/python -m pytest -q tests/test_catalogs.py

screenshots: setup  ## docs/pictures from the demo's page; needs Chromium
	@$(BIN)/python -m tests.browser.pictures

words: setup  ## new sentences of the code into the catalogs
	@$(BIN)/python -m locales.collect

lock:  ## newer versions into constraints.txt
	@test -x .venv/lock/bin/uv || { $(PYTHON) -m venv .venv/lock && .venv/lock/bin/pip --quiet install uv; }
	@.venv/lock/bin/uv pip compile pyproject.toml --extra dev --extra bench --universal --python-version 3.11 --upgrade \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet -o constraints.txt

clean:  ## the environment and what the tools left; no databases
	@rm -rf .venv build dist *.egg-info .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache

$(READY): pyproject.toml setup.py constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'Python 3.11 or newer is needed; if it has another name: make PYTHON=python3.12' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python's venv module is missing: install the package python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(PIP) install --require-hashes -r constraints.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
