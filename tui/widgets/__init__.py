"""The widgets of the desk, and how domain objects become lines."""
