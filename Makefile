.DEFAULT_GOAL := help

# Given by whoever calls make, and not to be trusted: what stands in these reaches the shell through its environment and
# is never expanded, so that a client named `$(rm -r x)` is an unknown client.
override CLIENT := $(value CLIENT)
override QUARTER := $(value QUARTER)
override FORMAT := $(value FORMAT)
override DATA := $(value DATA)
override OUTPUT := $(value OUTPUT)
override PYTHON := $(value PYTHON)
override ALL := $(value ALL)
export CLIENT QUARTER FORMAT DATA OUTPUT PYTHON ALL

# A variable of another name would change nothing, silently: `client=acme` would build all clients. Those above count as
# overridden; only their names are looked at, never what they hold.
unknown := $(foreach name,$(.VARIABLES),$(if $(filter command,$(firstword $(origin $(name)))),$(name)))
known := CLIENT QUARTER FORMAT DATA OUTPUT PYTHON ALL
meant := client/CLIENT Client/CLIENT clients/CLIENT CLIENTS/CLIENT kunde/CLIENT KUNDE/CLIENT Kunde/CLIENT mandant/CLIENT \
	MANDANT/CLIENT quarter/QUARTER Quarter/QUARTER quartal/QUARTER QUARTAL/QUARTER Quartal/QUARTER format/FORMAT \
	FORMATS/FORMAT data/DATA DATEN/DATA daten/DATA output/OUTPUT AUSGABE/OUTPUT python/PYTHON all/ALL
ifneq ($(strip $(unknown)),)
hint := $(strip $(foreach name,$(unknown),$(patsubst $(name)/%,%,$(filter $(name)/%,$(meant)))))
$(error there is no variable $(strip $(unknown)); $(if $(hint),did you mean $(hint)?,known are $(known)))
endif

# Where Python may not keep its compiled modules every start compiles all of them again, which takes a second.
unexport PYTHONDONTWRITEBYTECODE

environment := .venv
ifeq ($(OS),Windows_NT)
python := $(environment)/Scripts/python.exe
else
python := $(environment)/bin/python
endif
installed := $(environment)/.installed
tests_installed := $(environment)/.tests-installed

# An environment whose interpreter has gone (a broken link after an upgrade) is made anew.
ifeq ($(wildcard $(python)),)
.PHONY: $(installed) $(tests_installed)
endif

# macOS does not look where Homebrew keeps libraries, and its sh drops the variable when make hands it down.
ifeq ($(shell uname -s),Darwin)
run := DYLD_FALLBACK_LIBRARY_PATH=/opt/homebrew/lib:/usr/local/lib $(python) -m
else
run := $(python) -m
endif

# CLIENT may name several clients; `set -f` keeps a `*` in a name from becoming file names.
clients := set -f; set -- $$CLIENT;
data := $${DATA:+"--data=$$DATA"}
options := $(data) $${QUARTER:+"--quarter=$$QUARTER"} $${FORMAT:+"--format=$$FORMAT"} $${OUTPUT:+"--output=$$OUTPUT"}

.PHONY: help
help: ## show this list
	@echo 'make [target] [CLIENT="name ..."] [QUARTER=2026-Q3] [FORMAT=html,pdf,json,actions] [DATA=folder] [OUTPUT=folder]'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' Makefile

.PHONY: report
report: $(installed) ## build the reports of all clients, or of CLIENT, for the newest complete quarter or QUARTER
	@$(clients) $(run) retention_reports build $(options) -- "$$@"

.PHONY: check-data
check-data: $(installed) ## name the problems in the data of all clients, or of CLIENT; ALL=1 names every single one
	@$(clients) $(run) retention_reports check $(data) $${ALL:+--all} -- "$$@"

.PHONY: list
list: $(installed) ## list the clients and their quarters
	@$(run) retention_reports list $(data)

.PHONY: test
test: $(tests_installed) ## run the tests, without the slow ones
	@$(run) pytest --numprocesses=auto -m 'not slow'

.PHONY: test-slow
test-slow: $(tests_installed) ## run the slow tests
	@$(run) pytest --numprocesses=auto -m slow

.PHONY: test-all
test-all: $(tests_installed) ## run all tests and measure which branches they cover
	@$(run) pytest --numprocesses=auto --cov

.PHONY: check
check: $(tests_installed) ## check style, types, which module imports which, and that no code is dead
	@$(run) ruff check
	@$(run) ruff format --check
	@$(run) mypy
	@$(python) $(environment)/bin/lint-imports
	@$(run) vulture

.PHONY: bench
bench: $(tests_installed) ## measure how long reports take
	@$(run) tests.bench

dictionary := retention_reports/dictionary
.PHONY: figures
figures: $(installed) ## write the reference and the JSON Schema of figures.json anew
	@$(run) retention_reports figures > $(dictionary)/figures.md
	@$(run) retention_reports figures --schema > $(dictionary)/figures.schema.json

uv := $(run) uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-header --no-annotate

.PHONY: bench-claims
bench-claims: $(tests_installed) ## measure what predictions are worth, on the samples and public data
	@$(run) tests.bench.claims

.PHONY: lock
lock: $(installed) ## bring the lock files in line with pyproject.toml (delete them first to take the newest versions)
	@$(run) pip --disable-pip-version-check install --quiet 'uv>=0.13,<0.14'
	@$(uv) --output-file requirements.lock pyproject.toml
	@$(uv) --output-file tests/requirements.lock --constraint requirements.lock --group tests

.PHONY: sbom
sbom: $(installed) ## write the bill of materials (CycloneDX) of the locked packages to build/sbom.cdx.json
	@mkdir -p build
	@$(python) .ci/sbom requirements.lock > build/sbom.cdx.json

# Only what git ignores: a file that somebody put under version control stays, whatever folder it is in.
.PHONY: clean
clean: ## remove the environment, the caches and everything built, the reports too
	@git clean -Xdfq -- $(environment) build dist reports .coverage htmlcov '.*_cache' .hypothesis ':(glob)**/__pycache__'

$(installed): requirements.lock
	@sh .ci/environment $<
	@touch $@

# Both locks: an environment that was interrupted is made anew here, with everything in it.
$(tests_installed): tests/requirements.lock $(installed)
	@sh .ci/environment requirements.lock tests/requirements.lock
	@touch $(installed) $@
