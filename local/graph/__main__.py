"""`python -m local.graph`: the stand-in, configured by its environment."""

import gc
import os
import sys

from local.graph.server import PortTakenError, serve
from local.graph.settings import SettingsError, settings_from

# All that is kept to be shown would be looked through for garbage, and whoever comes meanwhile
# would seem to come late.
_YOUNG, _MIDDLE, _FULL = 10_000, 50, 1_000


def main() -> int:
    gc.set_threshold(_YOUNG, _MIDDLE, _FULL)
    try:
        serve(settings_from(os.environ))
    except (SettingsError, PortTakenError) as error:
        print(f"The stand-in for Meta cannot start: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
