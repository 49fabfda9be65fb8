"""What the support check knows of words: synonyms, opposites, kinds of things, and how alike two words are."""
