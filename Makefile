# Two commands do everything: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: setup demo test check bench score lock clean

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $(READY)

demo: $(READY)  ## load the demo set, reason, answer its questions, and serve it on 127.0.0.1
	$(BIN)/clew demo

test: $(READY)  ## lint, types and layers, then every test
	@$(MAKE) --no-print-directory check
	$(BIN)/pytest -n auto --dist loadfile

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PYTHONPATH=.import $(BIN)/lint-imports

bench: $(READY)
	$(BIN)/python benchmarks/run.py

score: $(READY)  ## compare the answers to the published cases with what is expected of them
	$(BIN)/python -m clew.api.score

lock:  ## resolve the dependencies again; needs uv on the PATH
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --no-header -o requirements.lock

clean:
	rm -rf .venv build *.egg-info var
