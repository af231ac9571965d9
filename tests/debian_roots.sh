# SPDX-License-Identifier: Apache-2.0
# Other releases of Debian, each in a folder below build/debian. Sourced after app/packages.sh, from
# the folder of the source. They want root (or sudo) and mmdebstrap.
# shellcheck shell=bash disable=SC2016 # names in quotes are for the shells that run them

readonly DEBIANS=$PWD/build/debian

# base_of RELEASE: the least that is a Debian, to be copied and not to be changed.
base_of() {
    local base=$DEBIANS/$1.base
    if [[ ! -e $base ]]; then
        say "Making a Debian $1 in build/debian."
        as_root mkdir -p "$DEBIANS" &&
            as_root rm -rf "$base.new" &&
            as_root mmdebstrap --quiet --variant=minbase --dpkgopt=force-unsafe-io \
                --customize-hook='mkdir "$1/bellhop"; touch "$1/etc/resolv.conf"' \
                --customize-hook='printf "#!/bin/sh\nexit 101\n" >"$1/usr/sbin/policy-rc.d"' \
                --customize-hook='chmod 755 "$1/usr/sbin/policy-rc.d"' \
                "$1" "$base.new" http://deb.debian.org/debian &&
            as_root mv "$base.new" "$base"
    fi
}

# copy_of RELEASE NAME: a fresh copy of that, under a name of its own.
copy_of() {
    base_of "$1" &&
        as_root rm -rf "$DEBIANS/$2" "$DEBIANS/$2.new" &&
        as_root cp -a "$DEBIANS/$1.base" "$DEBIANS/$2.new" &&
        as_root mv "$DEBIANS/$2.new" "$DEBIANS/$2"
}

# in_root NAME COMMAND…: runs a command there, from the folder of the source. What is mounted for it,
# the source read-only and a build folder over its own, goes away with the command. With ROOT_DISPLAY
# the command sees that display of this computer.
in_root() {
    local root=$DEBIANS/$1 build=$DEBIANS/$1.build
    shift
    as_root mkdir -p "$build"
    as_root unshare --mount --pid --fork --kill-child bash -euc '
        root=$1 source=$2 build=$3 display=$4
        shift 4
        mount --bind "$source" "$root/bellhop"
        mount -o remount,bind,ro "$root/bellhop"
        mount --bind "$build" "$root/bellhop/build"
        mount --bind /etc/resolv.conf "$root/etc/resolv.conf"
        mount --rbind /dev "$root/dev"
        mount -t proc proc "$root/proc"
        mount -t sysfs -o ro sysfs "$root/sys"
        if [[ -n $display ]]; then
            mkdir -p "$root/tmp/.X11-unix"
            mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
        fi
        exec chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
            TERM="${TERM:-dumb}" DISPLAY="$display" http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" \
            bash -euc "cd /bellhop; \"\$@\"" bash "$@"' bash "$root" "$PWD" "$build" "${ROOT_DISPLAY:-}" \
        "$@"
}

# root_to_build RELEASE: a root of that name with all that building and testing take.
root_to_build() {
    if [[ ! -e $DEBIANS/$1 ]]; then
        copy_of "$1" "$1" || return
    fi
    in_root "$1" bash -euc 'source app/packages.sh
        ensure_packages "${BUILD_PACKAGES[@]}" "${RUNTIME_PACKAGES[@]}" "${TEST_PACKAGES[@]}"'
}
