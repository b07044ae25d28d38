"""Repositories, one per aggregate. Those of tenants' data cannot be built without a Tenant."""
