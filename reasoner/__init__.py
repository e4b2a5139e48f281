"""From the graph to findings: closure, ownership, rules, decisions and their proofs."""
