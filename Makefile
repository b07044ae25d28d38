# Everything here sets itself up from a clean clone. `make` alone lists what there is.

SHELL := /bin/sh
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

STAGE ?= dev

PYTHON := .venv/bin/python
UV := .venv/bin/uv
# The machine's certificates count, as they do for pip. No interpreter is ever fetched: the one that
# was found makes every environment. Compiled once, packages start quickly in every process.
UV_INSTALL := UV_PYTHON_DOWNLOADS=never $(UV) pip install --system-certs --quiet --require-hashes \
	--compile-bytecode
unexport PYTHONDONTWRITEBYTECODE

# The tests of the running system come after, a file whole on one of two stacks: a stack alone
# leaves half of a small machine idle, a third would starve the others.
ON_EVERY_CORE := --numprocesses auto --dist worksteal -p no:schemathesis
ON_TWO_STACKS := --numprocesses 2 --dist loadfile

# A stamp is younger than all it was made from.
DEV_READY := .venv/.ready
EMULATOR_READY := .venv-emulator/.ready
CDK_READY := node_modules/.ready
WEB_READY := frontend/node_modules/.ready
WEB_BUILT := frontend/dist/.built

WEB_SOURCES := $(shell find frontend/src frontend/public -type f 2>/dev/null) \
	$(wildcard frontend/*.ts frontend/*.json)

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

.PHONY: run
run: setup ## Run everything on this machine until Ctrl-C
	@$(PYTHON) -m local.run

.PHONY: setup
setup: $(DEV_READY) $(EMULATOR_READY) $(CDK_READY) $(WEB_BUILT) ## Install and build what is missing or out of date

.PHONY: test
test: setup ## Every test: web, unit, architecture, infra, integration, browser
	@sh local/setup/find-chromium.sh >/dev/null
	@cd frontend && npm run --silent test
	@$(PYTHON) -m pytest $(ON_EVERY_CORE) tests/unit tests/architecture tests/infra
	@KABAR_CHROMIUM="$$(sh local/setup/find-chromium.sh)" $(PYTHON) -m pytest $(ON_TWO_STACKS) tests/integration tests/e2e

.PHONY: unit
unit: $(DEV_READY) ## The quick tests only
	@$(PYTHON) -m pytest $(ON_EVERY_CORE) tests/unit tests/architecture

.PHONY: lint
lint: $(DEV_READY) $(WEB_READY) ## Style of the code
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@cd frontend && npm run --silent lint

.PHONY: types
types: $(DEV_READY) $(WEB_READY) ## Types of the code
	@.venv/bin/mypy infra functions layers local tests benchmarks apidoc
	@cd frontend && npm run --silent types

.PHONY: openapi
openapi: $(DEV_READY) ## Write docs/api/openapi.json from the code
	@PYTHONPATH=functions:layers POWERTOOLS_SERVICE_NAME=openapi $(PYTHON) -m apidoc

.PHONY: sentences
sentences: $(DEV_READY) ## Real English sentences for the stand-in of Bedrock (optional, 90 MB)
	@$(UV_INSTALL) --no-deps --python $(PYTHON) --requirement requirements/sentences.txt

.PHONY: web
web: $(WEB_BUILT) ## Build the dashboard and the phone page

.PHONY: synth
synth: $(DEV_READY) $(CDK_READY) $(WEB_BUILT) ## Templates of STAGE (default dev) into cdk.out
	@npx cdk synth --quiet -c stage=$(STAGE)

.PHONY: deploy
deploy: $(DEV_READY) $(CDK_READY) $(WEB_BUILT) ## Deploy STAGE (default dev) with your AWS credentials
	@npx cdk deploy --all -c stage=$(STAGE)

.PHONY: bench
bench: $(DEV_READY) ## Measure what is claimed about speed and cost
	@PYTHONPATH=functions:layers $(PYTHON) -m benchmarks

.PHONY: bench-blast
bench-blast: setup ## Measure what is claimed about campaigns (a million recipients take long)
	@PYTHONPATH=functions:layers POWERTOOLS_SERVICE_NAME=bench POWERTOOLS_METRICS_DISABLED=true $(PYTHON) -m benchmarks.blast $(if $(LIVE),--live) $(if $(QUICK),--quick) $(if $(MILLION),--million)

.PHONY: clean
clean: ## Remove everything that was installed, built or left by a run
	@rm -rf .venv .venv-emulator node_modules frontend/node_modules frontend/dist \
		frontend/dist-phone cdk.out .kabar artifacts .mypy_cache .pytest_cache .ruff_cache \
		.hypothesis

$(UV): requirements/uv.txt local/setup/make-venv.sh local/setup/find-python.sh
	@echo "Python environment …"
	@sh local/setup/make-venv.sh .venv
	@touch $@

$(DEV_READY): requirements/dev.txt $(UV)
	@echo "Python packages …"
	@$(UV_INSTALL) --python $(PYTHON) --requirement requirements/dev.txt
	@touch $@

# The functions run in the emulator's interpreter, so it is the one they are packed for.
$(EMULATOR_READY): requirements/emulator.txt $(UV)
	@echo "Local AWS …"
	@$(UV) venv --quiet --clear --python $(PYTHON) .venv-emulator
	@$(UV_INSTALL) --python .venv-emulator/bin/python --requirement requirements/emulator.txt
	@touch $@

$(CDK_READY): package-lock.json package.json
	@sh local/setup/check-node.sh
	@echo "CDK command line …"
	@npm ci --silent --no-fund --no-audit
	@touch $@

$(WEB_READY): frontend/package-lock.json frontend/package.json
	@sh local/setup/check-node.sh
	@echo "Web packages …"
	@cd frontend && npm ci --silent --no-fund --no-audit
	@touch $@

$(WEB_BUILT): $(WEB_READY) $(WEB_SOURCES)
	@echo "Dashboard and phone page …"
	@cd frontend && npm run --silent build >node_modules/build.log 2>&1 || \
		{ cat node_modules/build.log; exit 1; }
	@touch $@
