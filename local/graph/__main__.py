"""`python -m local.graph`: the stand-in, configured by its environment."""

import os
import sys

from local.graph.server import PortTakenError, serve
from local.graph.settings import SettingsError, settings_from


def main() -> int:
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
