"""Stacks compose components, nothing else."""
