"""A single-page app in a private bucket behind CloudFront."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.components.private_bucket import ACCESS_LOGS_KEPT, PrivateBucket
from infra.components.security_headers import content_security_policy, security_headers
from infra.components.site_upload import SiteUpload
from infra.config import Stage

# Paths of the app have no dot in their last part and are answered by its one page; a missing
# file stays missing instead of becoming HTML that a browser would try to run.
ROUTE_TO_PAGE: Final = """function handler(event) {
  var request = event.request;
  if (!request.uri.split('/').pop().includes('.')) {
    request.uri = '/index.html';
  }
  return request;
}
"""
REVALIDATE: Final = "no-cache"
# The build names files under assets/ by their content.
FOREVER: Final = "public, max-age=31536000, immutable"
DISTRIBUTION_REASONS: Final = {
    "AwsSolutions-CFR1": "Workspaces may be anywhere; no country is refused.",
    "AwsSolutions-CFR2": (
        "Static files without secrets. A web ACL for CloudFront can only be made in us-east-1, "
        "and this stack deploys to any Region; the API throttles by itself."
    ),
    "AwsSolutions-CFR3": (
        "Static files without secrets; calls that matter are in the API's access log. CloudFront "
        "cannot deliver standard logs to buckets of several Regions, Jakarta among them."
    ),
    "AwsSolutions-CFR4": (
        "The address is CloudFront's own until a domain is bought, and its certificate comes "
        "with a fixed policy; pages are served over https only, with HSTS."
    ),
}


class StaticSite(Construct):
    """Files, addresses, headers and routing of the dashboard."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        folder: Path,
        config: Mapping[str, str],
        connect_to: Sequence[str],
        show_from: Sequence[str],
    ) -> None:
        """`connect_to` are the origins that the pages may call, `show_from` those of the pictures
        and films that they show."""
        super().__init__(scope, construct_id)
        access_logs = PrivateBucket(self, "AccessLogs", stage=stage, expires=ACCESS_LOGS_KEPT)
        self.bucket = PrivateBucket(
            self, "Dashboard", stage=stage, access_logs=access_logs.bucket
        ).bucket
        self._policy = content_security_policy(connect_to, show_from, meta_signup=stage.meta_signup)
        self._origin = origins.S3BucketOrigin.with_origin_access_control(self.bucket)
        self.distribution = cloudfront.Distribution(
            self,
            "Distribution",
            comment=f"Kabar {stage.name}",
            default_root_object="index.html",
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            default_behavior=self._behaviour("Pages", REVALIDATE, routed=True),
            additional_behaviors={"assets/*": self._behaviour("Assets", FOREVER, routed=False)},
        )
        acknowledge(self.distribution, DISTRIBUTION_REASONS)
        SiteUpload(
            self,
            "Upload",
            stage=stage,
            folder=folder,
            config=config,
            bucket=self.bucket,
            distribution=self.distribution,
        )

    @property
    def url(self) -> str:
        """The dashboard's address."""
        return f"https://{self.distribution.distribution_domain_name}"

    def _behaviour(
        self, name: str, cache_control: str, *, routed: bool
    ) -> cloudfront.BehaviorOptions:
        associations = [self._router()] if routed else None
        return cloudfront.BehaviorOptions(
            origin=self._origin,
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
            allowed_methods=cloudfront.AllowedMethods.ALLOW_GET_HEAD,
            cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
            response_headers_policy=security_headers(
                self, f"{name}Headers", policy=self._policy, cache_control=cache_control
            ),
            function_associations=associations,
        )

    def _router(self) -> cloudfront.FunctionAssociation:
        return cloudfront.FunctionAssociation(
            event_type=cloudfront.FunctionEventType.VIEWER_REQUEST,
            function=cloudfront.Function(
                self,
                "Router",
                runtime=cloudfront.FunctionRuntime.JS_2_0,
                code=cloudfront.FunctionCode.from_inline(ROUTE_TO_PAGE),
            ),
        )
