# Two commands do everything on a fresh machine with Python 3.11 or later: `make demo` and `make test`.
# What is installed is noted by a stamp in .venv, so that a second run starts at once.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test lint bench bench-forward bench-peers agree mutate seeded
.NOTPARALLEL:

# A real question, answered in Chinese: what is a new organization of Yangpu entitled to on 2023-06-01?
demo: .venv/.answering
	$(BIN)/socorg-rules assess examples/yangpu-new-organization.json --pack yangpu --as-of 2023-06-01

test: .venv/.testing
	$(BIN)/pytest $(TESTS)

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

# Changes each number and comparison of a pack in turn; each change must break a test. `make mutate PACK=xinjin` for another.
PACK ?= yangpu
mutate: .venv/.testing
	$(BIN)/python tools/mutate.py policies/$(PACK).py

# Changes every number, date, comparison and condition of the packs in turn; `compare` must find each.
# `make seeded PACKS=daoli EVERY=5` looks at a part.
PACKS ?= yangpu hainan longyang xinjin daoli
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
