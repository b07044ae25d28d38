"""Starts the emulator; run by the interpreter of its own environment."""

from __future__ import annotations

from importlib.metadata import version

from local.emulator import (
    batch_actions,
    batch_writes,
    confirmation_triggers,
    cors_configuration,
    leading_keys,
    mail_sender,
    parsed_expressions,
    parsed_policies,
    query_ranges,
    quiet_handlers,
    schedule_groups,
    schedule_times,
    secret_reference,
    steady_loop,
    unpacked_once,
)

_TRIED_VERSION = "1.5.33"


def main() -> None:
    found = version("ministack")
    if found != _TRIED_VERSION:
        raise SystemExit(
            f"The corrections in local/emulator are for ministack {_TRIED_VERSION}, found {found}."
        )
    for correction in (
        secret_reference,
        batch_actions,
        batch_writes,
        confirmation_triggers,
        cors_configuration,
        leading_keys,
        mail_sender,
        parsed_expressions,
        parsed_policies,
        query_ranges,
        quiet_handlers,
        schedule_groups,
        schedule_times,
        steady_loop,
        unpacked_once,
    ):
        correction.apply()

    from ministack.app import main as serve  # after the corrections

    serve()


if __name__ == "__main__":
    main()
