"""A PostgreSQL server of one's own in a temporary folder, as long as it is needed."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """Where the programs of a PostgreSQL server are; Debian keeps them off the path."""
    on_path = shutil.which("initdb")
    if on_path is not None:
        return Path(on_path).parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def server() -> Iterator[str]:
    """The URL of an empty database. The server listens on a socket in its folder, and on no port."""
    bin_ = programs()
    assert bin_ is not None
    user = _other_user()
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    try:
        if user is not None:
            shutil.chown(folder, user)

        def run(program: str, *args: str) -> None:
            command = [str(bin_ / program), *args]
            done = subprocess.run(
                command, check=False, capture_output=True, text=True, cwd=folder, user=user, env={"LC_ALL": "C.UTF-8"}
            )
            assert done.returncode == 0, f"{program}: {done.stdout}{done.stderr}"

        data, log = str(folder / "data"), str(folder / "log")
        run("initdb", "-D", data, "-U", "test", "-A", "trust", "--no-sync", "-E", "UTF8")
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}'"
        run("pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start")
        try:
            yield f"postgresql://test@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _other_user() -> str | None:
    """Whom a server can run as: anybody but root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)
