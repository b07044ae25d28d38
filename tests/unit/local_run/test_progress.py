import io
import re

import pytest
from rich.console import Console

from local.progress import Shown, step


def test_steps_are_plain_lines_where_there_is_no_terminal() -> None:
    written = io.StringIO()
    progress = Shown(Console(file=written))

    with step(progress, "Templates"):
        pass
    with pytest.raises(ValueError, match="no"), step(progress, "Stacks"):
        raise ValueError("no")

    lines = r"  Templates …\n✓ Templates \d\.\d s\n  Stacks …\n✗ Stacks\n"
    assert re.fullmatch(lines, written.getvalue())
