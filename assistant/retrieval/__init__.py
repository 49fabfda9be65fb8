"""Note readers, passages, the vector index and fused search."""
