#!/bin/sh
# make-venv.sh <folder>: a virtual environment with uv in it, both from what is at hand.
set -eu

folder=$1
if [ -x "$folder/bin/uv" ] && "$folder/bin/python" -c '' 2>/dev/null; then
    "$folder/bin/uv" pip install --system-certs --quiet --python "$folder/bin/python" \
        --require-hashes --requirement requirements/uv.txt
    exit 0
fi
python=$(sh local/setup/find-python.sh)
if ! "$python" -m venv --clear "$folder" >/dev/null 2>&1; then
    # Debian and Ubuntu ship Python without what gives a new environment its pip.
    if ! "$python" -m venv --clear --without-pip "$folder" >/dev/null 2>&1 ||
        ! "$python" -m pip --version >/dev/null 2>&1; then
        rm -rf "$folder"
        echo "$python cannot make virtual environments: 'sudo apt-get install python3-venv' (or $(basename "$python")-venv)." >&2
        exit 1
    fi
    "$python" -m pip --python "$folder/bin/python" install --quiet --disable-pip-version-check \
        --require-hashes --requirement requirements/uv.txt
    exit 0
fi
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check \
    --require-hashes --requirement requirements/uv.txt
