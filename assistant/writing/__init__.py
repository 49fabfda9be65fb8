"""Playbooks, the offline writer and the model writer."""
