# Everything a person types. Each target does its own set-up; `make` alone says what there is.

# The first of these that is 3.11 to 3.13; say PYTHON=… to choose.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
READY := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help setup readme demo test test-fast test-kafka faults check format bench fuzz lock schemas gazetteer clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1|/' | column -t -s '|'

setup: $(READY)  ## prepare .venv, with newswire in it

$(READY): requirements-dev.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "needs Python 3.11, 3.12 or 3.13; say PYTHON=/path/to/python3" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -c 'import streams.pipeline'  # compiles the kernels once: 10 seconds that no first start waits for
	@touch $@

demo: $(READY)  ## the whole wire on this machine, with a sample day of copy
	$(BIN)/newswire demo

test: $(READY)  ## every test: pure functions first, then the wire over the embedded broker
	$(BIN)/python -m pytest tests/unit tests/agents tests/contracts tests/quality -n 2
	$(BIN)/python -m pytest tests/integration -n 3
	$(MAKE) test-kafka

test-kafka: $(READY)  ## the wire on three brokers of Apache Kafka, with faults; skips what the machine has not
	$(BIN)/python -m pytest tests/kafka -m "not long" -rs --session-timeout=1500

faults: $(READY)  ## every fault in full, half an hour; writes docs/faults.md
	$(BIN)/python -m tests.kafka.faults --write docs/faults.md

test-fast: $(READY)  ## the tests that need no broker
	$(BIN)/python -m pytest tests/unit tests/agents tests/contracts -n 2

check: $(READY)  ## format, lint, types, import direction, dependencies; changes nothing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.audit

format: $(READY)  ## put the format right
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY)  ## time every stage, and the wire over the embedded broker
	$(BIN)/newswire bench

fuzz: $(READY)  ## fuzz parsers and copy desk for SECONDS (600)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'atheris>=3,<4'
	mkdir -p build/fuzz && cd build/fuzz && PYTHONPATH=../.. ../../$(BIN)/python -m tests.fuzz.seeds corpus && \
		PYTHONPATH=../.. ../../$(BIN)/python ../../tests/fuzz/fuzz_wire.py -max_total_time=$(or $(SECONDS),600) \
		-timeout=10 -rss_limit_mb=2048 -max_len=20000 corpus

lock:  ## renew the locked versions (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		-o requirements.lock pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--extra embedded --extra dev --extra gazetteer --extra docs -o requirements-dev.lock pyproject.toml

readme: $(READY)  ## write the generated parts of the README
	$(BIN)/python -m tools.readme

schemas: $(READY)  ## write schemas/asyncapi from the topic catalogue
	$(BIN)/python -m tools.schemas

gazetteer: $(READY)  ## compile the gazetteer from its data packages
	$(BIN)/python -m tools.gazetteer

clean:  ## remove what setup and the tools made
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
