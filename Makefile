# Everything runs in a virtual environment of its own; set VENV to use another.
VENV ?= .venv
PYTHON ?= python3
BIN = $(VENV)/bin
# Reference articles and pages for some tests and benchmarks; those are skipped where there are none.
CHITIEU_SHARED ?= $(wildcard ../shared)
export CHITIEU_SHARED

.PHONY: help demo serve test check clean

help:  ## what there is
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

$(VENV)/.runtime: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

demo: $(VENV)/.dev  ## set up, send bundled pages through the service, print the records
	$(BIN)/python -m demo

serve: $(VENV)/.runtime  ## set up and run the service on http://127.0.0.1:8000
	$(BIN)/python -m service serve

test: $(VENV)/.dev  ## set up and run the tests
	$(BIN)/python -m pytest

check: $(VENV)/.dev  ## tests, lint and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache
