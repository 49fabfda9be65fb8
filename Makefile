# Everything a person or CI runs. `make demo` and `make test` do all their own set-up in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check lint types contracts format record wheel-test clean

demo: $(VENV)/.run-ready
	@$(BIN)/sincerely demo

test: $(VENV)/.dev-ready
	$(BIN)/python -m pytest

check: lint types contracts test

lint: $(VENV)/.dev-ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.dev-ready
	$(BIN)/mypy

contracts: $(VENV)/.dev-ready
	$(BIN)/lint-imports

format: $(VENV)/.dev-ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Records the model cassettes anew from a real server on loopback.
record: $(VENV)/.dev-ready
	$(BIN)/pip install --quiet --constraint constraints.txt -e '.[record]'
	$(BIN)/python -m tests.writing.record

# Builds the wheel and runs the demo from it in an empty environment, away from the checkout.
wheel-test: $(VENV)/.dev-ready
	$(BIN)/python .ci/wheel_test.py

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Sincerely needs Python 3.11 or newer; name one with: make PYTHON=python3.12 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run-ready: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt -e .
	@touch $@

$(VENV)/.dev-ready: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.run-ready

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
