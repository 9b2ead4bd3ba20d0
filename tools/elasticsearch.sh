#!/bin/sh
# Elasticsearch for tests and benches, from Maven Central (no account, no package of its own needed).
#
#   tools/elasticsearch.sh install   fetch and unpack it unless it is there; prints its home
#   tools/elasticsearch.sh path      print its home; exit 1 when it is not installed
#   tools/elasticsearch.sh user      print the user the server must run as (made when root asks)
#
# DONDOC_ELASTICSEARCH_CACHE overrides the folder (default: .cache/elasticsearch in the project
# root, or /var/cache/dondoc-elasticsearch where other users may not enter the project).
# As root on Debian or Ubuntu, Java and Maven are installed with apt when they are missing.
set -eu

version=8.19.8
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)

# The server runs as a user of its own when we are root: it must be able to enter the folder.
open_to_all() {
    folder=$1
    while [ "$folder" != / ]; do
        [ ! -e "$folder" ] || [ -n "$(find "$folder" -maxdepth 0 -perm -001)" ] || return 1
        folder=$(dirname -- "$folder")
    done
}

cache=${DONDOC_ELASTICSEARCH_CACHE:-}
if [ -z "$cache" ]; then
    cache=$root/.cache/elasticsearch
    if [ "$(id -u)" = 0 ] && ! open_to_all "$cache"; then cache=/var/cache/dondoc-elasticsearch; fi
fi
home=$cache/elasticsearch-$version
server_user=dondoc-es

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "elasticsearch.sh: $*"
    exit 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        return 1
    fi
}

need() { # need COMMAND PACKAGE
    command -v "$1" >/dev/null 2>&1 && return 0
    if command -v apt-get >/dev/null 2>&1; then
        say "Installing $2 ..."
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >&2 ||
            { as_root apt-get update -qq >&2 &&
                as_root env DEBIAN_FRONTEND=noninteractive \
                    apt-get install -y -qq --no-install-recommends "$2" >&2; } || true
    fi
    command -v "$1" >/dev/null 2>&1 || fail "$1 is missing; install it (Debian: apt-get install $2)"
}

installed() { [ -f "$home/.complete" ]; }

install() {
    need java default-jre-headless
    if ! installed; then
        need mvn maven
        mkdir -p "$cache"
        chmod a+x "$cache"
        artifact=org.elasticsearch.distribution.integ-test-zip:elasticsearch:$version:zip
        plugin=org.apache.maven.plugins:maven-dependency-plugin
        say "Fetching Elasticsearch $version from Maven Central ..."
        fresh=$(mktemp -d "$cache/unpack.XXXXXX")
        trap 'rm -rf "$fresh"' EXIT INT TERM
        (
            cd "$fresh"
            mvn -q -B "$plugin:3.6.1:get" -Dartifact="$artifact" -Dtransitive=false >&2
            mvn -q -B "$plugin:3.6.1:copy" -Dartifact="$artifact" -DoutputDirectory="$fresh" >&2
        ) || fail "Maven could not fetch $artifact"
        # The JDK's jar command is not in every JRE; Python is needed by the project anyway.
        python3 - "$fresh" <<'PY' || fail "the archive could not be unpacked"
import pathlib, sys, zipfile

folder = pathlib.Path(sys.argv[1])
(archive,) = folder.glob("elasticsearch-*.zip")
with zipfile.ZipFile(archive) as bundle:
    bundle.extractall(folder / "out")
archive.unlink()
PY
        chmod -R a+rX "$fresh"
        chmod a+rx "$fresh"/out/elasticsearch-*/bin/*
        rm -rf "$home"
        mv "$fresh"/out/elasticsearch-* "$home"
        touch "$home/.complete"
    fi
    printf '%s\n' "$home"
}

case ${1:-} in
install) install ;;
path)
    installed || fail "not installed; run tools/elasticsearch.sh install"
    printf '%s\n' "$home"
    ;;
user)
    # The server refuses to run as root.
    if [ "$(id -u)" != 0 ]; then
        id -un
    else
        id "$server_user" >/dev/null 2>&1 ||
            useradd --system --no-create-home --shell /usr/sbin/nologin "$server_user" >&2
        printf '%s\n' "$server_user"
    fi
    ;;
*)
    sed -n '2,10s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
