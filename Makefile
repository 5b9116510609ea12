# Two commands do everything on a fresh machine with Python 3.11 or later: `make demo` and `make test`.
# What is installed is noted by a stamp in .venv, so that a second run starts at once.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test lint bench bench-forward bench-peers bench-registry agree mutate seeded verify
.NOTPARALLEL:

# A real question, answered in Chinese: what is a new organization of Yangpu entitled to on 2023-06-01?
demo: .venv/.answering
	$(BIN)/socorg-rules assess examples/yangpu-new-organization.json --pack yangpu --as-of 2023-06-01

test: .venv/.testing
	$(BIN)/pytest --numprocesses auto --dist loadfile $(TESTS)

lint: .venv/.linting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/.answering
	$(BIN)/python benchmarks/bench_single.py

# An event on an open case file, memory over many cases, and 10,000 organizations with 20 events each on two databases.
bench-forward: .venv/.testing
	$(BIN)/python benchmarks/bench_living.py
	$(BIN)/python benchmarks/bench_stream.py

# Holds an engine against the reference, on random packs and cases and on the real ones. `SEED=` asks other questions.
ENGINE ?= forward
DECISIONS ?= 100000
SEED ?= 1
agree: .venv/.testing
	$(BIN)/python tools/agree.py $(ENGINE) $(DECISIONS) $(SEED)

# The same six benefits on this library and its peers, which this installs (about 300 MB).
bench-peers: .venv/.comparing
	$(BIN)/python benchmarks/bench_peers.py

# A million organizations with five million items, from Parquet to Parquet. `ORGANIZATIONS=` and `TIMES=` ask for others.
ORGANIZATIONS ?= 1000000
TIMES ?= 1
bench-registry: .venv/.testing
	$(BIN)/python benchmarks/bench_registry.py $(ORGANIZATIONS) $(TIMES)

# Changes each number and comparison of a pack in turn; each change must break a test. `make mutate PACK=xinjin` for another.
PACK ?= yangpu
mutate: .venv/.testing
	$(BIN)/python tools/mutate.py policies/$(PACK).py

PACKS ?= daoli hainan longyang xinjin yangpu

# Examines every provision of every pack: what it can never grant, and which of its words never matter.
verify: .venv/.testing
	for pack in $(PACKS); do $(BIN)/socorg-rules verify $$pack || exit 1; done

# Changes every number, date, comparison and condition of the packs in turn; `compare` must find each.
# `make seeded PACKS=daoli EVERY=5` looks at a part.
EVERY ?= 1
seeded: .venv/.testing
	$(BIN)/python tools/seeded.py $(PACKS) --every $(EVERY)

# An older virtual environment, or one of another Python, is kept: remove .venv to start afresh.
.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.answering: pyproject.toml | .venv/bin/python
	$(PIP) --editable .
	@touch $@

.venv/.testing: pyproject.toml | .venv/.answering
	$(PIP) --editable '.[test]'
	@touch $@

.venv/.comparing: pyproject.toml | .venv/.answering
	$(PIP) --editable '.[peers]'
	@touch $@

# Types are checked against what the tests install.
.venv/.linting: pyproject.toml | .venv/.testing
	$(PIP) --editable '.[lint]'
	@touch $@
