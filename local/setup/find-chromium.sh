#!/bin/sh
# Prints the browser that the tests drive. KABAR_CHROMIUM overrides the search.
set -u

for candidate in "${KABAR_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Chromium.app/Contents/MacOS/Chromium" \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    if [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1; then
        command -v "$candidate"
        exit 0
    fi
done
echo "Chromium is missing: 'sudo apt-get install chromium' or 'brew install --cask chromium', or set KABAR_CHROMIUM=/path/to/it." >&2
exit 1
