"""Sounds on disk, each under the hash of what made it. Several threads and processes may use one folder.

Every file is a µ-law sound with its own SHA-256 before it: one that was cut off or rotted is found and thrown away.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

DIGEST = 32
"""Bytes of SHA-256 at the head of a file."""
MOST_BYTES = 256 * 1024 * 1024
"""About nine hours of sound; all fixed prompts of a language at two paces are some 30 MB."""
CLEARED_TO = 0.8
"""Share of the bound that is left after clearing, so that not every write has to clear again."""


class KeptSounds:
    """When the folder is full, what was not heard for longest goes. An unusable disk keeps nothing and harms nobody."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self._folder = folder
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._bytes: int | None = None
        """This process's estimate of the folder's size; counted anew before anything is cleared."""

    def get(self, key: str) -> bytes | None:
        """The µ-law sound, or None where it is not kept or its hash does not agree."""
        path = self._path(key)
        try:
            content = path.read_bytes()
        except OSError:
            return None
        digest, ulaw = content[:DIGEST], content[DIGEST:]
        if hashlib.sha256(ulaw).digest() != digest:
            with suppress(OSError):
                path.unlink()
            return None
        with suppress(OSError):  # on a read-only disk the order of clearing is all that is lost
            os.utime(path)
        return ulaw

    def keep(self, key: str, ulaw: bytes) -> None:
        """Write it whole or not at all."""
        path = self._path(key)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(hashlib.sha256(ulaw).digest() + ulaw)
                Path(temporary).replace(path)
            except OSError:
                Path(temporary).unlink(missing_ok=True)
                raise
            self._make_room(len(ulaw) + DIGEST)

    def _path(self, key: str) -> Path:
        name = hashlib.sha256(key.encode()).hexdigest()
        return self._folder / name[:2] / f"{name}.ulaw"

    def _make_room(self, added: int) -> None:
        with self._lock:
            if self._bytes is None:
                self._bytes = sum(size for _, size, _ in self._files())
            else:
                self._bytes += added
            if self._bytes > self._most_bytes:
                self._bytes = self._clear()

    def _clear(self) -> int:
        files = sorted(self._files(), key=lambda file: file[0])
        left = sum(size for _, size, _ in files)
        for _, size, path in files:
            if left <= self._most_bytes * CLEARED_TO:
                break
            path.unlink(missing_ok=True)
            left -= size
        return left

    def _files(self) -> list[tuple[int, int, Path]]:
        """(last heard in ns, bytes, path) of all, also what a dead process left half written; others may clear too."""
        found = []
        for path in self._folder.glob("*/*"):
            with suppress(OSError):
                stat = path.stat()
                found.append((stat.st_mtime_ns, stat.st_size, path))
        return found
