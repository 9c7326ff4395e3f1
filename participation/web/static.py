"""Static files: packed once, kept by browsers for a year where the address names the content (`static_url`)."""

import gzip
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles

TEXTS = {".css", ".js", ".svg", ".json"}
YEAR, MINUTES = "public, max-age=31536000, immutable", "public, max-age=300"


class PackedFiles(StaticFiles):
    """The framework's static files with gzip for texts and our caching headers."""

    def file_response(
        self, full_path: Any, stat_result: os.stat_result, scope: Any, status_code: int = 200
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        suffix = Path(full_path).suffix
        wants_gzip = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        if suffix in TEXTS and wants_gzip and isinstance(response, FileResponse):
            packed = Response(_packed(str(full_path), stat_result.st_mtime), media_type=response.media_type)
            packed.headers["content-encoding"] = "gzip"
            for name in ("etag", "last-modified"):
                packed.headers[name] = response.headers[name]
            response = packed
        if suffix in TEXTS:
            response.headers["vary"] = "Accept-Encoding"
        response.headers["cache-control"] = YEAR if scope["query_string"].startswith(b"v=") else MINUTES
        return response


@lru_cache(maxsize=64)
def _packed(path: str, modified: float) -> bytes:
    return gzip.compress(Path(path).read_bytes(), 9)
