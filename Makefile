# Everything is set up by the targets that need it: `make demo` and `make test` work on a fresh clone.
# A step runs again only when something it was made from has changed.

MAKEFLAGS += --no-builtin-rules
# Whatever the machine is told: what Python has compiled once it need not compile for every process again.
export PYTHONDONTWRITEBYTECODE :=
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

PORT ?= 8000
SERVE ?= 1
UPGRADE ?= 0

BIN := .venv/bin
FLASK := $(BIN)/flask --app wsgi
# A Node that set-up had to fetch lies in the virtual environment; otherwise this finds the machine's own.
WITH_NODE := PATH="$(CURDIR)/$(BIN):$$PATH"

PYTHON_READY := .venv/.ready
NODE_READY := .venv/.node-ready
MODULES := node_modules/.package-lock.json
STYLES := survey/web/static/build/myfyrio.css
TRANSLATIONS := .stamps/translations

.PHONY: help setup assets demo test bench mutants lint format gates types check-locks lock audit clean release install activate roll-back

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(PYTHON_READY) $(STYLES) $(TRANSLATIONS) ## Make ready: Python packages, styles, translations

assets: $(STYLES) ## Build the style sheet, the scripts and the icons of the pages

demo: setup ## Load demonstration data, write workbooks and report to exports/, serve it (PORT=8000, SERVE=0 to stop before)
ifneq ($(SERVE),0)
	@$(BIN)/python .ci/free-port "$(PORT)"
endif
	@SURVEY_DATA="$(CURDIR)/instance/demo" SURVEY_DEMO=1 $(FLASK) demo load
ifneq ($(SERVE),0)
	@echo "Serving on http://127.0.0.1:$(PORT)/ until you press Ctrl-C"
	@SURVEY_DATA="$(CURDIR)/instance/demo" SURVEY_DEMO=1 \
		$(BIN)/gunicorn --bind 127.0.0.1:$(PORT) --workers 2 --threads 32 --log-level warning --no-control-socket \
		--limit-request-line 8190 wsgi:app
endif

test: ## Run everything that continuous integration runs
	@$(FIND_PYTHON); "$$python" .ci/at-once "$(MAKE) --no-print-directory $(PYTHON_READY)" ".ci/programs true"
	@$(BIN)/python .ci/at-once "$(MAKE) --no-print-directory types" "$(MAKE) --no-print-directory setup lint gates" \
		"$(MAKE) --no-print-directory collection"
	@echo "Tests"
	@TMPDIR="$$(.ci/room)" .ci/programs $(BIN)/python -m pytest -n 4 --dist worksteal $(TESTS)

bench: setup ## Measure speed and memory, each beside its baseline
	@$(BIN)/python -m tests.bench

mutants: setup ## Plant wrong code and see how much of it the tests notice (ONLY=levels for one module or package)
	@$(BIN)/python -m tests.mutation $(ONLY)

lint: $(PYTHON_READY) ## Check the style of the code and the direction of its imports
	@echo "Style"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@echo "Imports"
	@$(BIN)/lint-imports --no-logo --no-cache

format: $(PYTHON_READY) ## Put the code into its style
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .

.PHONY: docs
docs: $(TRANSLATIONS) ## Write the tables of docs/ that the program says itself
	@$(BIN)/python -m docs.generate

gates: setup ## Check the questionnaires, and the translations
	@echo "Questionnaires"
	@$(FLASK) questionnaires check
	@echo "Translations"
	@$(FLASK) translations check

types: $(PYTHON_READY) ## Check the types
	@echo "Types"
	@$(BIN)/mypy

# What the tests are compiled to is then there for each of the processes that run them.
.PHONY: collection
collection: $(PYTHON_READY)
	@collected="$$($(BIN)/python -m pytest --collect-only -qq $(TESTS))" || { echo "$$collected" >&2; exit 1; }

LOCKS := runtime dev node installer
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url

lock: $(PYTHON_READY) $(NODE_READY) ## Pin the packages that requirements/*.in and package.json ask for (UPGRADE=1 for the newest)
	@for name in $(LOCKS); do \
		$(COMPILE) $(if $(filter 1,$(UPGRADE)),--upgrade) requirements/$$name.in --output-file requirements/$$name.txt || exit 1; \
	done
	@$(WITH_NODE) npm install --package-lock-only --silent

check-locks: $(PYTHON_READY) ## Check that the pinned packages are those asked for, and that no lock names a registry
	@copy="$$(mktemp -d)" && trap 'rm -rf "$$copy"' EXIT && cp requirements/*.in requirements/*.txt "$$copy" && for name in $(LOCKS); do \
		$(COMPILE) "$$copy/$$name.in" --output-file "$$copy/$$name.txt" || exit 1; \
		cmp -s "requirements/$$name.txt" "$$copy/$$name.txt" || \
			{ echo "requirements/$$name.txt is behind requirements/$$name.in: run make lock" >&2; exit 1; }; \
	done
	@if grep -nE '://|-index' requirements/*.txt || grep -n '"resolved"' package-lock.json; then \
		echo "A lock names a registry: run make lock" >&2; exit 1; fi
	@echo "The locks are as asked."

audit: $(PYTHON_READY) ## Look for known weaknesses of the pinned packages, off line (ADVISORIES='pypi.zip npm.zip', lists of OSV)
	@$(BIN)/python -m requirements.audit $(ADVISORIES)

clean: ## Remove what set-up made (never data: instance/ and exports/ stay)
	@rm -rf .venv node_modules .stamps mutants survey/web/static/build \
		.hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find translations '(' -name '*.mo' -o -name generation ')' -delete 2>/dev/null || true
	@find survey tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Of a release

release: setup ## Write the archive of a release to dist/ (WHEELS=1: with packages, to install without a network)
ifeq ($(WHEELS),1)
	@rm -rf .stamps/wheels
	@$(BIN)/python -m pip download -qq --disable-pip-version-check --require-hashes --only-binary :all: \
		-r requirements/runtime.txt --dest .stamps/wheels || { $(call UNFETCHED,Python packages,pip,pip config set global.proxy); }
endif
	@$(BIN)/python -m survey.deployment.release dist $(if $(filter 1,$(WHEELS)),--wheels .stamps/wheels)

install: ## On a server, in an unpacked release: fetch its packages. What runs is not touched
	@$(FIND_PYTHON) && "$$python" -m survey.deployment install

activate: ## … make it the one that runs; back to the one before if it does not come up (RESTART="systemctl restart myfyrio")
	@.venv/bin/python -m survey.deployment activate $(if $(RESTART),--restart "$(RESTART)")

roll-back: ## … make the release before it run again
	@.venv/bin/python -m survey.deployment roll-back $(if $(RESTART),--restart "$(RESTART)")

# How each part is made

# What is said beneath the words of a program that could not fetch packages: what, by which program, how to set a proxy.
UNFETCHED = echo "The $(1) could not be installed: $(2) says why above. If this machine reaches the index of $(2)" \
	"by a proxy only, set that ($(3) …). Nothing but set-up needs it. Then try again." >&2; exit 1

NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))

# The system's own Python first: distributors build it optimised. Pure Python took half as long again on one that is not.
PYTHONS = $(or $(PYTHON),/usr/bin/python3 python3 python3.14 python3.13 python3.12 python3.11)
# What each can do is asked once: 0 all of it, 3 is new enough and cannot make virtual environments.
CAN_DO := import sys; from importlib.util import find_spec; sys.exit(1 if sys.version_info < (3, 11) \
	else 0 if find_spec("ensurepip") and find_spec("venv") else 3)
FIND_PYTHON = python=; bare=; for one in $(PYTHONS); do \
		"$$one" -c '$(CAN_DO)' 2>/dev/null; \
		case $$? in 0) python=$$one; break;; 3) bare=$${bare:-$$one};; esac; \
	done; \
	if [ -z "$$python" ]; then \
		if [ -n "$$bare" ]; then \
			echo "$$bare cannot make virtual environments. Install the part that does" \
				"(on Debian and Ubuntu: apt-get install python3-venv) and try again." >&2; \
		else \
			echo "Myfyrio needs Python 3.11 or newer, and here is" \
				"$$($(or $(PYTHON),python3) --version 2>/dev/null || echo none)." \
				"Install one, or say where it is: make PYTHON=/path/to/python3" >&2; \
		fi; \
		exit 1; \
	fi

# What is there stays there until what is asked for has come: set-up that fails leaves it as it was.
# uv fetches and unpacks many at once, from the index that pip is set to; where it cannot, pip knows more ways to one.
INDEX_OF_PIP = export UV_DEFAULT_INDEX="$${UV_DEFAULT_INDEX:-$${PIP_INDEX_URL:-$$($(BIN)/python -m pip config get \
	global.index-url 2>/dev/null || echo)}}"; [ -n "$$UV_DEFAULT_INDEX" ] || unset UV_DEFAULT_INDEX
$(PYTHON_READY): requirements/dev.txt requirements/installer.txt
	@$(FIND_PYTHON); \
	echo "Python packages" && \
		{ $(BIN)/python -c '$(NEW_ENOUGH)' 2>/dev/null || "$$python" -m venv --clear .venv; }
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/installer.txt || \
		{ $(call UNFETCHED,Python packages,pip,pip config set global.proxy); }
	@$(INDEX_OF_PIP); UV_HTTP_TIMEOUT=20 UV_HTTP_RETRIES=1 $(BIN)/uv pip install -qq --python $(BIN)/python \
		--require-hashes -r requirements/dev.txt 2>/dev/null || \
		$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt || \
		{ $(call UNFETCHED,Python packages,pip,pip config set global.proxy); }
	@touch $@

NODE_NEW_ENOUGH := const [major, minor] = process.versions.node.split(".").map(Number); \
	process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)

$(NODE_READY): requirements/node.txt $(PYTHON_READY)
	@if ! { node -e '$(NODE_NEW_ENOUGH)' && command -v npm; } >/dev/null 2>&1; then \
		echo "Node, for building the styles and scripts" && \
		$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/node.txt || \
		{ $(call UNFETCHED,package of Node,pip,pip config set global.proxy); }; fi
	@touch $@

$(MODULES): package.json package-lock.json .npmrc $(NODE_READY)
	@echo "Design system"
	@$(WITH_NODE) npm ci --no-audit --no-fund --no-progress --loglevel=error >/dev/null || \
		{ $(call UNFETCHED,packages of the design system,npm,npm config set proxy); }
	@touch $@

$(STYLES): $(MODULES) $(wildcard survey/web/styles/* survey/web/scripts/*)
	@echo "Styles and scripts"
	@$(WITH_NODE) npm run --silent build

$(TRANSLATIONS): $(wildcard translations/*.pot translations/cy/LC_MESSAGES/*.po) $(PYTHON_READY)
	@echo "Translations"
	@$(FLASK) translations compile pseudo
	@mkdir -p $(@D) && touch $@
