"""What a stream has come to, in SQLite or PostgreSQL: the case files with their decisions, and how far it was read.

Everything of a batch is one transaction: the case files, the ids of the events, how far the stream was read, and how
long the files of lines were then. What is lost with a transaction is done again from where it began.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa

from socorg_rules.errors import CaseError, Problem

from .claim import PATIENCE, hold, is_busy

METADATA = sa.MetaData()
NAME = sa.String().with_variant(sa.String(collation="C"), "postgresql")  # one order of names in every database

STREAM = sa.Table(
    "socorg_stream",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("turn", sa.BigInteger, nullable=False),
    sa.Column("told", sa.Text, nullable=False),
)
SOURCES = sa.Table(
    "socorg_source",
    METADATA,
    sa.Column("name", NAME, primary_key=True),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("tail", sa.String, nullable=False),
)
EVENTS = sa.Table(
    "socorg_event",
    METADATA,
    sa.Column("id", NAME, primary_key=True),
    sa.Column("digest", sa.String, nullable=False),
)
CASES = sa.Table(
    "socorg_case",
    METADATA,
    sa.Column("id", NAME, primary_key=True),
    sa.Column("file", sa.String, nullable=False),
    sa.Column("facts", sa.Text, nullable=False),
    sa.Column("decisions", sa.Text, nullable=False),
    sa.Column("as_of", sa.String, nullable=False),
    sa.Column("due", sa.String, index=True),
    sa.Column("refused", sa.String),
)


OTHER = Problem("state", "another `watch` is working on this state; let only one run")


class Kept(NamedTuple):
    """A case file as it is kept: where it came from, its facts and its decisions as plain data, the next day on which
    one of these changes by itself, and a digest of why it could not be brought to a later one."""

    id: str
    file: str
    facts: Mapping[str, Any]
    decisions: Mapping[str, Any]
    as_of: str
    due: str | None
    refused: str | None


class State:
    """The database behind a stream.

    Args:
        url: `sqlite:///file`, `postgresql://…`, or the path of an SQLite file, made where there is none.

    Raises:
        CaseError: the URL is none of these, or the database cannot be opened.
    """

    def __init__(self, url: str) -> None:
        self._url, self._engine = url, _engine(url)
        self._held = ExitStack()
        self.told: dict[str, Any]
        """What the stream is about and how far it has come; empty where it begins."""
        try:
            METADATA.create_all(self._engine)
            self._look()
        except sa.exc.SQLAlchemyError as error:
            raise CaseError(Problem("state", f"`{_shown(url)}` cannot be used: {_reason(error)}")) from None

    def _look(self) -> None:
        with self._engine.begin() as connection:
            row = connection.execute(sa.select(STREAM)).one_or_none()
        self.told = {} if row is None else json.loads(row.told)
        self._turn = -1 if row is None else row.turn

    def own(self) -> None:
        """Keep every other program out until the state is closed, or this program ends in whatever way.

        Raises:
            CaseError: another program is working on this state.
        """
        try:
            path = file_of(self._url)
            if path is not None:
                self._held.enter_context(closing(hold(path)))
            elif self._engine.dialect.name == "postgresql":
                connection = self._held.enter_context(self._engine.connect())
                connection = connection.execution_options(isolation_level="AUTOCOMMIT")
                connection.execute(sa.text(f"SET lock_timeout = '{PATIENCE}s'"))
                connection.execute(
                    sa.text("SELECT pg_advisory_lock(hashtext('socorg-rules watch'), hashtext(current_schema()))")
                )
        except (sqlite3.Error, sa.exc.OperationalError) as error:
            busy = is_busy(error) or getattr(getattr(error, "orig", None), "sqlstate", None) == "55P03"
            told = f"`{_shown(self._url)}` cannot be held: {_reason(error)}"
            raise CaseError(OTHER if busy else Problem("state", told)) from None
        with _plainly():
            self._look()

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """A transaction. `told` is kept with it.

        Raises:
            CaseError: another program has changed the state since.
            OSError: the database fails; nothing of this transaction is kept.
        """
        with _plainly(), self._engine.begin() as connection:
            self._take(connection)
            yield Turn(connection)
            connection.execute(sa.update(STREAM).values(told=json.dumps(self.told, ensure_ascii=False)))

    def _take(self, connection: sa.Connection) -> None:
        """Make sure that nobody else is at it, and keep everybody else out until the end of the transaction."""
        if self._turn < 0:
            try:
                connection.execute(sa.insert(STREAM).values(id=1, turn=0, told="{}"))
            except sa.exc.IntegrityError:
                raise CaseError(OTHER) from None
        else:
            mine = STREAM.c.turn == self._turn
            if connection.execute(sa.update(STREAM).where(mine).values(turn=self._turn + 1)).rowcount != 1:
                raise CaseError(OTHER)
        self._turn += 1

    def left(self, source: str) -> tuple[int, str]:
        """How many bytes of a source have been read, and a digest of the last of them."""
        asked = sa.select(SOURCES.c.position, SOURCES.c.tail).where(SOURCES.c.name == source)
        with _plainly(), self._engine.begin() as connection:
            found = connection.execute(asked).one_or_none()
        return (0, "") if found is None else (found.position, found.tail)

    def close(self) -> None:
        """Let go of the database."""
        self._held.close()
        self._engine.dispose()


@contextmanager
def _plainly() -> Iterator[None]:
    """Say what is wrong with the database without the statement that found it out."""
    try:
        yield
    except sa.exc.SQLAlchemyError as error:
        told = f"state: {_reason(error)}; nothing of this batch was kept; start again"
        raise OSError(told) from None


class Turn:
    """What can be asked and changed within one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def move(self, source: str, position: int, tail: str) -> None:
        """Note how many bytes of a source have been read, with a digest of the last of them."""
        where, read = SOURCES.c.name == source, {"position": position, "tail": tail}
        if not self._connection.execute(sa.update(SOURCES).where(where).values(read)).rowcount:
            self._connection.execute(sa.insert(SOURCES).values(name=source, **read))

    def digests(self, ids: Iterable[str]) -> dict[str, str]:
        """The digests of those events that came before, by id."""
        asked = sa.select(EVENTS.c.id, EVENTS.c.digest).where(EVENTS.c.id.in_(list(ids)))
        return {row.id: row.digest for row in self._connection.execute(asked)}

    def note(self, digests: Mapping[str, str]) -> None:
        """Note events by id."""
        if digests:  # one that was rejected may have come again
            self._connection.execute(sa.delete(EVENTS).where(EVENTS.c.id.in_(list(digests))))
            self._connection.execute(sa.insert(EVENTS), [{"id": i, "digest": d} for i, d in digests.items()])

    def known(self, ids: Sequence[str]) -> dict[str, str]:
        """Those of these case files that there are, with where each came from."""
        asked = sa.select(CASES.c.id, CASES.c.file).where(CASES.c.id.in_(ids))
        return {row.id: row.file for row in self._connection.execute(asked)}

    def cases(self, ids: Sequence[str]) -> dict[str, Kept]:
        """Case files by id."""
        rows = self._connection.execute(sa.select(CASES).where(CASES.c.id.in_(ids)))
        return {
            row.id: Kept(
                row.id, row.file, json.loads(row.facts), json.loads(row.decisions), row.as_of, row.due, row.refused
            )
            for row in rows
        }

    def due(self, day: str, after: str, most: int) -> list[str]:
        """The first case files, by id and behind `after`, of which a decision changes by itself up to a day."""
        asked = sa.select(CASES.c.id).where(CASES.c.due <= day, CASES.c.id > after).order_by(CASES.c.id).limit(most)
        return list(self._connection.execute(asked).scalars())

    def add(self, cases: Iterable[Kept]) -> None:
        """Keep new case files."""
        rows = [_row(kept) for kept in cases]
        if rows:
            self._connection.execute(sa.insert(CASES), rows)

    def put(self, cases: Iterable[Kept]) -> None:
        """Keep changed case files."""
        rows = [{**_row(kept), "this": kept.id} for kept in cases]
        if rows:
            changed: dict[str, sa.BindParameter[Any]] = {
                c: sa.bindparam(c) for c in ("facts", "decisions", "as_of", "due", "refused")
            }
            self._connection.execute(sa.update(CASES).where(CASES.c.id == sa.bindparam("this")).values(changed), rows)


def _row(kept: Kept) -> dict[str, Any]:
    facts, decisions = (json.dumps(data, ensure_ascii=False) for data in (kept.facts, kept.decisions))
    return {**kept._asdict(), "facts": facts, "decisions": decisions}


def _engine(url: str) -> sa.Engine:
    try:
        made = sa.make_url(url if "://" in url else f"sqlite:///{url}")
        if made.get_backend_name() not in {"sqlite", "postgresql"}:
            raise CaseError(Problem("state", f"`{_shown(url)}` is neither SQLite nor PostgreSQL"))
        if made.drivername == "postgresql":
            made = made.set(drivername="postgresql+psycopg")
        engine = sa.create_engine(made)
    except sa.exc.ArgumentError:
        raise CaseError(Problem("state", f"`{_shown(url)}` is no URL of a database, as in postgresql://…")) from None
    except ModuleNotFoundError as error:
        told = f"`{error.name}` is not installed; `pip install 'socorg-rules[postgresql]'` does it"
        raise CaseError(Problem("state", told)) from None
    if made.get_backend_name() == "sqlite":
        sa.event.listen(engine, "connect", _connected)
        sa.event.listen(engine, "begin", _began)
    return engine


def file_of(url: str) -> Path | None:
    """The file that a state is kept in; None where it is kept in none, and for what is no URL."""
    if "://" not in url:
        return Path(url)
    try:
        made = sa.make_url(url)
    except sa.exc.ArgumentError:
        return None
    in_file = made.get_backend_name() == "sqlite" and made.database not in (None, "", ":memory:")
    return Path(str(made.database)) if in_file else None


def _connected(connection: Any, _: object) -> None:  # noqa: ANN401 - of the driver
    """SQLite commits by itself unless told not to; a commit is to outlive a power cut."""
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")


def _began(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _shown(url: str) -> str:
    """A URL without its password."""
    try:
        return sa.make_url(url).render_as_string(hide_password=True) if "://" in url else url
    except sa.exc.ArgumentError:
        return url


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]
