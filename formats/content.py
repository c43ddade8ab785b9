"""The bytes of a file, wherever they are, unpacked when they are gzip."""

import gzip
import io
import zlib
from pathlib import Path

from formats.errors import FormatError

MOST_BYTES = 256 * 2**20
"""More than this unpacked is no timetable but an attack."""

GZIP = b"\x1f\x8b"


def content(data: bytes | str | Path) -> bytes:
    """data: the content of a file, or where it lies. FormatError when it is packed and damaged or unpacks too large."""
    raw = data if isinstance(data, bytes) else Path(data).read_bytes()
    if not raw.startswith(GZIP):
        return raw
    try:
        with gzip.open(io.BytesIO(raw)) as file:
            unpacked = file.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise FormatError("the file", f"damaged gzip ({error})", "a whole gzip file") from None
    if len(unpacked) > MOST_BYTES:
        raise FormatError("the file", f"more than {MOST_BYTES} bytes", "a smaller file")
    return unpacked
