"""Environment variables as one frozen dataclass per function."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping
from typing import TypeVar, get_type_hints

Settings = TypeVar("Settings")


class SettingsError(RuntimeError):
    """One or more environment variables are missing or unreadable; the text lists them all."""


def load(cls: type[Settings], environ: Mapping[str, str] | None = None) -> Settings:
    """Read the fields of a dataclass from upper-cased variables; `str`, `int` and `float` fields.

    Raises SettingsError naming every problem at once.
    """
    environ = os.environ if environ is None else environ
    types = get_type_hints(cls)
    values: dict[str, object] = {}
    problems: list[str] = []
    for field in dataclasses.fields(cls):  # type: ignore[arg-type]
        name = field.name.upper()
        text = environ.get(name)
        if text is None:
            if field.default is dataclasses.MISSING:
                problems.append(f"{name} is not set")
            continue
        try:
            values[field.name] = types[field.name](text)
        except ValueError:
            problems.append(f"{name} is not a {types[field.name].__name__}: {text!r}")
    if problems:
        raise SettingsError("; ".join(problems))
    return cls(**values)
