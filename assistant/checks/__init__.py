"""The checks: one file a check, each a pure function of one CheckInput."""
