"""The API try-out page's own files, as the Lambda toolkit ships them."""

from __future__ import annotations

from pathlib import Path

_FILES = {
    "swagger-ui.js": ("swagger-ui-bundle.min.js", "text/javascript; charset=utf-8"),
    "swagger-ui.css": ("swagger-ui.min.css", "text/css; charset=utf-8"),
}


def swagger_file(name: str) -> tuple[bytes, str] | None:
    if name not in _FILES:
        return None
    import aws_lambda_powertools.event_handler.openapi as openapi

    file, content_type = _FILES[name]
    folder = Path(openapi.__file__).parent / "swagger_ui"
    return (folder / file).read_bytes(), content_type
