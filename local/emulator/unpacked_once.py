"""Every copy of a function runs from one unpacked copy of its code and of its layers.

The emulator unpacks them anew for each copy it starts: 90 MB of libraries, to be compiled again.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import types
import zipfile
from pathlib import Path
from typing import Any

from ministack.core import lambda_runtime


class _UnpackedOnce(zipfile.ZipFile):
    """`extractall` into an empty folder leaves a link to what is kept by the archive's content."""

    def extractall(self, path: Any = None, *_: Any) -> None:
        assert self.filename is not None
        digest = hashlib.sha256(Path(self.filename).read_bytes()).hexdigest()
        kept = Path(tempfile.gettempdir(), "ministack-unpacked", digest)
        if not kept.exists():
            self._unpack(kept)
        Path(path).rmdir()
        Path(path).symlink_to(kept, target_is_directory=True)

    def _unpack(self, kept: Path) -> None:
        """Two that come at once both unpack; the first to finish is kept."""
        kept.parent.mkdir(exist_ok=True)
        mine = Path(tempfile.mkdtemp(dir=kept.parent))
        super().extractall(mine)
        try:
            mine.rename(kept)
        except OSError:
            shutil.rmtree(mine)


def apply() -> None:
    lambda_runtime.zipfile = types.SimpleNamespace(**{**vars(zipfile), "ZipFile": _UnpackedOnce})
