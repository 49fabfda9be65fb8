"""SQLite through SQLAlchemy: the state that people made, and the index that can be rebuilt."""
