"""Adapters: one vendor each, behind the ports."""
