"""The nouns of docs/architecture.md: frozen standard-library dataclasses that import nothing but each other."""
