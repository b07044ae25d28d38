#!/bin/sh
# Says in one line what to do when Node 20 or npm is missing.
advice="install Node 20 or newer with npm (nodejs.org, your package manager, or 'brew install node')"

if ! command -v node >/dev/null 2>&1; then
    echo "Node is missing: $advice." >&2
    exit 1
fi
if ! node -e 'process.exit(parseInt(process.versions.node, 10) < 20 ? 1 : 0)'; then
    echo "Node $(node --version) is too old: $advice." >&2
    exit 1
fi
if ! command -v npm >/dev/null 2>&1; then
    echo "npm is missing: $advice." >&2
    exit 1
fi
