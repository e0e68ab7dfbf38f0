.DEFAULT_GOAL := help
BIN := .venv/bin
LOCK = .venv/lock/bin/uv pip compile --universal --python-version 3.11 --upgrade --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet

.PHONY: help setup setup-bench setup-test demo run test quick simulate bench check format lint types rooms dead catalogs words lock \
	docs screenshots wheel clean

help:  ## what can be made
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup:  ## .venv with what runs, as pinned; test and bench add their own by themselves
	@.ci/setup run

setup-bench:
	@.ci/setup bench

setup-test:
	@.ci/setup test

demo: setup  ## a pretend Telegram, the bot and a town to try it on; no token, no network
	@$(BIN)/python -m bot demo $(ARGS)

run: setup  ## the bot on Telegram; TELEGRAM_BOT_TOKEN must be set
	@$(BIN)/python -m bot run $(ARGS)

test: setup-test  ## all tests, on SQLite and PostgreSQL; ARGS="-k inbox" for some
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

quick: setup-test  ## within a minute: SQLite alone; no browser, no crash, no process
	@$(BIN)/python -m pytest -q -n auto --dist worksteal -m "not long" -k "not postgres" $(ARGS)

simulate: setup-test  ## 10,000 seeds of the simulation on all cores, an hour on two; ARGS=17 tells every step of one
	@$(BIN)/python -m tests.simulation $(or $(ARGS),--seeds 10000)

bench: setup-bench  ## speed beside plain python-telegram-bot and aiogram
	@$(BIN)/python -m tests.bench $(ARGS)

check: lint types rooms dead catalogs  ## all that needs no running bot

format: setup-test  ## the layout, and what the linter can mend by itself
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

lint: setup-test
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check

types: setup-test
	@$(BIN)/mypy

rooms: setup-test  ## who may import whom
	@$(BIN)/lint-imports --no-cache

dead: setup-test  ## what nothing calls
	@$(BIN)/vulture

catalogs: setup-test  ## whether every sentence is in every language
	@$(BIN)/python -m pytest -q tests/test_catalogs.py

screenshots: setup-test  ## docs/pictures and docs/screens.md from the demo's page, which needs Chromium, and of what is printed
	@$(BIN)/python -m tests.browser.pictures
	@$(BIN)/python -m tests.paper.pictures

words: setup  ## new sentences of the code into the catalogs
	@$(BIN)/python -m locales.collect

docs:  ## docs/ as a site in build/site; a dead link is an error
	@cmp -s docs/site/requirements.txt .venv/docs/pins || { $(or $(PYTHON),python3) -m venv --clear .venv/docs && \
		.venv/docs/bin/pip --quiet install --no-deps --require-hashes -r docs/site/requirements.txt && \
		cp docs/site/requirements.txt .venv/docs/pins; }
	@.venv/docs/bin/sphinx-build -q -W --keep-going -c docs/site . build/site

lock:  ## newer versions into the five requirements.txt
	@test -x .venv/lock/bin/uv || { $(or $(PYTHON),python3) -m venv .venv/lock && .venv/lock/bin/pip --quiet install uv; }
	@$(LOCK) --group build -o .ci/requirements.txt
	@$(LOCK) --group run -o requirements.txt
	@$(LOCK) --group docs -o docs/site/requirements.txt
	@$(LOCK) --group bench -c requirements.txt -o tests/bench/requirements.txt
	@$(LOCK) --group test -c .ci/requirements.txt -c tests/bench/requirements.txt -o tests/requirements.txt

wheel: setup-test  ## dist/jekduk-*.whl; to install it brings the very versions of requirements.txt
	@$(BIN)/python -m build --no-isolation --outdir dist . >/dev/null

clean:  ## the environment and what the tools left; no databases
	@rm -rf .venv build dist *.egg-info .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache
