import aws_cdk as cdk
from aws_cdk.assertions import Template

from infra.components.security_headers import content_security_policy, security_headers
from local.web_headers import REVALIDATE, cache_control, web_headers

API = "https://api.example"
FILES = "https://files.example"


def deployed_headers() -> dict[str, str]:
    """What CloudFront is told to send, as headers."""
    stack = cdk.Stack()
    wanted = content_security_policy([API], [FILES])
    security_headers(stack, "Headers", policy=wanted, cache_control=REVALIDATE)
    found = Template.from_stack(stack).find_resources("AWS::CloudFront::ResponseHeadersPolicy")
    (policy,) = (
        resource["Properties"]["ResponseHeadersPolicyConfig"] for resource in found.values()
    )
    security = policy["SecurityHeadersConfig"]
    custom = policy["CustomHeadersConfig"]["Items"]
    assert set(security) == {
        "ContentSecurityPolicy",
        "ContentTypeOptions",
        "FrameOptions",
        "ReferrerPolicy",
        "StrictTransportSecurity",
    }
    return {
        "content-security-policy": security["ContentSecurityPolicy"]["ContentSecurityPolicy"],
        "x-content-type-options": "nosniff",
        "x-frame-options": security["FrameOptions"]["FrameOption"],
        "referrer-policy": security["ReferrerPolicy"]["ReferrerPolicy"],
        **{item["Header"]: item["Value"] for item in custom},
    }


def test_the_local_dashboard_is_served_as_the_deployed_one() -> None:
    local = {**web_headers([API], [FILES]), "cache-control": cache_control("/")}
    assert local == deployed_headers()
