"""What every answer and every error has in common."""

from typing import Any

from werkzeug.test import TestResponse

PROBLEM = "application/problem+json"


def good(response: TestResponse) -> dict[str, Any]:
    """Hold an answer against what every answer promises, and return its content."""
    assert response.status_code == 200, response.get_data(as_text=True)
    assert response.mimetype == "application/json"
    content: dict[str, Any] = response.get_json()
    assert content["release"].startswith("2024-06-01-")
    assert content["rules_version"]
    return content


def problem(response: TestResponse, status: int, words: str = "") -> dict[str, Any]:
    """Hold an error against RFC 9457 and against ours, and return its content."""
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.mimetype == PROBLEM
    content: dict[str, Any] = response.get_json(force=True)
    assert content["status"] == status
    assert {"type", "title", "status", "detail", "instance"} <= set(content)
    assert content["type"] == "about:blank" or content["type"].startswith("https://w3id.org/clew/problem/")
    assert not content["detail"].endswith(".")
    assert words in content["detail"] or any(words in fault["detail"] for fault in content.get("errors", []))
    assert "Traceback" not in response.get_data(as_text=True)
    return content
