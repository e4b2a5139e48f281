"""Jobs: many cases at once, answered one by one by processes of their own, through restarts and crashes."""

from .pool import Jobs
from .table import Case, Done, Job, Table

__all__ = ["Case", "Done", "Job", "Jobs", "Table"]
