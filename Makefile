# Every target makes its own environment; nothing but Python 3.11+, git and make is needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-whoosh2 lint clean

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

demo: $(VENV)/.installed
	$(BIN)/corpus demo

test: $(VENV)/.installed
	$(BIN)/python -m pytest -n auto

# The way back, should whoosh3 end: the index works with Whoosh 2.7.4 as well.
test-whoosh2: .venv-whoosh2/.installed
	PYTHONPATH=src .venv-whoosh2/bin/python -m pytest tests/index

.venv-whoosh2/.installed: pyproject.toml
	$(PYTHON) -m venv .venv-whoosh2
	.venv-whoosh2/bin/python -m pip install --quiet 'whoosh==2.7.4' 'numpy<3' 'msgspec<1' \
		'pytest<10' 'hypothesis<7'
	touch $@

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

clean:
	rm -rf $(VENV) .venv-whoosh2 build dist *.egg-info src/*.egg-info
