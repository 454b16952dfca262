# The few commands a person needs. Every one of them says what it lacks; none asks a question.

CARGO ?= cargo
SAUDA := $(CARGO) run --release --locked --package sauda-app --bin sauda --

.DEFAULT_GOAL := help
.PHONY: help demo assets test check bench screenshots

help:
	@echo 'make demo         build Sauda, start it beside a pretend Kaspi and print the address to open'
	@echo 'make test         everything that must hold, on SQLite and PostgreSQL, with a browser'
	@echo 'make check        the quick part: format, tidy, clippy, tests on SQLite'
	@echo 'make bench        measure, and write docs/performance.md'
	@echo 'make screenshots  take the pictures of the tour anew'

demo: assets
	REQUIRE_ASSETS=1 $(SAUDA) demo

assets:
	@scripts/tools.sh front-end
	$(CARGO) run --quiet --locked --package xtask -- assets

test:
	@scripts/test.sh all

check:
	@scripts/test.sh check

bench: assets
	REQUIRE_ASSETS=1 $(SAUDA) bench

screenshots:
	@scripts/screenshots.sh
