# SPDX-License-Identifier: GPL-3.0-or-later
"""Solarman V5, written from the published protocol description and shared with no program here: start A5, length, control,
sequence, logger serial, payload, checksum, end 15."""
import socket
import struct
import threading

from peers import equal, receive

SERIAL = 2712345678
REQUEST = 0x45
ANSWER = 0x15
HEARTBEAT = 0x47


def frame(control, sequence, serial, payload, counter=0):
    inner = struct.pack('<HBBBBI', len(payload), 0x10, control, sequence, counter, serial) + payload
    return b'\xa5' + inner + bytes([sum(inner) & 0xff]) + b'\x15'


def request(sequence, content, serial=SERIAL):
    return frame(REQUEST, sequence, serial, b'\x02' + bytes(14) + content)


def receive_frame(connection):
    """(control, sequence, counter, serial, payload)"""
    head = receive(connection, 11)
    if len(head) < 11:
        raise EOFError(head.hex())
    start, length, low, control, sequence, counter, serial = struct.unpack('<BHBBBBI', head)
    rest = receive(connection, length + 2)
    equal((start, low, rest[-1]), (0xa5, 0x10, 0x15))
    equal(rest[-2], sum(head[1:] + rest[:-2]) & 0xff)
    return control, sequence, counter, serial, rest[:-2]


class Wrapper(threading.Thread):
    """Takes RTU frames on a port and wraps them for a logger, as context manager: a client that knows RTU only can ask one."""

    def __init__(self, logger):
        super().__init__(daemon=True)
        self.logger = logger
        self.server = socket.create_server(('127.0.0.1', 0))
        self.port = self.server.getsockname()[1]

    def run(self):
        client = self.server.accept()[0]
        sequence = 0
        while True:
            content = client.recv(300)
            if not content:
                break
            sequence = sequence + 1 & 0xff
            self.logger.sendall(request(sequence, content))
            control, echoed, _, _, payload = receive_frame(self.logger)
            equal((control, echoed), (ANSWER, sequence))
            client.sendall(payload[14:])
        client.close()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.server.close()
