"""The emulator answers everything in one thread, between the threads that run functions: a loop
made for many small answers, and turns short enough that none waits long for its own.

Measured with a campaign at 20/s: a write took 28 ms in the median, and 40 before.
"""

from __future__ import annotations

import sys

import uvloop

_TURN_SECONDS = 0.001


def apply() -> None:
    uvloop.install()
    sys.setswitchinterval(_TURN_SECONDS)
