"""durable-rules, wrapped so that nothing reaches it that makes it crash, hang or answer wrongly.

What it must never see, and what is done about it:

- its own host starts two daemon threads that step into sessions at any time: this one starts none;
- a session deleted before any rule fired in it is read uninitialized: an opening fact fires a rule in each;
- a 1,025th live session crashes it: a rule set has one at a time, under a lock, deleted whatever happens;
- ids of sessions and facts are compared by 32-bit hashes: there are few, short, and they do not collide;
- an exception in an action, `KeyboardInterrupt` too, ends in the session's state: actions only note which rule fired,
  and the state is looked at before the session is deleted;
- a fact that no rule reads is an error, worse inside an action: facts are asserted outside, and only where read;
- a changed fact does not take back what it had proved: nothing is ever retracted, each session starts from nothing;
- an action during which ten seconds pass (or the clock is set) ends the run quietly: `forward.py` holds what was
  derived against the reference's rule for each node.

All that is ever tested is equality with 0 or 1: no patterns, arithmetic, ordering, floats, events or batches.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import durable_rules_engine
from durable.engine import Host

from .horn import Literal, Rule, RuleSet

SESSION = "1"
OPENING = "o"
LOCK = threading.RLock()
"""Held while a session is open: durable-rules is not made for threads."""


class EngineFailure(RuntimeError):
    """durable-rules did not do what it must. There is no answer then."""


class _Host(Host):  # type: ignore[misc]
    """A host that runs only when it is told something."""

    def _run(self) -> None:
        """Start no timers."""


class RuleHost:
    """Rule sets held by a host of their own; one session at a time, between `begin` and `end`."""

    def __init__(self, sets: Sequence[RuleSet]) -> None:
        self.noted: dict[str, tuple[bool, Rule | None]] = {}
        """What is known in the session, by symbol in the order of its coming: its truth, and the rule that fired."""
        self._waiting: deque[Literal] = deque()
        self._readers: dict[Literal, list[str]] = {}
        definitions: dict[str, Any] = {}
        for number, set_ in enumerate(sets):
            name = f"r{number}"
            definitions[name] = self._definition(set_)
            for literal in set_.read:
                self._readers.setdefault(literal, []).append(name)
        with LOCK:
            self._host = _Host(definitions)
        self._names = tuple(definitions)

    def begin(self) -> None:
        """Open a session of each rule set, in which nothing is known."""
        self.noted.clear()
        self._waiting.clear()
        for name in self._names:
            self._host.assert_fact(name, {"id": OPENING, "sid": SESSION, OPENING: 1})

    def tell(self, symbol: str, truth: bool) -> None:  # noqa: FBT001 - the value of a test
        """Assert a fact, and everything that follows."""
        self._note(Literal(symbol, truth), None)
        while self._waiting:
            fact = self._waiting.popleft()
            for name in self._readers.get(fact, ()):
                self._host.assert_fact(name, {"id": fact.symbol, "sid": SESSION, fact.symbol: int(fact.truth)})

    def end(self) -> None:
        """Delete the sessions.

        Raises:
            EngineFailure: an action had raised something.
        """
        raised = []
        for name in self._names:
            raised += filter(None, [self._host.get_state(name, SESSION).get("exception")])
            self._host.delete_state(name, SESSION)
        if raised:
            raise EngineFailure(f"an action of durable-rules failed: {raised[0]}")

    def free(self) -> None:
        """Give back the memory of the rule sets, which nothing can use any more."""
        with LOCK:
            for name in self._names:
                durable_rules_engine.delete_ruleset(self._host.get_ruleset(name)._handle)  # noqa: SLF001 - no other way

    def _note(self, head: Literal, rule: Rule | None) -> None:
        """Note a symbol once, however many rules come to it."""
        known = self.noted.get(head.symbol)
        if known is None:
            self.noted[head.symbol] = head.truth, rule
            self._waiting.append(head)
        elif known[0] is not head.truth:
            raise EngineFailure(f"`{head.symbol}` was proved and refuted")

    def _definition(self, set_: RuleSet) -> Mapping[str, Any]:
        rules: dict[str, Any] = {OPENING: {"all": [{"m": {OPENING: 1}}], "run": _opened}}
        for number, rule in enumerate(set_.rules):
            body = [{f"m_{i}": {part.symbol: int(part.truth)}} for i, part in enumerate(rule.body)]
            rules[f"r{number}"] = {"all": body, "run": self._firing(rule)}
        return rules

    def _firing(self, rule: Rule) -> Callable[[object], None]:
        def fired(_: object) -> None:
            self._note(rule.head, rule)

        return fired


def _opened(_: object) -> None:
    """Do nothing: that some rule has fired is all that matters."""
