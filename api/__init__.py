"""The HTTP API: what other tools may do, which is everything short of a decision."""
