# Everything a developer or a city needs, from a machine with Python 3.11+ and make alone:
#   make install   the set-up alone           make demo   the reference consortium on http://127.0.0.1:8000
#   make test      the whole test suite       make lock   the hash-locked dependencies anew from pyproject.toml
PYTHON ?= python3
VENV   ?= .venv
PORT   ?= 8000
DATA   ?=
JOBS   ?= auto
TESTS  ?=
UPGRADE ?=

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILE := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--extra build $(if $(UPGRADE),--upgrade)

.PHONY: install demo test lock migration asvs clean
.DELETE_ON_ERROR:

install: $(VENV)/.installed

demo: install
	$(if $(DATA),SANPO_DATA='$(DATA)') $(BIN)/sanpo demo --port $(PORT)

test: $(VENV)/.test-installed
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal $(TESTS)

lock: $(VENV)/bin/python
	$(PIP) install uv==0.13.8
	$(BIN)/$(COMPILE) -o requirements.lock
	$(BIN)/$(COMPILE) --extra test -o requirements-test.lock

# The difference between the models and the migrations as a new revision: make migration MESSAGE='add …'
migration: install
	$(BIN)/python -m migrations.make $(MESSAGE)

# docs/asvs.csv from the marks of the tests.
asvs: $(VENV)/.test-installed
	$(BIN)/python -m tests.security.asvs

clean:
	rm -rf $(VENV) test-results .pytest_cache .hypothesis

# The stamps make a second run start at once; a changed lock or pyproject.toml installs again.
$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing the locked dependencies into $(VENV) ..."
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q asgi.py participation proposals workshops rules consortium migrations
	@touch $@

$(VENV)/.test-installed: requirements-test.lock $(VENV)/.installed
	@echo "Installing what the tests need ..."
	$(PIP) install --require-hashes -r requirements-test.lock
	@touch $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Sanpo needs Python 3.11 or newer as '$(PYTHON)'. Install one, or name it: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "This Python has no venv module. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
