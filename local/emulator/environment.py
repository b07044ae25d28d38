"""The emulator's whole environment. Functions inherit it, so nothing of the user's is in it."""

from __future__ import annotations

from pathlib import Path


def environment(port: int, state_dir: Path) -> dict[str, str]:
    temporary = str(state_dir / "tmp")
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": temporary,
        "TMPDIR": temporary,
        "LANG": "C.UTF-8",
        "PYTHONUNBUFFERED": "1",
        "GATEWAY_PORT": str(port),
        # Names with the port's number resolve nowhere but in browsers.
        "MINISTACK_HOST": "127.0.0.1",
        "BIND_HOST": "127.0.0.1",
        "AUTH": "true",  # roles and signatures are enforced
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
    }
