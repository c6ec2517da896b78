# Two commands set everything up on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9

.PHONY: demo transcript train quality joining faults bench test lint types imports pytest lock clean help

help:  ## Show what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/.runtime  ## Read the sample page, print its events, play a short chat (no token needed)
	@$(BIN)/quwen demo

test: lint types imports pytest  ## The whole gate: lint, types, import rules, tests

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

imports: $(VENV)/.dev
	$(BIN)/lint-imports

pytest: $(VENV)/.dev
	$(BIN)/python -m pytest --numprocesses auto

# What a user needs. The build backend comes from the lock too, so nothing is fetched unpinned.
$(VENV)/.runtime: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Quwen needs Python 3.11 or newer; try: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# What a contributor needs on top of it.
$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

transcript: $(VENV)/.dev  ## Write the demo's output into README.md again
	$(BIN)/python -m tests.docs.transcript

train: $(VENV)/.dev  ## Learn the judge anew from the labelled pages in training/pages
	$(BIN)/python -m training.fit

quality: $(VENV)/.dev  ## Score the reader on labelled pages and write docs/quality.md again
	$(BIN)/python -m training.quality

joining: $(VENV)/.dev  ## Score how reports are joined on labelled pairs and write docs/joining.md again
	$(BIN)/python -m tests.pairs

faults: $(VENV)/.dev  ## Kill processes amid a broadcast, on both databases, and write docs/faults.md again (minutes)
	$(BIN)/python -m tests.faults

bench: $(VENV)/.dev  ## Measure speed, memory and start-up and write docs/benchmarks.md again
	$(BIN)/python -m tests.bench

lock:  ## Pin every dependency again, for all platforms, with hashes
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet uv==$(UV_VERSION)
	.venv-lock/bin/uv pip compile pyproject.toml --group build --universal --generate-hashes --no-emit-index-url --no-header --quiet --upgrade -o requirements.lock
	.venv-lock/bin/uv pip compile pyproject.toml --group build --group dev --all-extras --universal --generate-hashes --no-emit-index-url --no-header --quiet --upgrade -o requirements-dev.lock
	rm -r .venv-lock

clean:  ## Remove what was built; keeps var/
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
