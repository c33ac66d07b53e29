"""Ports of this machine, for servers that only this machine can reach."""

import os
import socket
from argparse import ArgumentTypeError

from snnlab.course.errors import CommandError

__all__ = ["HOST", "choose_port", "is_free", "port_number"]

HOST = "127.0.0.1"


def port_number(text: str) -> int:
    """A port from the command line."""
    try:
        port = int(text)
    except ValueError:
        port = 0
    if not 1 <= port <= 65535:
        raise ArgumentTypeError(f"a port is a whole number from 1 to 65535, got {text!r}")
    return port


def is_free(port: int) -> bool:
    """Whether a server could listen on `port` now."""
    with socket.socket() as trial:
        # A port whose last server has just gone is free: POSIX must be told, Windows would share a busy one.
        if os.name == "posix":
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError:
            return False
    return True


def choose_port(asked: int | None, first: int) -> int:
    """The port that was asked for, or the first free one from `first` on."""
    if asked is not None:
        if not is_free(asked):
            raise CommandError(f"port {asked} is in use or not allowed: choose another, or leave out --port")
        return asked
    for port in range(first, first + 100):
        if is_free(port):
            return port
    raise CommandError(f"the ports {first} to {first + 99} are all in use: choose another with --port")
