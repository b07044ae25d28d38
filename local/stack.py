"""The whole product on this machine, from nothing running to a demo that answers.

with LocalStack(state_dir, ports) as stack:
    requests to stack.addresses.webhook_url, clients from stack.aws("sqs"), …
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from local import addresses as addresses_file
from local import assembly, demo, synth
from local.addresses import Addresses
from local.clients import ACCOUNT, REGION, LocalClients
from local.deploy import Deployer
from local.emulator.environment import environment as emulator_environment
from local.failures import AlreadyRunningError, LocalRunError, MissingPartError, StepFailedError
from local.ports import ANY_FREE, Ports, settle
from local.processes import Command, Supervisor
from local.progress import Progress, Silent, step
from local.seed import MetaSecrets, Seeded, seed

ROOT: Final = Path(__file__).resolve().parent.parent
_EMULATOR: Final = "local AWS"
_GRAPH: Final = "stand-in for Meta"
_DASHBOARD: Final = "dashboard server"
_SHOP: Final = "shop's own server"
_BAILEYS: Final = "stand-in for linked phones"
_BEDROCK: Final = "stand-in for Bedrock"
_COLLECTION: Final = "stand-in for the vector collection"
_LAG_SECONDS: Final = "1"
_START_SECONDS: Final = 60.0


class LocalStack:
    """Not reusable: one start, one stop. `graph_api_url` takes the place of the stand-in for Meta.

    Raises LocalRunError, with everything stopped again, when a step fails.
    """

    addresses: Addresses

    def __init__(
        self,
        state_dir: Path = ROOT / ".kabar",
        ports: Ports = ANY_FREE,
        graph_api_url: str | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.state_dir = state_dir.resolve()
        self.outputs: dict[str, str] = {}
        self._ports = ports
        self._graph_api_url = graph_api_url and graph_api_url.rstrip("/")
        self._progress = progress or Silent()
        self._processes = Supervisor(ROOT)
        self._lock: IO[str] | None = None

    def __enter__(self) -> LocalStack:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def aws(self, service: str) -> Any:
        """A client of the local AWS that may do everything."""
        return self._clients(service)

    def log(self, name: str) -> Path:
        return self.state_dir / "logs" / f"{name}.log"

    def pids(self) -> dict[str, int]:
        return self._processes.pids()

    def start(self) -> Addresses:
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self.addresses

    def check(self) -> None:
        """Raises when a process of the stack has ended by itself."""
        self._processes.check()

    def stop(self) -> None:
        """Stops every process that was started; harmless when nothing was."""
        if self._lock is None:
            return
        addresses_file.forget(self.state_dir)
        try:
            self._processes.stop()
        finally:
            shutil.rmtree(self.state_dir / "tmp", ignore_errors=True)
            self._lock.close()
            self._lock = None

    def _start(self) -> None:
        self._take_state_dir()
        self._ports = settle(self._ports)
        self._clients = LocalClients(self._aws_url)
        self._start_emulator()
        self._start_knowledge()
        with self._step("Templates (cdk synth)"):
            stacks = assembly.read(
                synth.assembly(ROOT, ROOT / ".kabar" / "synth", self.log("synth")),
                assembly.Place(ACCOUNT, REGION),
            )
        with self._step("Local AWS"):
            self._wait_for(_EMULATOR, f"{self._aws_url}/_ministack/health")
            self._wait_for(_BEDROCK, f"{self.bedrock_url}/_local/health")
            # The deployment makes its index.
            self._wait_for(_COLLECTION, f"{self.collection_url}/_local/health")
        with self._step(f"{len(stacks)} stacks"):
            self._deploy(stacks)
        meta = MetaSecrets.generate()
        with self._step("Demo workspace"):
            seeded = seed(self._clients, self.outputs, meta)
        with self._step("Stand-ins and dashboard"):
            self._start_graph(meta)
            self._start_dashboard()
            self._start_linked_phones(seeded)
            self._start_beside(_SHOP, "local.shop", self.log("shop"), PORT=str(self._ports.shop))
            self._wait_for(_GRAPH, f"{self._stand_in_url}/_admin/messages")
            self._wait_for(_DASHBOARD, f"{self._dashboard_url}/config.json")
            self._wait_for(_BAILEYS, f"{self._linked_phones_url}/cluster/health")
            self._wait_for(_SHOP, f"{self._shop_url}/webhooks")
        self.addresses = self._all_addresses(meta, seeded)
        with self._step("First webhook"):
            self._shake_hands()
        self.addresses.write(self.state_dir)

    @contextmanager
    def _step(self, title: str) -> Iterator[None]:
        """Shows the step, and makes one line of what AWS or the system says against it."""
        with step(self._progress, title):
            try:
                yield
            except (BotoCoreError, ClientError, OSError) as error:
                raise StepFailedError(title, error, self.state_dir / "logs") from error

    @property
    def _aws_url(self) -> str:
        return f"http://127.0.0.1:{self._ports.aws}"

    @property
    def _stand_in_url(self) -> str:
        return f"http://127.0.0.1:{self._ports.graph}"

    @property
    def _dashboard_url(self) -> str:
        return f"http://127.0.0.1:{self._ports.dashboard}"

    @property
    def _shop_url(self) -> str:
        return f"http://127.0.0.1:{self._ports.shop}"

    @property
    def _linked_phones_url(self) -> str:
        return f"http://127.0.0.1:{self._ports.baileys}"

    @property
    def bedrock_url(self) -> str:
        return f"http://127.0.0.1:{self._ports.bedrock}"

    @property
    def collection_url(self) -> str:
        return f"http://127.0.0.1:{self._ports.collection}"

    def _take_state_dir(self) -> None:
        self.state_dir.mkdir(parents=True, exist_ok=True)
        lock = (self.state_dir / "lock").open("a+", encoding="ascii")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.seek(0)
            owner = lock.read().strip()
            lock.close()
            raise AlreadyRunningError(self.state_dir, owner) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        self._lock = lock
        # What a run that was killed has left.
        addresses_file.forget(self.state_dir)
        shutil.rmtree(self.state_dir / "tmp", ignore_errors=True)
        for folder in ("logs", "tmp"):
            (self.state_dir / folder).mkdir(exist_ok=True)

    def _start_emulator(self) -> None:
        python = ROOT / ".venv-emulator" / "bin" / "python"
        if not python.exists():
            raise MissingPartError("The environment of the local AWS", python)
        self._processes.start(
            Command(
                name=_EMULATOR,
                python=python,
                module="local.emulator",
                env=emulator_environment(self._ports.aws, self.state_dir),
                log=self.log("aws"),
            )
        )

    def _deploy(self, stacks: list[assembly.Stack]) -> None:
        deployer = Deployer(self._clients, self._aws_url, self.log("aws"))
        deployer.bootstrap()
        parameters = {
            "GraphApiUrl": self._graph_api_url or self._stand_in_url,
            "BaileysUrl": self._linked_phones_url,
            "BedrockUrl": self.bedrock_url,
            "CollectionUrl": self.collection_url,
            "CognitoUrl": self._aws_url,
            "DashboardOrigin": self._dashboard_url,
            "DashboardUrl": self._dashboard_url,
            "PrivateHosts": f"127.0.0.1:{self._ports.shop}",
        }
        api_ids: list[str] = []
        for stack in stacks:
            self.outputs |= deployer.deploy(stack, parameters)
            api_ids += deployer.physical_ids(stack.name, "AWS::ApiGatewayV2::Api")
        # The output names a host that only AWS's name servers know.
        (api_id,) = api_ids
        self.outputs["ApiUrl"] = f"{self._aws_url}/_aws/execute-api/{api_id}/$default"
        self.outputs["WebhookUrl"] = f"{self.outputs['ApiUrl']}/webhook"

    def _start_graph(self, meta: MetaSecrets) -> None:
        self._start_beside(
            _GRAPH,
            "local.graph",
            self.log("graph"),
            PORT=str(self._ports.graph),
            WEBHOOK_URL=self.outputs["WebhookUrl"],
            APP_SECRET=meta.app_secret,
            ACCESS_TOKEN=meta.access_token,
            PHONE_NUMBER_ID=demo.PHONE_NUMBER_ID,
            WABA_ID=demo.WABA_ID,
            DISPLAY_PHONE_NUMBER=demo.DISPLAY_PHONE_NUMBER,
            PHONE_DIST=str(_built("dist-phone")),
        )

    def _start_linked_phones(self, seeded: Seeded) -> None:
        self._start_beside(
            _BAILEYS,
            "local.baileys",
            self.log("baileys"),
            PORT=str(self._ports.baileys),
            API_KEY=seeded.linked_phones_key,
            WEBHOOK_BASE_URL=self.outputs["ApiUrl"],
        )

    def _start_knowledge(self) -> None:
        llm = {name: os.environ.get(f"KABAR_{name}", "") for name in ("LLM_URL", "LLM_MODEL")}
        port = str(self._ports.bedrock)
        self._start_beside(_BEDROCK, "local.bedrock", self.log("bedrock"), PORT=port, **llm)
        self._start_beside(
            _COLLECTION,
            "local.collection",
            self.log("collection"),
            PORT=str(self._ports.collection),
            LAG=_LAG_SECONDS,
        )

    def _start_dashboard(self) -> None:
        config = {
            "apiUrl": self.outputs["ApiUrl"],
            "cognitoUrl": self._aws_url,
            "userPoolClientId": self.outputs["UserPoolClientId"],
            "region": REGION,
        }
        self._start_beside(
            _DASHBOARD,
            "local.dashboard",
            self.log("dashboard"),
            PORT=str(self._ports.dashboard),
            DIST=str(_built("dist")),
            CONFIG=json.dumps(config),
            CONNECT_TO=self._aws_url,
        )

    def _start_beside(self, name: str, module: str, log: Path, **env: str) -> None:
        """A child in this environment's Python."""
        base = {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"}
        python = Path(sys.executable)
        self._processes.start(Command(name, python, module, {**base, **env}, log))

    def _wait_for(self, name: str, url: str) -> None:
        self._processes.wait_until(name, lambda: _answers(url), _START_SECONDS)

    def _shake_hands(self) -> None:
        """Meta's handshake: proves the way in, and has the webhook warm for the first message."""
        challenge = "1158201444"
        query = {
            "hub.mode": "subscribe",
            "hub.challenge": challenge,
            "hub.verify_token": self.addresses.verify_token,
        }
        url = f"{self.addresses.webhook_url}?{urllib.parse.urlencode(query)}"
        with urllib.request.urlopen(url, timeout=_START_SECONDS) as answer:
            if answer.read() != challenge.encode():
                raise LocalRunError(f"The webhook refused the handshake: see {self.log('aws')}.")

    def _all_addresses(self, meta: MetaSecrets, seeded: Seeded) -> Addresses:
        return Addresses(
            webhook_url=self.outputs["WebhookUrl"],
            api_url=self.outputs["ApiUrl"],
            dashboard_url=self._dashboard_url,
            phone_url=f"{self._stand_in_url}/phone/",
            graph_url=self._graph_api_url or self._stand_in_url,
            shop_url=self._shop_url,
            linked_phones_url=self._linked_phones_url,
            aws_endpoint_url=self._aws_url,
            region=REGION,
            app_secret=meta.app_secret,
            verify_token=meta.verify_token,
            phone_number_id=demo.PHONE_NUMBER_ID,
            waba_id=demo.WABA_ID,
            demo_user=seeded.demo_user,
            workspace_id=demo.WORKSPACE_ID,
            api_key=seeded.api_key,
        )


def _built(folder: str) -> Path:
    built = ROOT / "frontend" / folder
    if not (built / "index.html").exists():
        raise MissingPartError("The built web page", built)
    return built


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2):
            return True
    except (urllib.error.URLError, OSError):
        return False
