#!/bin/sh
# Prints the interpreter to build the environments with: Python 3.13 where there is one, as on
# Lambda, else any from 3.11 on. KABAR_PYTHON overrides the search.
set -u

# A name on the PATH proves nothing: version managers leave stubs that only print an error.
is_recent() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

if [ -n "${KABAR_PYTHON:-}" ]; then
    is_recent "$KABAR_PYTHON" && { echo "$KABAR_PYTHON"; exit 0; }
    echo "KABAR_PYTHON=$KABAR_PYTHON is not a Python 3.11 or newer." >&2
    exit 1
fi
for candidate in python3.13 python3.12 python3.11 python3 python3.14; do
    is_recent "$candidate" && { echo "$candidate"; exit 0; }
done
echo "Python 3.11 or newer is missing: 'sudo apt-get install python3 python3-venv' or 'brew install python@3.13'." >&2
exit 1
