"""Identifiers in Meta's forms."""

import base64
import random


def new_wamid(randomness: random.Random) -> str:
    """`wamid.` and base64 text in which `+`, `/` and `=` may occur."""
    return "wamid." + base64.b64encode(randomness.randbytes(34)).decode()


def new_trace_id(randomness: random.Random) -> str:
    """A value for `fbtrace_id`."""
    return "A" + base64.urlsafe_b64encode(randomness.randbytes(16)).decode().rstrip("=")
