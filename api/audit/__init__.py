"""The audit log: what was decided, by whom, on what, in a chain that shows when somebody changed it."""

from .chain import AuditDamaged, AuditUnwritable, Chain, Entry, Verified
from .decision import Decided, engine_version
from .ledger import CHECK, IDENTITY, KEY, KINDS, RELEASE, RULE, SUPPRESSION, Ledger

__all__ = [
    "CHECK",
    "IDENTITY",
    "KEY",
    "KINDS",
    "RELEASE",
    "RULE",
    "SUPPRESSION",
    "AuditDamaged",
    "AuditUnwritable",
    "Chain",
    "Decided",
    "Entry",
    "Ledger",
    "Verified",
    "engine_version",
]
