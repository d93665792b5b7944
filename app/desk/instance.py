"""One window per person and session: a second start hands its file to the first and ends."""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from app.store.lock import account

SESSION = ("XDG_RUNTIME_DIR", "WAYLAND_DISPLAY", "DISPLAY", "SESSIONNAME", "XDG_CONFIG_HOME")
"""What tells the sessions, displays and profiles of one account apart."""
WAIT = 400
"""Milliseconds a running window has to answer."""


def session_name(environment: Mapping[str, str]) -> str:
    """A window on another display is somebody else's: its audit must not be replaced from here."""
    own = "\n".join((account(), *(environment.get(name, "") for name in SESSION)))
    return f"plumbline-{hashlib.sha256(own.encode()).hexdigest()[:12]}"


class Instance(QObject):
    wanted = Signal(str)
    """Another start asks for this file; empty where it named none."""

    def __init__(self) -> None:
        super().__init__()
        self._name = session_name(os.environ)
        self._server: QLocalServer | None = None

    def is_second(self, file: Path | None) -> bool:
        """True where a window is running already; it was told which file to open."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(WAIT):
            socket.write((str(file.resolve()) if file else "").encode() + b"\n")
            socket.waitForBytesWritten(WAIT)
            socket.disconnectFromServer()
            return True
        # A name left behind by a window that was killed would keep us from listening.
        QLocalServer.removeServer(self._name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._hear)
        self._server.listen(self._name)
        return False

    def _hear(self) -> None:
        assert self._server is not None
        socket = self._server.nextPendingConnection()
        socket.readyRead.connect(
            lambda: self.wanted.emit(bytes(socket.readAll().data()).decode().strip())
        )
        socket.disconnected.connect(socket.deleteLater)
