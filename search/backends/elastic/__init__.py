"""The engine of a national directory, on Elasticsearch."""
