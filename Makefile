# Kasstroom on one machine: Python >= 3.11 and make are all it takes.
PYTHON ?= python3
ENV ?= sandbox
PORT := $(KASSTROOM_PORT)

RUN := .venv/bin/python -m
CDK := node_modules/.bin/cdk
TOOLS := PATH="$(CURDIR)/.venv/bin:$$PATH"
UV := .venv/bin/uv
UV_PIN := $(shell sed -n 's/.*"\(uv==[0-9.]*\)".*/\1/p' pyproject.toml)
COMPILE := $(UV) pip compile -q --universal --generate-hashes --no-annotate --no-header \
	--no-emit-index-url --no-emit-find-links --python-version 3.11
LAYERS := aws psp documents pages letters sheets analytics partners

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test lint environment python-check lock schemas synth deploy bench-credit bench-matching bench-dunning bench-learning bench-reports gallery chaos-payments chaos-dunning api-fuzz clean

help: ## what you can ask for
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' Makefile

demo: environment ## the whole suite on this machine, stays up until Ctrl-C (ONCE=1: play and stop; RESET=1: afresh)
	@$(TOOLS) ONCE="$(ONCE)" RESET="$(RESET)" KASSTROOM_PORT="$(PORT)" $(RUN) infra.local.demo

test: environment .local/strict-mollie/.installed lint ## every check: style, import contracts, unit, adapter, template and end-to-end tests
	$(TOOLS) STRICT_MOLLIE_PYTHON="$(CURDIR)/.local/strict-mollie/bin/python" \
	  $(RUN) pytest -n auto --dist worksteal -m "not e2e and not bench"
	$(TOOLS) $(RUN) pytest -m e2e

lint: .venv/.installed ## style and import contracts
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .
	@.venv/bin/lint-imports

environment: .venv/.installed .local/embedded-aws/.installed node_modules/.installed ## install what the rest needs

lock: .venv/.installed ## compute every lock file again from pyproject.toml
	for layer in $(LAYERS); do $(COMPILE) --group layer-$$layer -o layers/$$layer/requirements.lock; done
	$(COMPILE) --group dev -o requirements.lock
	$(COMPILE) --group embedded-aws -o infra/local/requirements.lock
	$(COMPILE) --group api-fuzz -o tests/api_fuzz.lock
	$(COMPILE) --group strict-mollie -o tests/strict_mollie.lock

schemas: .venv/.installed ## write events/published and the OpenAPI document from the code
	$(RUN) infra.schemas

synth: environment ## the CloudFormation templates of ENV (sandbox, production) in cdk.out
	$(TOOLS) $(CDK) synth --all --quiet -c environment=$(ENV)

deploy: environment ## deploy ENV to the AWS account of your credentials
	$(TOOLS) $(CDK) deploy --all -c environment=$(ENV)

bench-credit: environment ## what a checkout decision costs, as ratios in one run
	@$(RUN) tests.bench.credit_check

bench-matching: .venv/.installed ## bank lines to invoices: lines per second, right, wrong and unmatched
	@$(RUN) tests.bench.matching

bench-learning: .venv/.installed ## channel and hour by learning: rates, costs, regret, and worlds without a difference
	@$(RUN) tests.bench.learning

bench-dunning: .venv/.installed ## reminders: planned and sent per second, their cost as debtors grow, AWS requests
	@$(RUN) tests.bench.dunning

chaos-payments: .venv/.installed ## 10,000 payments through crashes, lost and doubled webhooks, time-outs
	@$(RUN) tests.bench.chaos_payments $(PAYMENTS) $(SEED)

bench-reports: environment ## reports: export, ageing and SQL as invoices grow, time and memory
	@$(RUN) tests.bench.reports $(INVOICES)

gallery: .venv/.installed ## every message in every language and channel, in .local/gallery
	@$(RUN) infra.local.gallery

chaos-dunning: .venv/.installed ## 5,000 debtors reminded for 90 days through crashes, doubled queues, wrong clocks
	@$(RUN) tests.bench.chaos_dunning $(DEBTORS) $(SEED)

api-fuzz: environment .local/api-fuzz/.installed ## throw generated requests at the running `make demo`
	@KASSTROOM_PORT="$(PORT)" $(RUN) infra.local.api_fuzz

clean: ## remove everything that was made here, the demo's books included
	rm -rf .venv .local node_modules cdk.out build

python-check:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Kasstroom needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1)."; \
	  echo "Name another one, for example: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }

.venv/.installed: requirements.lock pyproject.toml | python-check
	@echo "Installing Python packages into .venv"
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv || { \
	  echo "$(PYTHON) cannot make a virtual environment; on Debian and Ubuntu install python3-venv."; \
	  rm -rf .venv; exit 1; }
	@test -x $(UV) || .venv/bin/python -m pip install -q --disable-pip-version-check "$(UV_PIN)"
	@$(UV) pip install -q --python .venv --require-hashes -r requirements.lock
	@$(UV) pip install -q --python .venv --no-deps -e .
	@touch $@

.local/embedded-aws/.installed: infra/local/requirements.lock | .venv/.installed
	@echo "Installing the embedded AWS into .local/embedded-aws"
	@test -x .local/embedded-aws/bin/python || $(UV) venv -q --python .venv/bin/python .local/embedded-aws
	@$(UV) pip install -q --python .local/embedded-aws --require-hashes -r $<
	@touch $@

.local/api-fuzz/.installed: tests/api_fuzz.lock | .venv/.installed
	@echo "Installing the API fuzzer into .local/api-fuzz"
	@test -x .local/api-fuzz/bin/python || $(UV) venv -q --python .venv/bin/python .local/api-fuzz
	@$(UV) pip install -q --python .local/api-fuzz --require-hashes -r $<
	@touch $@

.local/strict-mollie/.installed: tests/strict_mollie.lock | .venv/.installed
	@echo "Installing the strict provider client into .local/strict-mollie"
	@test -x .local/strict-mollie/bin/python || $(UV) venv -q --python .venv/bin/python .local/strict-mollie
	@$(UV) pip install -q --python .local/strict-mollie --require-hashes -r $<
	@touch $@

node_modules/.installed: package-lock.json | .venv/.installed
	@echo "Installing the CDK command line into node_modules"
	@$(TOOLS) npm ci --silent --no-audit --no-fund --ignore-scripts
	@touch $@
