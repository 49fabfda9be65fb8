"""Language tools: sentences, facts and language detection, in English and Chinese."""
