#!/usr/bin/env bash
# Installs what is missing and nothing else.
#   tools/setup.sh build   what building needs: C compiler, Rust toolchain, trunk, wasm-bindgen, wasm-opt
#   tools/setup.sh audit   what looks through the dependencies before a release: cargo-deny, cargo-cyclonedx
#   tools/setup.sh test    the same and what the tests need: browsers, their drivers, poppler, CJK fonts, axe-core
#   tools/setup.sh bench   the same and what this program is measured against
# Every tool is looked for first; cargo's and npm's are taken only in the version that tools/versions names.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=tools/versions
source tools/versions

tools_dir="$PWD/.tools"
export PATH="$tools_dir/bin:${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"

has() { command -v "$1" >/dev/null 2>&1; }

say() { printf 'setup: %s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

# Debian packages, given as COMMAND=PACKAGE: a package is wanted when its command is missing.
install_packages() {
  local wanted=() pair
  for pair in "$@"; do
    has "${pair%%=*}" || wanted+=("${pair#*=}")
  done
  if [[ " $* " == *fc-list=* ]] && ! { has fc-list && [[ -n "$(fc-list ':lang=zh-tw' family 2>/dev/null)" ]]; }; then
    wanted+=(fonts-noto-cjk)
  fi
  ((${#wanted[@]})) || return 0
  has apt-get || fail "missing: ${wanted[*]}. Without apt-get these have to be installed by hand."
  local as_root=()
  if ((EUID != 0)); then
    has sudo || fail "missing: ${wanted[*]}. Run this as root, or install sudo."
    as_root=(sudo)
  fi
  say "apt-get install ${wanted[*]}"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}"
}

install_rust() {
  has rustup || fail "rustup is missing. See https://rustup.rs"
  # Inside this folder cargo belongs to rust-toolchain.toml; it answers only if that toolchain is installed.
  if ! RUSTUP_AUTO_INSTALL=0 cargo --version >/dev/null 2>&1 ||
    ! rustup target list --installed 2>/dev/null | grep -qx wasm32-unknown-unknown ||
    ! cargo fmt --version >/dev/null 2>&1 || ! cargo clippy --version >/dev/null 2>&1 ||
    [[ ! -e "$(rustc --print sysroot)/lib/rustlib/src/rust/library/Cargo.lock" ]]; then
    say "installing the toolchain of rust-toolchain.toml"
    rustup toolchain install || rustup show
    rustup target add wasm32-unknown-unknown
    rustup component add rustfmt clippy rust-src
  fi
}

# A program from crates.io in an exact version: COMMAND CRATE VERSION [cargo install options]
install_crate() {
  local command="$1" crate="$2" version="$3"
  shift 3
  # What is only meant to be called by cargo tells its version as cargo asks for it.
  local told
  told=$("$command" --version 2>/dev/null || "$command" "${command#cargo-}" --version 2>/dev/null) || true
  if [[ " ${told%%$'\n'*} " == *" $version "* ]]; then
    return 0
  fi
  say "cargo install $crate $version (takes a few minutes, once)"
  # Built for a short wait now, not for the last bit of speed: trunk's own profile takes three times as long.
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
    cargo install --quiet "$crate" --version "=$version" --root "$tools_dir" --force "$@"
}

# wasm-opt comes from npm: the archives that trunk would download are out of reach behind many firewalls.
install_wasm_opt() {
  has npm || fail "npm is missing. On Debian: apt-get install npm"
  local package="$tools_dir/node_modules/binaryen/package.json"
  if ! grep -qs "\"version\": \"$BINARYEN_VERSION\"" "$package"; then
    say "npm install binaryen $BINARYEN_VERSION"
    npm install --prefix "$tools_dir" --no-audit --no-fund --save-exact --loglevel=error "binaryen@$BINARYEN_VERSION"
  fi
  mkdir -p "$tools_dir/bin"
  if ! cmp -s tools/wasm-opt "$tools_dir/bin/wasm-opt"; then
    install -m 755 tools/wasm-opt "$tools_dir/bin/wasm-opt"
  fi
}

# Makes scripts and style sheets small, always alike.
install_esbuild() {
  grep -qs "\"version\": \"$ESBUILD_VERSION\"" "$tools_dir/node_modules/esbuild/package.json" && return 0
  has npm || fail "npm is missing. On Debian: apt-get install npm"
  say "npm install esbuild $ESBUILD_VERSION"
  npm install --prefix "$tools_dir" --no-audit --no-fund --save-exact --loglevel=error "esbuild@$ESBUILD_VERSION"
}

# The rules by which the tests look for what keeps a page from people.
install_axe() {
  grep -qs "\"version\": \"$AXE_VERSION\"" "$tools_dir/node_modules/axe-core/package.json" && return 0
  has npm || fail "npm is missing. On Debian: apt-get install npm"
  say "npm install axe-core $AXE_VERSION"
  npm install --prefix "$tools_dir" --no-audit --no-fund --save-exact --loglevel=error "axe-core@$AXE_VERSION"
}

# The libraries that one would use in this program's place, in versions of their own folder.
install_peers() {
  local folder="$tools_dir/bench" python="$tools_dir/bench/python"
  install_packages time=time
  python3 -c 'import ensurepip' 2>/dev/null || install_packages none=python3-venv
  if ! cmp -s tools/versions "$folder/versions"; then
    say "installing what is measured beside this program (takes a few minutes, once)"
    mkdir -p "$folder"
    python3 -m venv "$python"
    # shellcheck disable=SC2086
    "$python/bin/pip" install --quiet $BENCH_PYTHON
    # shellcheck disable=SC2086
    npm install --prefix "$folder" --no-audit --no-fund --loglevel=error $BENCH_NPM
    cp tools/versions "$folder/versions"
  fi
}

case "${1:-}" in
audit)
  install_packages cc=build-essential
  install_rust
  install_crate cargo-deny cargo-deny "$CARGO_DENY_VERSION" --locked --no-default-features
  install_crate cargo-cyclonedx cargo-cyclonedx "$CARGO_CYCLONEDX_VERSION" --locked
  exit
  ;;
build)
  install_packages cc=build-essential
  ;;
test | bench)
  install_packages cc=build-essential chromium=chromium chromedriver=chromium-driver firefox-esr=firefox-esr \
    pdftotext=poppler-utils fc-list=fontconfig
  ;;
*)
  fail "usage: tools/setup.sh audit|build|test|bench"
  ;;
esac

install_rust
install_wasm_opt
install_esbuild
install_crate wasm-bindgen wasm-bindgen-cli "$WASM_BINDGEN_VERSION"
install_crate trunk trunk "$TRUNK_VERSION" --locked
if [[ "$1" != build ]]; then
  install_crate geckodriver geckodriver "$GECKODRIVER_VERSION" --locked
  install_axe
fi
if [[ "$1" == bench ]]; then
  install_peers
fi
