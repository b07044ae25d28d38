"""The service that links phones, where a stage hosts it: one task and its memory, in a network of
their own that nothing outside can call. It calls WhatsApp, and posts to the webhook, by a NAT.

One task is enough for hundreds of phones, and a new one takes over by the service's own leases. Its
memory must not be in cluster mode: the service writes two keys at once that lie in different slots.
"""

from __future__ import annotations

from typing import Final

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_elasticache as elasticache
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk import aws_servicediscovery as servicediscovery
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.components.retention import log_group, removal_policy
from infra.config import Stage

IMAGE: Final = "ghcr.io/fazer-ai/baileys-api:v3.5.1"
PORT: Final = 3025
REDIS_PORT: Final = 6379
_NAMESPACE: Final = "kabar.internal"
_NAME: Final = "linked-phones"
_STOP_SECONDS: Final = 60  # phones are handed over, and webhooks under way end
_START: Final = 'bun manage-api-keys create user "$API_KEY" && exec bun start'


class LinkedPhonesStack(cdk.Stack):
    """`vpc` and `callers` are for the functions that call `url`."""

    def __init__(
        self, scope: Construct, construct_id: str, *, stage: Stage, api_key: secretsmanager.ISecret
    ) -> None:
        super().__init__(
            scope, construct_id, description=f"Kabar {stage.name}: phones linked as WhatsApp Web is"
        )
        self.vpc = ec2.Vpc(
            self,
            "Network",
            max_azs=2,
            nat_gateways=1,
            restrict_default_security_group=False,
            subnet_configuration=[
                ec2.SubnetConfiguration(
                    name="Out",
                    subnet_type=ec2.SubnetType.PUBLIC,
                    map_public_ip_on_launch=False,
                    cidr_mask=24,
                ),
                ec2.SubnetConfiguration(
                    name="In", subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS, cidr_mask=20
                ),
            ],
        )
        self.vpc.add_flow_log(
            "Flows",
            destination=ec2.FlowLogDestination.to_cloud_watch_logs(
                log_group(self, "FlowLogs", stage)
            ),
        )
        self.callers = self._group("Callers", "Functions that call the service")
        service = self._group("Service", "The service")
        redis = self._group("Redis", "Memory of the service")
        service.add_ingress_rule(self.callers, ec2.Port.tcp(PORT), "Calls of our functions")
        redis.add_ingress_rule(service, ec2.Port.tcp(REDIS_PORT), "Credentials and leases")
        password = self._password(stage)
        memory = self._memory(stage, redis, password)
        self._service(stage, service, memory, password, api_key)
        self.url = f"http://{_NAME}.{_NAMESPACE}:{PORT}"

    def _group(self, name: str, description: str) -> ec2.SecurityGroup:
        return ec2.SecurityGroup(self, name, vpc=self.vpc, description=description)

    def _password(self, stage: Stage) -> secretsmanager.Secret:
        secret = secretsmanager.Secret(
            self,
            "RedisPassword",
            description="Opens the memory of the service for linked phones",
            generate_secret_string=secretsmanager.SecretStringGenerator(
                exclude_punctuation=True, password_length=40
            ),
            removal_policy=removal_policy(stage),
        )
        acknowledge(
            secret,
            {
                "AwsSolutions-SMG4": (
                    "A new password restarts the service and every phone's connection: people "
                    "choose when."
                )
            },
        )
        return secret

    def _memory(
        self, stage: Stage, group: ec2.SecurityGroup, password: secretsmanager.Secret
    ) -> elasticache.CfnReplicationGroup:
        """A replica in another zone stands in for the append-only file that ElastiCache lacks."""
        subnets = elasticache.CfnSubnetGroup(
            self,
            "RedisSubnets",
            description="Private subnets",
            subnet_ids=self.vpc.select_subnets(
                subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS
            ).subnet_ids,
        )
        memory = elasticache.CfnReplicationGroup(
            self,
            "Memory",
            replication_group_description="Credentials of linked phones, and who holds them",
            engine="redis",
            engine_version="7.1",
            cache_node_type="cache.t4g.micro",
            cluster_mode="disabled",
            num_cache_clusters=2,
            automatic_failover_enabled=True,
            multi_az_enabled=True,
            at_rest_encryption_enabled=True,
            transit_encryption_enabled=True,
            # The key of the list is refused in a template as plain text: a reference it stays.
            auth_token=password.secret_value.unsafe_unwrap(),
            cache_subnet_group_name=subnets.ref,
            security_group_ids=[group.security_group_id],
            snapshot_retention_limit=7 if stage.retained else 1,
        )
        memory.apply_removal_policy(
            cdk.RemovalPolicy.SNAPSHOT if stage.retained else cdk.RemovalPolicy.DESTROY
        )
        acknowledge(
            memory,
            {"AwsSolutions-AEC5": "Nothing but the service's security group reaches the port."},
        )
        return memory

    def _service(
        self,
        stage: Stage,
        group: ec2.SecurityGroup,
        memory: elasticache.CfnReplicationGroup,
        password: secretsmanager.Secret,
        api_key: secretsmanager.ISecret,
    ) -> None:
        cluster = ecs.Cluster(
            self,
            "Cluster",
            vpc=self.vpc,
            container_insights_v2=ecs.ContainerInsights.ENABLED,
            default_cloud_map_namespace=ecs.CloudMapNamespaceOptions(
                name=_NAMESPACE,
                type=servicediscovery.NamespaceType.DNS_PRIVATE,
                vpc=self.vpc,
            ),
        )
        task = ecs.FargateTaskDefinition(
            self,
            "Task",
            cpu=512,
            memory_limit_mib=1024,
            runtime_platform=ecs.RuntimePlatform(
                cpu_architecture=ecs.CpuArchitecture.ARM64,
                operating_system_family=ecs.OperatingSystemFamily.LINUX,
            ),
        )
        address = memory.attr_primary_end_point_address
        task.add_container(
            "Service",
            image=ecs.ContainerImage.from_registry(IMAGE),
            command=["sh", "-c", _START],
            environment={
                # Anything else switches its authentication off.
                "NODE_ENV": "production",
                "PORT": str(PORT),
                "REDIS_URL": f"rediss://{address}:{REDIS_PORT}",
                "IGNORE_GROUP_MESSAGES": "true",
                "MEDIA_CLEANUP_ENABLED": "true",
            },
            secrets={
                "REDIS_PASSWORD": ecs.Secret.from_secrets_manager(password),
                "API_KEY": ecs.Secret.from_secrets_manager(api_key, "api_key"),
            },
            health_check=ecs.HealthCheck(
                command=["CMD-SHELL", f"wget -qO- http://127.0.0.1:{PORT}/cluster/health"],
                start_period=cdk.Duration.seconds(30),
            ),
            stop_timeout=cdk.Duration.seconds(_STOP_SECONDS),
            logging=ecs.LogDrivers.aws_logs(
                stream_prefix=_NAME, log_group=log_group(self, "Logs", stage)
            ),
            port_mappings=[ecs.PortMapping(container_port=PORT)],
        )
        acknowledge(
            task, {"AwsSolutions-ECS2": "Names and switches only: what is secret is a secret."}
        )
        ecs.FargateService(
            self,
            "Fargate",
            cluster=cluster,
            task_definition=task,
            desired_count=1,
            min_healthy_percent=100,
            max_healthy_percent=200,
            circuit_breaker=ecs.DeploymentCircuitBreaker(rollback=True),
            assign_public_ip=False,
            security_groups=[group],
            vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS),
            cloud_map_options=ecs.CloudMapOptions(name=_NAME),
        )
