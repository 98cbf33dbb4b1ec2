# make run, make demo, make test do all their own set-up. Needs Python 3.11 and make; no root, no account.

PYTHON ?= python3.11
ENVIRONMENT = .venv/bin
# Tests of pure parts run side by side; those with models, Rasa, a browser or whole lines one after the other.
QUICK = not models and not rasa and not line and not browser and not fault
export RASA_TELEMETRY_ENABLED = false

.PHONY: run demo test check set-up clean

run: set-up
	@$(ENVIRONMENT)/openline serve

demo: set-up
	@$(ENVIRONMENT)/openline demo

test: set-up
	@$(ENVIRONMENT)/python -m pytest -q -n 2 -m "$(QUICK)"
	@$(ENVIRONMENT)/python -m pytest -q -m "not ($(QUICK))"

check: set-up
	$(ENVIRONMENT)/ruff format --check .
	$(ENVIRONMENT)/ruff check .
	$(ENVIRONMENT)/mypy
	$(ENVIRONMENT)/lint-imports
	$(ENVIRONMENT)/openline check

set-up: .venv/.in-step .venv-rasa/.in-step .venv-rules/.in-step
	@$(ENVIRONMENT)/openline set-up

.venv/.in-step: pyproject.toml uv.lock
	@echo "Installing the application (about 1.4 GB, once) …"
	@$(PYTHON) deploy/with_uv.py sync --locked --quiet
	@touch $@

.venv-rasa/.in-step: pyproject.toml uv.lock
	@echo "Installing Rasa in an environment of its own (about 2.5 GB, once) …"
	@UV_PROJECT_ENVIRONMENT=.venv-rasa $(PYTHON) deploy/with_uv.py sync --locked --quiet --no-default-groups --group rasa
	@touch $@

.venv-rules/.in-step: pyproject.toml uv.lock
	@echo "Installing the rules engine in an environment of its own (about 80 MB, once) …"
	@UV_PROJECT_ENVIRONMENT=.venv-rules $(PYTHON) deploy/with_uv.py sync --locked --quiet --no-default-groups --group rules --no-install-project
	@touch $@

clean:
	rm -rf .venv .venv-rasa .venv-rules models var .rasa
