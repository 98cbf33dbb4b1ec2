"""Sounds on disk."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ivr.synthesis.kept_sounds import DIGEST, KeptSounds


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_was_kept_comes_back_and_what_was_not_does_not(tmp_path: Path) -> None:
    sounds = KeptSounds(tmp_path)
    assert sounds.get("a") is None
    sounds.keep("a", b"\xff" * 160)
    assert sounds.get("a") == b"\xff" * 160
    assert KeptSounds(tmp_path).get("a") == b"\xff" * 160
    assert sounds.get("b") is None


def test_a_damaged_file_is_thrown_away(tmp_path: Path) -> None:
    sounds = KeptSounds(tmp_path)
    sounds.keep("a", b"\xff" * 160)
    [path] = files(tmp_path)
    for damage in (path.read_bytes()[:-1], b"", path.read_bytes()[:-1] + b"\x00"):
        path.write_bytes(damage)
        assert sounds.get("a") is None
        assert files(tmp_path) == []
        path.write_bytes(damage)


def test_the_longest_unheard_sounds_go_when_the_folder_is_full(tmp_path: Path) -> None:
    sounds = KeptSounds(tmp_path, most_bytes=10 * (100 + DIGEST))
    for number in range(10):
        sounds.keep(str(number), bytes([number]) * 100)
    for age, path in enumerate(files(tmp_path)):
        os.utime(path, ns=(age, age))
    heard = sounds.get("0")  # now the most recently heard
    assert heard == bytes([0]) * 100
    sounds.keep("new", b"\xff" * 100)
    assert sum(path.stat().st_size for path in files(tmp_path)) <= 8 * (100 + DIGEST)
    assert sounds.get("0") == heard
    assert sounds.get("new") == b"\xff" * 100


def test_what_a_dead_process_left_half_written_is_cleared_too(tmp_path: Path) -> None:
    (tmp_path / "ab").mkdir()
    half = tmp_path / "ab" / "x.part"
    half.write_bytes(b"\xff" * 5_000)
    os.utime(half, ns=(1, 1))
    KeptSounds(tmp_path, most_bytes=1_000).keep("a", b"\xff" * 100)
    assert not half.exists()


def test_a_disk_that_cannot_be_used_harms_nobody(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    sounds = KeptSounds(blocked)
    sounds.keep("a", b"\xff")
    assert sounds.get("a") is None


def test_many_threads_write_and_read_one_folder(tmp_path: Path) -> None:
    stores = [KeptSounds(tmp_path, most_bytes=4_000) for _ in range(2)]  # as two processes would

    def work(number: int) -> bytes | None:
        sounds = stores[number % 2]
        sounds.keep(str(number % 7), bytes([number % 7]) * 300)
        return sounds.get(str(number % 7))

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(work, range(300)))
    assert all(sound is None or sound == bytes([number % 7]) * 300 for number, sound in enumerate(found))
    assert not list(tmp_path.rglob("*.part"))
