"""One module for each kind of document, each with `read`; `assistant.retrieval.readers` imports the one it needs."""
