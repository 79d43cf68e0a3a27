# The two commands: `make serve` and `make test`. `make help` names the others.
# PYTHON=/path/to/python  the interpreter for .venv (3.11 or later)
# PORT=8000  HOST=127.0.0.1  where `make serve` listens
# ARGS=…     passed on to pytest by `make test`
# SIZE=3000  publications that `make bench` measures with
PYTHON ?=
PORT ?= 8000
HOST ?= 127.0.0.1
ARGS ?=
SIZE ?= 3000
PY = .venv/bin/python
SOURCES = manage.py portal disclosure requests_app deploy tests benchmarks
LOCK = $(PY) -m piptools compile --quiet --generate-hashes --no-emit-index-url \
	--no-emit-trusted-host --no-emit-find-links --no-header --strip-extras --allow-unsafe

.PHONY: help setup serve test bench lint format messages lock clean

help:  ## name the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 12

setup:  ## make .venv with everything installed
	@PYTHON='$(PYTHON)' sh deploy/setup.sh

serve: setup  ## from nothing to the portal with demonstration content on http://127.0.0.1:8000
	@exec $(PY) manage.py serve --host '$(HOST)' --port '$(PORT)'

test: setup  ## all tests: SQLite, PostgreSQL, browser
	@exec $(PY) tests/run.py $(ARGS)

bench: setup  ## measure pages, search and export on both databases (SIZE=100000 says more)
	@exec $(PY) benchmarks/all.py --size '$(SIZE)'

lint: setup  ## every check of .ci/run except the tests
	@exec bash .ci/run --lint-only

format: setup  ## format code and templates
	$(PY) -m ruff check --fix $(SOURCES)
	$(PY) -m ruff format $(SOURCES)
	git ls-files -z -co --exclude-standard 'templates/*.html' | xargs -0 .venv/bin/djade --target-version 5.2

messages: setup  ## bring locale/ up to date with the sources and compile it (needs gettext)
	@exec $(PY) deploy/messages.py

lock: setup  ## compile the hash-pinned requirements from pyproject.toml (LOCKARGS=--upgrade)
	$(LOCK) $(LOCKARGS) --output-file requirements.txt pyproject.toml
	$(LOCK) $(LOCKARGS) --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

clean:  ## remove what can be made again; var/ (database, files, keys) stays
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
