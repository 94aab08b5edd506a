"""The API's description: what the framework cannot know of the routes is added to what it tells of them."""

from typing import Any, get_type_hints

from fastapi import FastAPI, Response
from fastapi.routing import APIRoute, iter_route_contexts

UNCHANGED = {"description": "The copy that the asker has is still right: its tag came in If-None-Match"}
_BYTES = {"type": "string", "contentMediaType": "application/octet-stream"}
BYTES_GIVEN = {"requestBody": {"required": True, "content": {"application/octet-stream": {"schema": _BYTES}}}}
"""What a route adds that takes a file as it is, read by no model."""


class DescribedApp(FastAPI):
    """An application whose description is as exact as its answers."""

    def openapi(self) -> dict[str, Any]:
        """Return the description, made once: times are local, and what is kept has an answer for whoever has it."""
        if self.openapi_schema is None:
            described = _local_times(super().openapi())
            for path in self._kept():
                if path in described["paths"]:
                    described["paths"][path]["get"]["responses"]["304"] = UNCHANGED
            self.openapi_schema = described
        return self.openapi_schema

    def _kept(self) -> list[str]:
        """Return the addresses read whose answer may be one that the asker has: those that write it out themselves."""
        found = []
        for each in iter_route_contexts(self.routes):
            route, is_read = each.original_route, "GET" in (each.methods or ())
            if is_read and isinstance(route, APIRoute) and get_type_hints(route.endpoint).get("return") is Response:
                found.append(each.path or "")
        return found


def _local_times(said: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a description in which a time is one without a zone, as all of ours are: RFC 3339's own has one."""
    if isinstance(said, dict):
        local = {"format": "date-time-local"} if said.get("format") == "date-time" else {}
        return {name: _local_times(each) for name, each in said.items()} | local
    return [_local_times(each) for each in said] if isinstance(said, list) else said
