#!/bin/sh
# Makes .venv with everything installed from the hash-pinned files, and, where it may, installs the
# system's packages for letters as PDF. Called by `make setup`.
# Nothing happens when .venv was made from the same files: a stamp in it holds their checksum.
# PYTHON=/path/to/python chooses the interpreter (3.11 or later).
set -eu
cd "$(dirname "$0")/.."

say() { echo "setup: $*" >&2; }
recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
version() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])'; }

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        if recent "$PYTHON"; then echo "$PYTHON"; return; fi
        say "PYTHON=$PYTHON does not run or is older than 3.11."
        return 1
    fi
    for name in python3 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null && recent "$name"; then echo "$name"; return; fi
    done
    if command -v python3 >/dev/null; then
        say "python3 here is $(python3 --version 2>&1); the portal needs Python 3.11 or later."
    else
        say "There is no python3."
    fi
    say "Install one (Debian 12: apt-get install python3 python3-venv) or name one: make setup PYTHON=/path/to/python3"
    return 1
}

# The Debian packages for letters as PDF that this machine lacks. Where libraries cannot be listed
# (no glibc) none is named: the portal itself says so when it makes its first letter.
lacking() {
    libraries=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null) || return 0
    while read -r library package; do
        case "$libraries" in *"$library"*) ;; *) echo "$package" ;; esac
    done <<END
libpango-1.0.so.0 libpango-1.0-0
libpangoft2-1.0.so.0 libpangoft2-1.0-0
libharfbuzz-subset.so.0 libharfbuzz-subset0
END
    if [ -z "$(fc-list 'Noto Serif CJK SC' 2>/dev/null)" ]; then
        echo fontconfig fonts-noto-cjk
    fi
}

apt() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=1 \
        -o Acquire::http::Timeout=20 -o DPkg::Lock::Timeout=120 "$@" >/dev/null 2>&1
}

# Installs what is missing where that is allowed (root, or sudo without a password), else names it:
# without these packages everything works but letters as PDF.
system_packages() {
    missing=$(lacking | xargs)
    [ -n "$missing" ] || return 0
    as_root=
    if [ "$(id -u)" != 0 ]; then as_root="sudo -n"; fi
    if [ "$1" = install ] && command -v apt-get >/dev/null \
            && { [ -z "$as_root" ] || $as_root true 2>/dev/null; }; then
        say "installing $missing (letters as PDF; about 60 MB)"
        # The lists of a machine may be old or not there at all.
        # shellcheck disable=SC2086
        apt install -y --no-install-recommends $missing || {
            apt update && apt install -y --no-install-recommends $missing
        } || true
        missing=$(lacking | xargs)
    fi
    [ -z "$missing" ] || say "letters cannot be made as PDF until somebody installs: $missing"
}

python=$(find_python)

# One set-up at a time: 'make serve' and 'make test' may be started together.
if command -v flock >/dev/null; then
    exec 9<requirements-dev.txt
    flock -n 9 || { say "waiting for another set-up to finish"; flock 9; }
fi

wanted="$(version "$python") $(cat requirements.txt requirements-dev.txt | cksum)"
stamp=.venv/.installed
if [ -x .venv/bin/python ] && recent .venv/bin/python; then
    if [ -z "${PYTHON:-}" ]; then
        # Any sound .venv will do, whichever interpreter it was made with.
        wanted="$(version .venv/bin/python) $(cat requirements.txt requirements-dev.txt | cksum)"
    fi
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
        system_packages name
        exit 0
    fi
fi

if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    say "$python has no venv module. Debian: apt-get install python3-venv"
    exit 1
fi

system_packages install

rm -f "$stamp"
if ! { [ -x .venv/bin/python ] && recent .venv/bin/python \
       && [ "$(version .venv/bin/python)" = "${wanted%% *}" ]; }; then
    say "making .venv with $("$python" --version)"
    rm -rf .venv
    "$python" -m venv .venv
fi
say "installing the packages of requirements-dev.txt into .venv (about half a minute)"
if ! .venv/bin/python -m pip install -qq --disable-pip-version-check \
        --require-hashes --no-deps -r requirements-dev.txt; then
    say "the packages could not be installed (see above). Is a package registry reachable?"
    exit 1
fi
.venv/bin/python -m pip check --quiet || { say "the installed packages do not fit together"; exit 1; }
echo "$wanted" >"$stamp"
say "ready: .venv/bin/python manage.py …"
