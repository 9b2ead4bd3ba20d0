#!/bin/sh
# veraPDF, the validator of PDF/A, for tests, from Maven Central.
#
#   tools/verapdf.sh install       fetch it unless it is there; prints its folder
#   tools/verapdf.sh path          print its folder; exit 1 when it is not installed
#   tools/verapdf.sh check FILE…   validate against PDF/A-2b; a line "PASS …" or "FAIL …" per file
#
# DONDOC_VERAPDF_CACHE overrides the folder (default: .cache/verapdf in the project root).
set -eu

version=1.28.2
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
home=${DONDOC_VERAPDF_CACHE:-$root/.cache/verapdf}/verapdf-$version

fail() {
    printf 'verapdf.sh: %s\n' "$*" >&2
    exit 1
}

installed() { [ -f "$home/.complete" ] && command -v java >/dev/null 2>&1; }

install() {
    if ! installed; then
        command -v java >/dev/null 2>&1 || fail "java is missing (Debian: apt-get install default-jre-headless)"
        command -v mvn >/dev/null 2>&1 || fail "mvn is missing (Debian: apt-get install maven)"
        mkdir -p "$home"
        cat >"$home/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>vn.dondoc</groupId><artifactId>verapdf</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>org.verapdf.apps</groupId><artifactId>greenfield-apps</artifactId><version>$version</version>
  </dependency></dependencies>
</project>
POM
        (cd "$home" && mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies \
            -DoutputDirectory="$home/lib" >&2) || fail "Maven could not fetch veraPDF $version"
        touch "$home/.complete"
    fi
    printf '%s\n' "$home"
}

command=${1:-}
[ $# -gt 0 ] && shift
case "$command" in
install) install ;;
path)
    installed || fail "not installed; run tools/verapdf.sh install"
    printf '%s\n' "$home"
    ;;
check)
    installed || fail "not installed; run tools/verapdf.sh install"
    exec java -cp "$home/lib/*" org.verapdf.apps.GreenfieldCliWrapper --flavour 2b --format text --verbose "$@"
    ;;
*) sed -n '2,8p' "$0" | cut -c3- ;;
esac
