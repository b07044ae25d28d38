"""The dashboard is served privately, with headers that leave little to an attacker."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from infra.app import build
from infra.components.identity import hosted_sign_in
from infra.components.security_headers import content_security_policy
from infra.config import ConfigError, GoogleSignIn
from tests.templates import resources, templates

HEADERS = "AWS::CloudFront::ResponseHeadersPolicy"
DISTRIBUTION = "AWS::CloudFront::Distribution"


def distribution(stage: str) -> dict[str, Any]:
    (resource,) = resources(stage, DISTRIBUTION).values()
    config: dict[str, Any] = resource["Properties"]["DistributionConfig"]
    return config


def header_policies(stage: str) -> list[dict[str, Any]]:
    found = resources(stage, HEADERS).values()
    return [policy["Properties"]["ResponseHeadersPolicyConfig"] for policy in found]


def test_only_deployed_stages_have_a_web_stack() -> None:
    beside = {"Account", "Campaigns", "Knowledge", "Letters"}
    assert templates("local").keys() == {"Data", "App", *beside}
    assert templates("dev").keys() == templates("prod").keys()
    assert templates("dev").keys() == {*templates("local").keys(), "Web"}


def test_every_path_is_https_from_a_private_bucket_with_security_headers(deployed: str) -> None:
    config = distribution(deployed)
    (origin,) = config["Origins"]
    assert "OriginAccessControlId" in origin
    behaviours = [config["DefaultCacheBehavior"], *config["CacheBehaviors"]]
    for behaviour in behaviours:
        assert behaviour["ViewerProtocolPolicy"] == "redirect-to-https"
        assert "ResponseHeadersPolicyId" in behaviour
    (control,) = resources(deployed, "AWS::CloudFront::OriginAccessControl").values()
    settings = control["Properties"]["OriginAccessControlConfig"]
    assert settings["SigningBehavior"] == "always"


def test_security_headers_are_strict(deployed: str) -> None:
    policies = header_policies(deployed)
    assert policies
    for policy in policies:
        headers = policy["SecurityHeadersConfig"]
        assert headers["StrictTransportSecurity"]["AccessControlMaxAgeSec"] >= 31_536_000
        assert headers["FrameOptions"]["FrameOption"] == "DENY"
        assert headers["ContentTypeOptions"]["Override"] is True
        assert headers["ReferrerPolicy"]["ReferrerPolicy"] == "no-referrer"


def test_pages_run_own_scripts_only_and_call_the_api_and_the_sign_in_only(deployed: str) -> None:
    for policy in header_policies(deployed):
        csp = policy["SecurityHeadersConfig"]["ContentSecurityPolicy"]["ContentSecurityPolicy"]
        text = json.dumps(csp)
        assert "default-src 'none'; script-src 'self'; style-src 'self'" in text
        assert "frame-ancestors 'none'" in text
        assert "unsafe" not in text
        assert "*" not in text
        connect = text.partition("connect-src ")[2].partition("; ")[0]
        assert "ApiEndpoint" in connect
        assert "https://cognito-idp." in connect
        assert "Files" in connect  # what people import goes there
        for what in ("img-src", "media-src"):
            assert "Media" in text.partition(f"{what} ")[2].partition("; ")[0]  # of customers


def test_only_where_meta_sign_up_is_offered_its_script_is_let_in() -> None:
    assert "facebook" not in content_security_policy([], [])
    policy = dict(
        one.split(" ", 1) for one in content_security_policy([], [], meta_signup=True).split("; ")
    )
    assert policy["script-src"] == "'self' https://connect.facebook.net"
    assert policy["frame-src"].startswith("https://www.facebook.com")
    assert "unsafe" not in str(policy)


def test_paths_of_the_app_are_answered_by_its_page_and_missing_files_are_not(
    deployed: str,
) -> None:
    (function,) = resources(deployed, "AWS::CloudFront::Function").values()
    assert "/index.html" in function["Properties"]["FunctionCode"]
    assert "CustomErrorResponses" not in distribution(deployed)


def test_the_upload_writes_the_files_and_the_addresses(deployed: str) -> None:
    (upload,) = resources(deployed, "Custom::CDKBucketDeployment").values()
    assert len(upload["Properties"]["SourceObjectKeys"]) == 2
    markers = json.dumps(upload["Properties"]["SourceMarkers"])
    assert "ApiEndpoint" in markers
    assert "AWS::Region" in markers


def test_outputs_that_programs_read_are_there(deployed: str) -> None:
    assert {"DashboardUrl", "DashboardBucketName"} <= templates(deployed)["Web"]["Outputs"].keys()


def test_a_dashboard_that_is_not_built_is_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="run `make web`") as problem:
        build({"stage": "dev", "dashboard": str(tmp_path)}, tmp_path / "out")
    assert "\n" not in str(problem.value)


def test_the_pages_of_the_pool_are_at_its_domain() -> None:
    google = GoogleSignIn("client", "secret", "kabar-dev", ("https://dashboard.invalid/signed-in",))
    address = hosted_sign_in(google)
    assert address.startswith("https://kabar-dev.auth.")
    assert address.endswith(".amazoncognito.com")
