"""What a browser may do with the dashboard's pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import aws_cdk as cdk
from aws_cdk import aws_cloudfront as cloudfront
from constructs import Construct

YEAR: Final = cdk.Duration.days(365)


META_SCRIPT: Final = "https://connect.facebook.net"
META_FRAMES: Final = ("https://www.facebook.com", "https://web.facebook.com")


def content_security_policy(
    connect_to: Sequence[str], show_from: Sequence[str], *, meta_signup: bool = False
) -> str:
    """Own files only, calls to the named addresses, and pictures and films from others.
    `meta_signup` lets in the script of Meta's sign-up window, and the frames that it talks by."""
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *([META_SCRIPT] if meta_signup else [])],
        **({"frame-src": list(META_FRAMES)} if meta_signup else {}),
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", *show_from],
        "media-src": ["'self'", *show_from],
        "font-src": ["'self'"],
        "manifest-src": ["'self'"],
        "connect-src": ["'self'", *connect_to, *(META_FRAMES if meta_signup else ())],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def security_headers(
    scope: Construct,
    construct_id: str,
    *,
    policy: str,
    cache_control: str,
) -> cloudfront.ResponseHeadersPolicy:
    """Security headers (`policy` is a content security policy) and one caching rule for
    browsers."""
    return cloudfront.ResponseHeadersPolicy(
        scope,
        construct_id,
        security_headers_behavior=cloudfront.ResponseSecurityHeadersBehavior(
            content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
                content_security_policy=policy, override=True
            ),
            content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
            frame_options=cloudfront.ResponseHeadersFrameOptions(
                frame_option=cloudfront.HeadersFrameOption.DENY, override=True
            ),
            referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(
                referrer_policy=cloudfront.HeadersReferrerPolicy.NO_REFERRER, override=True
            ),
            strict_transport_security=cloudfront.ResponseHeadersStrictTransportSecurity(
                access_control_max_age=YEAR, include_subdomains=True, override=True
            ),
        ),
        custom_headers_behavior=cloudfront.ResponseCustomHeadersBehavior(
            custom_headers=[
                cloudfront.ResponseCustomHeader(
                    header="cache-control", value=cache_control, override=True
                ),
                cloudfront.ResponseCustomHeader(
                    header="permissions-policy",
                    value="camera=(), geolocation=(), microphone=()",
                    override=True,
                ),
            ]
        ),
    )
