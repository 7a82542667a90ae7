# lumbard: `make demo` and `make test` are all the set-up a fresh Debian machine with Swift needs.

SHELL       := /bin/bash
PREFIX      ?= /usr
SYSCONFDIR  ?= /etc
DESTDIR     ?=
SWIFT       ?= swift
RELEASE     := .build/release
DAYS        ?= 200
# Debian's own Swift links against libraries outside the loader's path.
SWIFT_FLAGS ?= $(shell tools/swift-flags)
RELEASE_FLAGS ?= $(shell tools/swift-flags release)

.PHONY: all help demo test check bless bench fuzz alloc check-report release debug install uninstall format clean prepare simulate-days accuracy check-accuracy

all: release

help: ## say what there is to make
	@sed -nE 's/^([a-z-]+):.*## /\1 /p' Makefile | while read -r name what; do printf '%-14s %s\n' $$name "$$what"; done

prepare: ## install the system packages the build needs (through sudo where needed), or say which
	@tools/prepare

debug: prepare
	$(SWIFT) build $(SWIFT_FLAGS)

release: prepare ## build the programs
	$(SWIFT) build -c release $(RELEASE_FLAGS)

demo: release ## a simulated wearer on a real serial line for half a minute, then a whole simulated day
	@tools/demo $(RELEASE)

test: prepare ## run every test
	@tools/run-tests $(SWIFT_FLAGS)

check: prepare ## formatting, layers, generated files, manual pages, unit file
	@tools/check-format
	@tools/check-layers
	@tools/check-sources
	@tools/check-generated $(SWIFT_FLAGS)
	@tools/check-pages $(SWIFT_FLAGS)
	@tools/check-unit

bless: prepare ## rewrite the golden transcripts and generated files (say why in the commit)
	LUMBAR_BLESS=1 $(SWIFT) test $(SWIFT_FLAGS) --filter RecordingTests
	@tools/check-generated --write $(SWIFT_FLAGS)

bench: release ## ns per byte and per sample, as ratios to a plain memory pass
	$(RELEASE)/lumbar-bench

alloc: release ## fail unless a replayed hour allocates nothing per sample
	$(RELEASE)/lumbar-bench --allocations-only

simulate-days: prepare ## replay DAYS simulated days (200) with known truth, and say how well they were understood
	$(SWIFT) build -c release $(RELEASE_FLAGS) --product lumbar-days
	$(RELEASE)/lumbar-days --days $(DAYS)

accuracy: prepare ## write ACCURACY.md anew from its figures and 200 simulated days
	$(SWIFT) build -c release $(RELEASE_FLAGS) --product lumbar-days
	$(RELEASE)/lumbar-days --page Accuracy ACCURACY.md

check-accuracy: prepare ## fail when ACCURACY.md is stale: 20 of its simulated days are replayed
	$(SWIFT) build -c release $(RELEASE_FLAGS) --product lumbar-days
	$(RELEASE)/lumbar-days --page Accuracy ACCURACY.md --check

check-report: release ## open reports of a simulated history in Chromium, and hold them to what a person needs
	@tools/check-report $(RELEASE)

fuzz: prepare ## fuzz every parser, FUZZ_SECONDS each (60); FUZZ_SEED makes a run again
	@tools/fuzz

format: ## format the sources in place
	$(SWIFT) format -i -r Package.swift Sources Tests

install: ## install into DESTDIR/PREFIX; run `make release` first
	@tools/install "$(DESTDIR)" "$(PREFIX)" "$(SYSCONFDIR)" "$(RELEASE)"

uninstall: ## remove what install put there; recorded days in /var/lib/lumbard stay
	@tools/install --remove "$(DESTDIR)" "$(PREFIX)" "$(SYSCONFDIR)" "$(RELEASE)"

clean: ## remove everything built
	rm -rf .build .build-fuzz
