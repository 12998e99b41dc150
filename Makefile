# `make serve` to use the program, `make test` to try everything. Both install what is missing, and only that.
# Tool versions: tools/versions.

include tools/versions
cargo_home := $(or $(CARGO_HOME),$(HOME)/.cargo)
export PATH := $(CURDIR)/.tools/bin:$(cargo_home)/bin:$(PATH)
# trunk takes the customary NO_COLOR=1 for a wrong argument.
unexport NO_COLOR

PORT ?= 8080
VIEWER := --no-default-features --features viewer
# All browsers that run the page have SIMD; without it hashing and scanning take up to twice the time.
# The module bears no path of this machine: the same sources give the same bytes on any. Rust's own library is built
# with it, for size, which the toolchain knows how to do but does not promise to: hence RUSTC_BOOTSTRAP, here only.
# A mistake in the program itself ends the page without a text of its own: the boot script says so, and where it was.
# What is moved in memory is moved by one instruction, not word by word.
TERSE = -Zunstable-options -Cpanic=immediate-abort -Zfmt-debug=none -Zlocation-detail=none \
	-Cllvm-args=-max-store-memcpy=1 -Cllvm-args=-max-store-memmove=1
TRUNK = RUSTFLAGS="--cfg=erase_components $(TERSE) -Ctarget-feature=+simd128 --remap-path-prefix=$(cargo_home)=cargo \
	--remap-path-prefix=$$(rustc --print sysroot)=rust" \
	RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size \
	trunk

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help serve test bench parity screenshots build check audit licences sbom setup tools page clean

help:
	@echo 'make serve   build the viewer and serve it on this machine (PORT=$(PORT))'
	@echo 'make test    build everything and run every test, in Chromium and Firefox too'
	@echo 'make build   hosted page in dist/, single file dist/sla-statement.html, target/release/sla-statement'
	@echo 'make screenshots  take the pictures of the README, and those that tests compare with, anew'
	@echo 'make bench   measure it, and beside other libraries, natively and in Chromium, into docs/performance.md'
	@echo 'make check   format, lints with warnings denied, tidiness'
	@echo 'make audit   licences, sources and known faults of everything the program is made of (before a release)'
	@echo 'make setup   only install what the above need'

serve: tools
	@SLA_ADDRESS=http://127.0.0.1:$(PORT)/ $(TRUNK) serve --port $(PORT)

test: setup page parity
	cargo test --no-fail-fast --features viewer

# The engine once more, as wasm in headless Chromium: the same record must give the same digest. Then the views by themselves.
parity:
	CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner CHROMEDRIVER=$$(command -v chromedriver) \
	cargo test --target wasm32-unknown-unknown --no-default-features --test parity
	CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner CHROMEDRIVER=$$(command -v chromedriver) \
	cargo test --target wasm32-unknown-unknown $(VIEWER) --test components

# Those that look as before, but for another rasteriser, stay as they are. Look at the others before they are committed.
screenshots: setup page
	SLA_PICTURES=keep cargo test --test browser -- pictures::
	@git status --short docs/pictures tests/browser/pictures

# Takes half an hour, and a machine that does nothing else meanwhile. `cargo bench --bench engine -- NAME` measures a part.
bench: build
	@tools/setup.sh bench
	cargo bench --profile dev --bench side_by_side
	cargo bench --profile dev --bench cold_start
	cargo bench --profile dev --bench charts
	cargo bench --bench engine

build: tools page
	cargo build --release --bin sla-statement --features viewer-inside
	cp THIRD-PARTY.txt target/release/
	@ls -l dist/sla-statement.html target/release/sla-statement target/release/THIRD-PARTY.txt

check: tools
	cargo fmt --all --check
	cargo clippy --all-targets -- -D warnings
	cargo clippy --target wasm32-unknown-unknown $(VIEWER) --lib --bin viewer -- -D warnings
	cargo test --test tidy

# Installs cargo-deny, which takes some minutes once; looks up known faults, which takes a network: what needs none is
# checked first.
audit:
	@tools/setup.sh audit
	cargo deny --all-features check bans licenses sources
	@cargo deny --all-features fetch db || { echo 'audit: the list of known faults is out of reach. Everything else was checked; this was not.' >&2; exit 1; }
	cargo deny --all-features --offline check advisories

licences:
	node tools/licences.mjs

# What page and program are made of, for those who keep such lists.
sbom:
	@tools/setup.sh audit
	cargo cyclonedx --all-features --format json --override-filename sla-statement.cdx
	mkdir -p dist && mv sla-statement.cdx.json dist/ && rm -f sample-rows/sla-statement.cdx.json

setup:
	@tools/setup.sh test

tools:
	@tools/setup.sh build

# The hosted page, and the single file made of it.
page: tools
	$(TRUNK) build

clean:
	rm -rf dist tests/out target
