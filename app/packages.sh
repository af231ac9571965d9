# SPDX-License-Identifier: Apache-2.0
# The Debian packages Bellhop needs, and how the scripts get at them. Sourced, never run.
# shellcheck shell=bash disable=SC2034

# "bookworm" on Debian 12, "trixie" on 13.
release_name() {
    # shellcheck source=/dev/null
    source /etc/os-release && printf '%s' "${VERSION_CODENAME:-}"
}

# Debian 13 has the plugins of Qt Svg in a package of their own, Debian 12 beside the library.
svg_plugins() {
    if [[ $(release_name) == bookworm ]]; then
        printf 'libqt6svg6'
    else
        printf 'qt6-svg-plugins'
    fi
}

# What CMake asks for.
readonly BUILD_PACKAGES=(
    build-essential cmake ninja-build
    qt6-base-dev qt6-base-dev-tools qt6-svg-dev
    qcoro-qt6-dev qtkeychain-qt6-dev libexpected-dev libxxhash-dev libssl-dev zlib1g-dev
)

# What no header mentions but a running program looks for: plugins, certificates, one font.
readonly RUNTIME_PACKAGES=(
    qt6-qpa-plugins qt6-wayland "$(svg_plugins)" libqt6sql6-sqlite libsecret-1-0
    ca-certificates fonts-dejavu-core
)

# Real parts to test against, and the peers to measure against. apache2-bin is Apache with its modules
# and without the service; nginx-light has the WebDAV module built in.
readonly TEST_PACKAGES=(
    nginx-light apache2-bin squid openssl dbus xvfb xauth x11-utils strace curl aria2 time
    gnome-keyring ntfs-3g iproute2 appstream desktop-file-utils
)

# Further peers to measure against.
readonly BENCH_PACKAGES=(axel wget wget2)

# Other releases of Debian in a folder, to build and install there.
readonly ROOT_PACKAGES=(mmdebstrap)

readonly FUZZ_PACKAGES=(clang-19 libclang-rt-19-dev)

readonly LINT_PACKAGES=(git clang-tidy-19)

say() {
    printf '%s\n' "$*" >&2
}

fail() {
    say "$*"
    exit 1
}

as_root() {
    if ((EUID == 0)); then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "This needs root and there is no sudo here. As root: $*"
    fi
}

# Those of the packages that are not installed, one a line.
missing_packages() {
    local -A installed=()
    local state name
    while read -r state name; do
        [[ $state == ii ]] && installed[$name]=1
    done < <(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' "$@" 2>/dev/null || true)
    for name in "$@"; do
        [[ -v installed[$name] ]] || printf '%s\n' "$name"
    done
}

# Installs what is missing and says so; takes a moment when nothing is.
ensure_packages() {
    if ! command -v dpkg-query >/dev/null; then
        say "This is not Debian, so nothing is installed. Needed, by their Debian names: $*"
        return
    fi
    local missing
    mapfile -t missing < <(missing_packages "$@")
    if ((${#missing[@]} == 0)); then
        return
    fi
    say "Installing from Debian: ${missing[*]}"
    if [[ " ${missing[*]} " == *" nginx-light "* || " ${missing[*]} " == *" squid "* ]]; then
        say "Debian also starts nginx and squid as services; the tests need neither and run their own."
    fi
    as_root apt-get -q update
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "${missing[@]}"
}

# How many tests to run at once: they wait more than they work.
tests_at_once() {
    printf '%s' "$(($(nproc) * 3 / 2))"
}

# build PRESET [TARGET…]: configures when that was not done yet, then builds.
build() {
    local preset=$1 target
    shift
    if [[ ! -e build/$preset/build.ninja ]]; then
        cmake --preset "$preset"
    fi
    local targets=()
    for target in "$@"; do
        targets+=(--target "$target")
    done
    cmake --build "build/$preset" "${targets[@]}" -j "$(nproc)"
}
