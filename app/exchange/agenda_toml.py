"""The shipped agendas."""

import msgspec
from msgspec import Struct

from app.domain.agenda import Agenda
from app.resource import resource


class _File(Struct, forbid_unknown_fields=True):
    agendas: tuple[Agenda, ...]


def shipped_agendas() -> tuple[Agenda, ...]:
    """Templates to start a session from, in the order in which they are offered."""
    body = resource("bank", "agendas.toml").read_bytes()
    return msgspec.toml.decode(body, type=_File).agendas
