"""What is asked about jobs, and what they answer."""

from __future__ import annotations

from pydantic import Field

from ..models import Asked, Stamped


class JobPath(Asked):
    """A job by its id."""

    id: str = Field(pattern=r"^[0-9a-f]{32}$", description="The id of the job.", examples=["0" * 32])


class ResultsQuery(Asked):
    """Which answers of a job."""

    after: int = Field(0, ge=0, description="Only answers to cases after this number.", examples=[0])


class JobModel(Stamped):
    """A job and how far it is."""

    id: str = Field(description="Its id.", examples=["0" * 32])
    state: str = Field(description="waiting, running or done.", examples=["running"])
    total: int = Field(description="How many cases it has.", examples=[100])
    done: int = Field(description="How many have an answer or a problem.", examples=[40])
    failed: int = Field(description="How many of these have a problem.", examples=[1])
    created: str = Field(description="When it came, in UTC.", examples=["2026-11-21T10:00:00+00:00"])
    expires: str = Field(description="When it is erased, in UTC.", examples=["2026-11-28T10:00:00+00:00"])
    results: str = Field(description="Where its answers are.", examples=["/v1/jobs/" + "0" * 32 + "/results"])
    events: str = Field(description="Where its progress is told.", examples=["/v1/jobs/" + "0" * 32 + "/events"])
