"""The rules: SHACL shapes for data quality and for policy, one rule a file, and their compiler to SPARQL."""
