"""What can go wrong when the local stack is started, each with what to do about it."""

from __future__ import annotations

from pathlib import Path


class LocalRunError(RuntimeError):
    """The message is one line: what failed and what to do."""


class PortBusyError(LocalRunError):
    def __init__(self, purpose: str, port: int, variable: str) -> None:
        super().__init__(
            f"Port {port} ({purpose}) is in use: stop what listens there, or choose another port"
            f" with {variable}=<port>."
        )


class BadPortError(LocalRunError):
    def __init__(self, variable: str, value: str) -> None:
        super().__init__(f"{variable}={value!r} is not a port: use a number from 0 to 65535.")


class MissingPartError(LocalRunError):
    def __init__(self, what: str, where: Path) -> None:
        super().__init__(f"{what} is missing ({where}): run `make setup`.")


class AlreadyRunningError(LocalRunError):
    def __init__(self, state_dir: Path, pid: str) -> None:
        super().__init__(
            f"A local stack with the state folder {state_dir} is running (process {pid}): stop it"
            " with Ctrl-C, or set KABAR_STATE_DIR to another folder."
        )


class StepFailedError(LocalRunError):
    def __init__(self, step: str, reason: Exception, logs: Path) -> None:
        text = " ".join(str(reason).split())
        super().__init__(f"{step}: {text} (logs: {logs}).")


class SynthesisError(LocalRunError):
    def __init__(self, log: Path) -> None:
        super().__init__(f"The CDK app did not synthesize: see the end of {log}.")


class ProcessDiedError(LocalRunError):
    def __init__(self, name: str, code: int, log: Path) -> None:
        super().__init__(f"The {name} stopped with exit code {code}: see the end of {log}.")


class NotHealthyError(LocalRunError):
    def __init__(self, name: str, seconds: float, log: Path) -> None:
        super().__init__(f"The {name} did not answer within {seconds:.0f} s: see {log}.")


class DeploymentError(LocalRunError):
    def __init__(self, stack: str, reason: str, log: Path) -> None:
        super().__init__(f"Stack {stack} was not created: {reason} (log: {log}).")


class LeftBehindError(LocalRunError):
    def __init__(self, names: list[str]) -> None:
        super().__init__(f"These processes would not stop, end them by hand: {', '.join(names)}.")
