import json
from pathlib import Path

from local.addresses import Addresses, DemoUser, forget

ADDRESSES = Addresses(
    webhook_url="http://127.0.0.1:4566/webhook",
    api_url="http://127.0.0.1:4566",
    dashboard_url="http://127.0.0.1:4700",
    phone_url="http://127.0.0.1:4600/phone/",
    graph_url="http://127.0.0.1:4600",
    shop_url="http://127.0.0.1:4800",
    linked_phones_url="http://127.0.0.1:4900",
    aws_endpoint_url="http://127.0.0.1:4566",
    region="us-east-1",
    app_secret="s",
    verify_token="v",
    phone_number_id="1",
    waba_id="2",
    demo_user=DemoUser("demo@kabar.test", "p"),
    workspace_id="toko_kabar",
    api_key="kabar_x",
)


def test_the_file_has_exactly_the_promised_keys(tmp_path: Path) -> None:
    ADDRESSES.write(tmp_path)

    written = json.loads((tmp_path / "local.json").read_text())
    assert set(written) == {
        "webhook_url",
        "api_url",
        "dashboard_url",
        "phone_url",
        "graph_url",
        "shop_url",
        "linked_phones_url",
        "aws_endpoint_url",
        "region",
        "app_secret",
        "verify_token",
        "phone_number_id",
        "waba_id",
        "demo_user",
        "workspace_id",
        "api_key",
    }
    assert written["demo_user"] == {"email": "demo@kabar.test", "password": "p"}


def test_only_the_owner_may_read_it_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    ADDRESSES.write(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["local.json"]
    assert (tmp_path / "local.json").stat().st_mode & 0o777 == 0o600


def test_forgetting_twice_is_harmless(tmp_path: Path) -> None:
    ADDRESSES.write(tmp_path)
    forget(tmp_path)
    forget(tmp_path)

    assert list(tmp_path.iterdir()) == []
