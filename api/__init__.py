"""HTTP: REST under /api/v1 and the web pages, over the register and the search engine."""
