# SPDX-License-Identifier: GPL-3.0-or-later
"""A Modbus TCP device of our own that can keep quiet at one request, for tests that end a program there."""
import socket
import struct
import threading

# As the map sim-heat-pump names them.
WORDS = {0x51: 350, 0x52: 480, 0x53: 0x1600}


class Stalling:
    """A device that keeps quiet for ever at its n-th request (or at the first 'write'), with what a write asks for done or
    not."""

    def __init__(self, stall_at=0, applies=True, words=None):
        self.stall_at, self.applies = stall_at, applies
        self.words = dict(WORDS) if words is None else words
        self.requests, self.writes = 0, []
        self.stalled = threading.Event()
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.address = f'modbus-tcp://127.0.0.1:{self.listener.getsockname()[1]}/1'
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection = self.listener.accept()[0]
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def answer(self, pdu, silent):
        address, count = struct.unpack('>HH', pdu[1:5])
        if pdu[0] in (3, 4):
            return bytes((pdu[0], 2 * count)) + b''.join(struct.pack('>H', self.words.get(address + i, 0))
                                                         for i in range(count))
        values = [count] if pdu[0] == 6 else list(struct.unpack(f'>{count}H', pdu[6:]))
        self.writes.append((pdu[0], address, values))
        if self.applies or not silent:
            self.words.update({address + i: v for i, v in enumerate(values)})
        return pdu[:5]

    def serve(self, connection):
        data = b''
        while True:
            try:
                part = connection.recv(4096)
            except OSError:
                return
            if not part:
                return
            data += part
            while len(data) >= 8 and len(data) >= 6 + struct.unpack('>H', data[4:6])[0]:
                length = 6 + struct.unpack('>H', data[4:6])[0]
                frame, data = data[:length], data[length:]
                self.requests += 1
                silent = self.stall_at in (self.requests, 'write' if frame[7] in (6, 16) else None)
                pdu = self.answer(frame[7:], silent)
                if silent:
                    self.stalled.set()
                    return
                connection.sendall(frame[:4] + struct.pack('>HB', len(pdu) + 1, frame[6]) + pdu)

    def close(self):
        self.listener.close()
