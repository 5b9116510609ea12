"""durable-rules, driven so that nothing reaches it that makes it crash, hang or answer wrongly.

Its Rete network is driven directly, without its Python host. What it must never meet, and what is done about it:

- that host starts two daemon threads which step into sessions at any time: there is none here, and no thread;
- actions whose exceptions end in a session's state (`KeyboardInterrupt` too), or that take ten seconds by the clock and
  end the run quietly: no action runs inside it; it says which rule fires, and that is noted here;
- a session deleted before any rule fired in it is read uninitialized: an opening fact fires a rule in each;
- a 1,025th live session crashes it: a rule set has one at a time, under a lock, deleted whatever happens;
- ids of sessions and facts, and names, are compared by 32-bit hashes: there are few, short, and they do not collide;
- a fact that no rule reads is an error: facts are told only to rule sets that read them;
- a changed fact does not take back what it had proved: nothing is ever retracted, each session starts from nothing;
- it is not made for threads: hence the lock.

All that is ever tested is equality with 0 or 1: no patterns, arithmetic, ordering, floats, events or batches; `horn.py`
sees to the size and form of rules and rule sets. `forward.py` holds what was derived against the reference's rule for
each node.
"""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Sequence
from contextlib import suppress

import durable_rules_engine as rete

from .horn import Literal, Rule, RuleSet

SESSION = "1"
OPENING = "o"
LOCK = threading.RLock()
"""Held while a session is open, and while rule sets are made or freed."""


class EngineFailure(RuntimeError):  # noqa: N818 - an outage, not a mistake in the input
    """durable-rules did not do what it must. There is no answer then."""


class RuleHost:
    """Rule sets, and one session at a time of all of them, between `begin` and `end`."""

    def __init__(self, sets: Sequence[RuleSet]) -> None:
        self.noted: dict[str, tuple[bool, Rule | None]] = {}
        """What is known in the session, by symbol in the order of its coming: its truth, and the rule that fired."""
        self._waiting: deque[Literal] = deque()
        self._sets = tuple(sets)
        self._readers: dict[Literal, list[int]] = {}
        for number, set_ in enumerate(self._sets):
            for literal in set_.read:
                self._readers.setdefault(literal, []).append(number)
        with LOCK:
            self._handles = [rete.create_ruleset(f"s{n}", json.dumps(_definition(s))) for n, s in enumerate(self._sets)]
        self._opened: list[int] = []

    def begin(self) -> None:
        """Open a session of each rule set, in which nothing is known."""
        self.noted.clear()
        self._waiting.clear()
        for number in range(len(self._sets)):
            self._opened.append(number)
            self._assert(number, Literal(OPENING, True))

    def tell(self, symbol: str, truth: bool) -> None:  # noqa: FBT001 - the value of a test
        """Assert a fact, and everything that follows."""
        self._note(Literal(symbol, truth), None)
        while self._waiting:
            literal = self._waiting.popleft()
            for number in self._readers.get(literal, ()):
                self._assert(number, literal)

    def end(self) -> None:
        """Delete the sessions, also one that an interruption left half open."""
        while self._opened:
            with suppress(rete.error):  # there was none yet
                rete.delete_state(self._handles[self._opened.pop()], SESSION)

    def free(self) -> None:
        """Give back the memory of the rule sets, which nothing can use any more."""
        with LOCK:
            while self._handles:
                rete.delete_ruleset(self._handles.pop())

    def _assert(self, number: int, literal: Literal) -> None:
        """Assert a fact in one rule set, and note what fires there."""
        handle = self._handles[number]
        fact = f'{{"id":"{literal.symbol}","sid":"{SESSION}","{literal.symbol}":{int(literal.truth)}}}'
        refused, session = rete.assert_fact(handle, fact)
        if refused:
            raise EngineFailure(f"durable-rules refused the fact {fact} ({refused})")
        started = rete.start_action_for_state(handle, session)
        fired = started and started[1]
        while fired:
            name = fired.split('"', 2)[1]
            if name != OPENING:
                rule = self._sets[number].rules[int(name)]
                self._note(rule.head, rule)
            fired = rete.complete_and_start_action(handle, session)

    def _note(self, head: Literal, rule: Rule | None) -> None:
        """Note a symbol once, however many rules come to it."""
        known = self.noted.get(head.symbol)
        if known is None:
            self.noted[head.symbol] = head.truth, rule
            self._waiting.append(head)
        elif known[0] is not head.truth:
            raise EngineFailure(f"`{head.symbol}` was proved and refuted")


def _definition(set_: RuleSet) -> dict[str, object]:
    """A rule set as durable-rules takes it."""
    rules: dict[str, object] = {OPENING: {"all": [{"m": {OPENING: 1}}]}}
    for number, rule in enumerate(set_.rules):
        rules[str(number)] = {"all": [{f"m_{i}": {b.symbol: int(b.truth)}} for i, b in enumerate(rule.body)]}
    return rules
