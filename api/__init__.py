"""The faces: HTTP, SPARQL, pages and the command line; the only place where loading and reasoning are composed."""
