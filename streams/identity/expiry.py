"""What the windows have passed → let go, a bounded number at a time, with the writes that this asks for."""

from __future__ import annotations

from dataclasses import replace

from streams.identity.entry import Write
from streams.identity.state import IdentityState


def expire(state: IdentityState) -> list[Write]:
    """Let go of what the windows have passed: of each window so many entries at most as the settings say, and it is
    more than one, so that a backlog always shrinks. Nearly always nothing is due, and that must cost next to nothing.
    """
    clock = state.clock
    writes: list[Write] = []
    if not state.settling.quiet(clock):
        _settle(state, writes)
    if not state.texts_due.quiet(clock):
        _slim(state, writes)
    if not state.entries_due.quiet(clock):
        _delete(state, writes)
    return writes


def _settle(state: IdentityState, writes: list[Write]) -> None:
    """No parent of these stories can come late any more."""
    for _ in range(state.settings.expire_per_call):
        due = state.settling.due(state.clock, state.rows, state.held)
        if due is None:
            break
        writes.append((state.drop_story(state.rows[due].key), None))


def _slim(state: IdentityState, writes: list[Write]) -> None:
    """These are no longer compared by their words."""
    for _ in range(state.settings.expire_per_call):
        due = state.texts_due.due(state.clock, state.rows, state.held)
        if due is None:
            break
        entry = state.entry(due)
        if entry is not None and not entry.slim:
            state.unindex(entry)
            print_ = replace(entry.fingerprint, signature="")
            slim = replace(entry, slim=True, paragraphs=(), words="", fingerprint=print_)
            state.change(slim)
            writes.append((slim.key, slim))
        state.drop_profile(due)


def _delete(state: IdentityState, writes: list[Write]) -> None:
    """These are remembered no more."""
    for _ in range(state.settings.expire_per_call):
        due = state.entries_due.due(state.clock, state.rows, state.held)
        if due is None:
            break
        key, settling = state.rows[due].key, state.settling.head
        if settling is not None and due >= settling:
            writes.append((state.drop_story(key), None))
        writes.append((key, None))
        state.forget(due)
