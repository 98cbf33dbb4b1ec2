"""Run uv with the given arguments; where it is missing, install it into .uv by pip first. Standard library alone."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

OWN = Path(".uv")


def find_uv() -> str:
    """The uv on the path, or our own."""
    found = shutil.which("uv")
    if found:
        return found
    own = OWN / "bin" / "uv"
    if not own.exists():
        if sys.version_info[:2] != (3, 11):
            sys.exit(f"Openline needs Python 3.11, this is {sys.version.split()[0]}; set PYTHON=/path/to/python3.11")
        subprocess.run([sys.executable, "-m", "venv", str(OWN)], check=True)
        subprocess.run([str(OWN / "bin" / "python"), "-m", "pip", "install", "--quiet", "uv>=0.5"], check=True)
    return str(own)


if __name__ == "__main__":
    uv = find_uv()
    os.execv(uv, [uv, *sys.argv[1:]])
