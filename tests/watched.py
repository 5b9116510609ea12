"""A stream of events over case files of organizations in Riverside, watched in a folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from socorg_rules import Pack, load_pack
from socorg_rules.watch.state import METADATA, State
from socorg_rules.watch.stream import Stream

ROOT = Path(__file__).parents[1]
RIVERSIDE = str(ROOT / "tests" / "packs" / "riverside.py")
DAY = "2023-06-01"
FERRY = "organization.riverside.keeps_ferry"
Event = dict[str, Any]


def emptied(url: str) -> None:
    engine = sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg"))
    METADATA.drop_all(engine)
    engine.dispose()


def cases(folder: Path, **facts: Mapping[str, object]) -> Path:
    """A folder of case files of organizations in Riverside."""
    folder.mkdir(exist_ok=True)
    for name, told in facts.items():
        about = {"division": "990101", "payments": [], **told}
        (folder / f"{name}.json").write_text(json.dumps({"organization": about}), encoding="utf-8")
    return folder


def learned(case: str, path: str, value: object, **more: object) -> Event:
    return {"event": "learned", "case": case, "path": path, "value": value, **more}


def passed(to: str, **more: object) -> Event:
    return {"event": "day_passed", "to": to, **more}


class Watched:
    """A folder in which streams are watched, with what was written there."""

    def __init__(self, folder: Path, state: str, pack: Pack | None = None) -> None:
        self.folder, self.state, self.pack = folder, state, pack or load_pack(RIVERSIDE)
        self.events, self.changes_path, self.rejects_path = (folder / n for n in ("events", "changes", "rejects"))

    def __call__(self, *events: Event | str, engine: str = "reference", as_of: str | None = None) -> dict[str, int]:
        """Add events to the file, and watch it from where it was left."""
        with self.events.open("a", encoding="utf-8") as stream:
            stream.writelines((e if isinstance(e, str) else json.dumps(e, ensure_ascii=False)) + "\n" for e in events)
        with closing(State(self.state)) as state:
            first = None if state.told else DAY
            options = {"changes": str(self.changes_path), "rejects": str(self.rejects_path)}
            with closing(Stream(self.pack, state, **options, as_of=as_of or first, engine=engine)) as running:
                running.add(str(self.folder / "cases"))
                with self.events.open("rb") as stream_:
                    running.read(stream_, str(self.events))
                return running.counts

    @property
    def changes(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.changes_path.read_text("utf-8").splitlines()]

    @property
    def rejects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.rejects_path.read_text("utf-8").splitlines()]

    def reasons(self) -> list[str]:
        return [f"{p['path']}: {p['problem']}" for r in self.rejects for p in r["problems"]]


def in_riverside(folder: Path, state: str) -> Watched:
    """Two case files, of one of which it is known that it keeps no ferry."""
    cases(folder / "cases", a={}, b={"riverside": {"keeps_ferry": False}})
    return Watched(folder, state)
