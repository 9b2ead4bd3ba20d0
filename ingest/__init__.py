"""ingest: a file goes in, pages of words with boxes come out."""
