#!/bin/sh
# Write the lock files from pyproject.toml: versions and hashes, no addresses. Needs uv.
set -eu
cd "$(dirname "$0")/.."
lock() { uv pip compile pyproject.toml --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -q "$@"; }
lock --extra build -o requirements.lock
lock --extra build --extra dev -o requirements-dev.lock
lock --extra build --extra dev --extra bench -c requirements-dev.lock -o requirements-bench.lock
