"""Models are found, checked and fetched without surprises."""

from pathlib import Path

import pytest

from ivr.errors import RecognitionFailed
from ivr.recognition import models


def make_model(folder: Path) -> Path:
    for name in ("am/final.mdl", "conf/model.conf"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")
    return folder


def test_a_model_is_found_where_vosks_loader_keeps_it(tmp_path: Path) -> None:
    folder = make_model(tmp_path / ".cache/vosk/vosk-model-small-en-us-0.15")
    assert models.vosk_model_folder("en", {"HOME": str(tmp_path)}) == folder


def test_a_folder_named_in_the_environment_comes_first(tmp_path: Path) -> None:
    make_model(tmp_path / ".cache/vosk/vosk-model-small-en-us-0.15")
    own = make_model(tmp_path / "own/vosk-model-en-us-0.22-lgraph")
    assert models.vosk_model_folder("en", {"HOME": str(tmp_path), "VOSK_MODEL_PATH": str(tmp_path / "own")}) == own


def test_half_a_download_and_another_language_are_no_model(tmp_path: Path) -> None:
    (tmp_path / ".cache/vosk/vosk-model-small-en-us-0.15/am").mkdir(parents=True)
    make_model(tmp_path / ".cache/vosk/vosk-model-small-eo-0.42")
    assert models.vosk_model_folder("en", {"HOME": str(tmp_path)}) is None


def test_the_korean_model_comes_from_its_package(tmp_path: Path) -> None:
    folder = models.vosk_model_folder("ko", {"HOME": str(tmp_path)})
    assert folder is not None
    assert (folder / "conf/model.conf").is_file()


@pytest.mark.parametrize("offline", [{"OPENLINE_OFFLINE": "1"}, {"CI": "true"}])
def test_nothing_is_asked_of_the_network_offline(tmp_path: Path, offline: dict[str, str]) -> None:
    fetched = models.fetch_vosk("en", {"HOME": str(tmp_path), **offline})
    assert fetched.folder is None
    assert "Whisper hears it" in fetched.message


def test_a_language_without_a_vosk_model_is_said_to_have_none(tmp_path: Path) -> None:
    assert "No Vosk model is known for xx" in models.fetch_vosk("xx", {"HOME": str(tmp_path)}).message


def test_a_refusing_network_is_one_sentence_and_no_exit(tmp_path: Path) -> None:
    refused = {"HOME": str(tmp_path), "HTTPS_PROXY": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    fetched = models.fetch_vosk("en", refused)
    assert fetched.folder is None
    assert "no connection" in fetched.message
    assert "\n" not in fetched.message


def test_whisper_is_joined_once_and_checked(tmp_path: Path) -> None:
    folder = models.ensure_whisper(tmp_path)
    assert (folder / "model.bin").stat().st_size == models.WHISPER_SIZE
    before = (folder / "model.bin").stat().st_mtime_ns
    assert models.ensure_whisper(tmp_path) == folder
    assert (folder / "model.bin").stat().st_mtime_ns == before
    assert not list(folder.glob("*.partial"))


def test_a_cut_model_is_joined_again(tmp_path: Path) -> None:
    folder = models.ensure_whisper(tmp_path)
    (folder / "model.bin").write_bytes(b"cut")
    models.ensure_whisper(tmp_path)
    assert (folder / "model.bin").stat().st_size == models.WHISPER_SIZE


def test_a_cache_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RecognitionFailed, match="could not be written"):
        models.ensure_whisper(tmp_path / "file")
