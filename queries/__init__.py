"""The questions: named SPARQL queries, each with its purpose and parameters in its header."""
