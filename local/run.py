"""`make run`: the whole stack until Ctrl-C."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from rich.console import Console

from local.failures import LocalRunError
from local.ports import ANY_FREE, ports_from
from local.progress import Shown, address_lines
from local.stack import ROOT, LocalStack

_CHECK_SECONDS = 0.5


class _StopRequestedError(Exception):
    """Ctrl-C, or a polite request to end."""


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    console = Console()
    _listen_for_stop()
    try:
        ports = ANY_FREE if options.free_ports else ports_from(os.environ)
        stack = LocalStack(
            state_dir=options.state_dir,
            ports=ports,
            graph_api_url=os.environ.get("GRAPH_API_URL") or None,
            progress=Shown(console),
        )
        _serve(stack, console)
    except _StopRequestedError:
        console.print("Stopped.")
        return 0
    except LocalRunError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _serve(stack: LocalStack, console: Console) -> None:
    started = time.monotonic()
    with stack:
        console.print()
        print(*address_lines(stack.addresses), sep="\n")
        print("\nSay halo on the phone, and watch it arrive in the dashboard.")
        print(f"Up in {time.monotonic() - started:.0f} s. Ctrl-C stops everything.", flush=True)
        try:
            while True:
                time.sleep(_CHECK_SECONDS)
                stack.check()
        finally:
            _ignore_further_requests()


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m local.run", description=__doc__)
    parser.add_argument(
        "--state-dir",
        type=Path,
        default=Path(os.environ.get("KABAR_STATE_DIR") or ROOT / ".kabar"),
        help="where addresses and logs go (default: KABAR_STATE_DIR or .kabar)",
    )
    parser.add_argument("--free-ports", action="store_true", help="take whatever ports are free")
    return parser.parse_args(arguments)


def _listen_for_stop() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _request_stop)


def _request_stop(_number: int, _frame: FrameType | None) -> None:
    # A second Ctrl-C must not interrupt the stopping itself, which is quick.
    _ignore_further_requests()
    raise _StopRequestedError


def _ignore_further_requests() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main())
