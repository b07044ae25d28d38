#!/bin/sh
# Says in one line what to do when Node 20.19 or npm is missing.
advice="install Node 20.19 or newer with npm (nodejs.org, your package manager, or 'brew install node')"

if ! command -v node >/dev/null 2>&1; then
    echo "Node is missing: $advice." >&2
    exit 1
fi
if ! node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major * 100 + minor < 2019 ? 1 : 0)'; then
    echo "Node $(node --version) is too old: $advice." >&2
    exit 1
fi
if ! command -v npm >/dev/null 2>&1; then
    echo "npm is missing: $advice." >&2
    exit 1
fi
