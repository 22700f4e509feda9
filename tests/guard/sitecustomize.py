"""On the path of every Python that a test starts: the network is out of reach there as well."""

import socket


def _refuse(self: socket.socket, *_: object) -> None:
    if self.family in (socket.AF_INET, socket.AF_INET6):
        raise AssertionError("a program that a test started tried to reach the network")
    return _connect(self, *_)


_connect = socket.socket.connect
socket.socket.connect = _refuse  # type: ignore[method-assign, assignment]
