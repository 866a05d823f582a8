# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests with foreign programs share: a running plancia-simulator, and TAP. Every wait is bounded."""
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import traceback

PROGRAM = os.path.join(os.environ['PLANCIA_TEST_BUILD_DIR'], 'app', 'plancia-simulator')
START_LIMIT = 60
ANSWER_LIMIT = 8

DEVICES = {
    'pump': {'kind': 'heat-pump', 'name': 'Pump', 'route': 'rs485', 'map': 'sim-heat-pump',
             'ratings': {'load': 'heat-pump'}},
    'magic': {'kind': 'power-magic', 'name': 'Magic', 'route': 'power-magic', 'map': 'sim-power-magic',
              'ratings': {'peak': 50000, 'load': 'works', 'capacity': 100000, 'battery_power': 30000}},
    'eth': {'kind': 'stick', 'name': 'Eth', 'route': 'eth-stick'},
    'string': {'kind': 'inverter', 'name': 'String', 'parent': 'Eth', 'map': 'zcs-3ph-ktl-v3-g3',
               'serial': 'ZS2ES150P00004', 'ratings': {'peak': 5400, 'limit': 5000}},
    'wifi': {'kind': 'stick', 'name': 'Wifi', 'route': 'wifi-stick', 'serial': '2712345678'},
    'hybrid': {'kind': 'inverter', 'name': 'Hybrid', 'parent': 'Wifi', 'map': 'zcs-3ph-hyd-g3',
               'serial': 'ZP1ES106K00003',
               'ratings': {'peak': 6600, 'limit': 6000, 'load': 'home', 'capacity': 10240, 'battery_power': 3600}},
    'hub': {'kind': 'hub', 'name': 'Hub', 'route': 'hub'},
    'line': {'kind': 'line', 'name': 'Line', 'parent': 'Hub', 'route': 'line', 'line': 'inverters'},
    'first': {'kind': 'inverter', 'name': 'First', 'parent': 'Line', 'unit': 1, 'map': 'zcs-3ph-hyd-g3',
              'serial': 'ZP1ES110K00001', 'ratings': {'peak': 9000, 'load': 'home'}},
    'second': {'kind': 'inverter', 'name': 'Second', 'parent': 'Line', 'unit': 2, 'map': 'zcs-3ph-hyd-g3',
               'serial': 'ZP1ES108K00002', 'ratings': {'peak': 8000, 'load': 'office'}},
    'connext': {'kind': 'console', 'name': 'Connext', 'route': 'connext'},
}


def device(key, **changes):
    return {**DEVICES[key], **changes}


def scenario(*devices, **changes):
    """A small plant on a day in June, commissioned ten days before so that it starts at once."""
    return {'format': 'plancia-scenario', 'version': 1,
            'place': {'latitude': 43.46, 'longitude': 11.88, 'zone': 'Europe/Rome'},
            'start': '2026-06-12T14:05:30+02:00', 'commissioned': '2026-06-02', 'seed': 7,
            'devices': list(devices), **changes}


class Simulator:
    """plancia-simulator with a scenario (a dict, or None for the demo plant) as context manager."""

    def __init__(self, plant=None, *options):
        self.plant = plant
        self.options = list(options)

    def __enter__(self):
        self.folder = tempfile.mkdtemp()
        self.ports = os.path.join(self.folder, 'ports.json')
        if self.plant is not None:
            path = os.path.join(self.folder, 'scenario.json')
            with open(path, 'w', encoding='utf-8') as file:
                json.dump(self.plant, file)
            self.options += ['--scenario', path]
        self.process = subprocess.Popen([PROGRAM, '--ports', self.ports] + self.options, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        limit = time.monotonic() + START_LIMIT
        while not os.path.exists(self.ports):
            if self.process.poll() is not None or time.monotonic() > limit:
                self.process.kill()
                raise RuntimeError(f'plancia-simulator did not start: {self.process.communicate()[1]}')
            time.sleep(0.02)
        with open(self.ports, encoding='utf-8') as file:
            self.served = json.load(file)
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        try:
            self.output, self.complaints = self.process.communicate(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
            raise
        finally:
            shutil.rmtree(self.folder)

    def address(self, name):
        return next(d['address'] for d in self.served['devices'] if d['name'] == name)

    def port(self, name):
        return int(self.address(name).split('127.0.0.1:')[1].split('/')[0].split('?')[0])

    def line(self, name):
        """Path of the serial line of a device."""
        path = self.address(name).split('://')[1]
        return path.rsplit('/', 1)[0] if self.address(name).startswith('rs485') else path

    def url(self):
        return self.served['clouds'][0]['url']

    def connect(self, name):
        connection = socket.create_connection(('127.0.0.1', self.port(name)), timeout=ANSWER_LIMIT)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection


def crc(data):
    value = 0xffff
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0xa001 if value & 1 else 0)
    return struct.pack('<H', value)


def rtu(unit, pdu):
    return bytes([unit]) + pdu + crc(bytes([unit]) + pdu)


def mbap(transaction, unit, pdu):
    return struct.pack('>HHHB', transaction, 0, len(pdu) + 1, unit) + pdu


def read_pdu(address, count, function=3):
    return struct.pack('>BHH', function, address, count)


def write_pdu(address, *words):
    return struct.pack('>BHHB', 16, address, len(words), 2 * len(words)) + struct.pack(f'>{len(words)}H', *words)


def receive(connection, length):
    """Exactly so many bytes, or fewer if the peer ends."""
    data = b''
    while len(data) < length:
        part = connection.recv(length - len(data))
        if not part:
            break
        data += part
    return data


def receive_mbap(connection):
    """(transaction, unit, PDU)"""
    head = receive(connection, 7)
    if len(head) < 7:
        raise EOFError(head.hex())
    transaction, protocol, length, unit = struct.unpack('>HHHB', head)
    assert protocol == 0, head.hex()
    return transaction, unit, receive(connection, length - 1)


def ask_mbap(connection, unit, pdu, transaction=7):
    connection.sendall(mbap(transaction, unit, pdu))
    answered, who, answer = receive_mbap(connection)
    assert (answered, who) == (transaction, unit), (answered, who)
    return answer


def expect_silence(connection, seconds):
    connection.settimeout(seconds)
    try:
        data = connection.recv(300)
        raise AssertionError(f'expected silence, got {data.hex() or "the end"}')
    except socket.timeout:
        pass
    finally:
        connection.settimeout(ANSWER_LIMIT)


def run(*command, limit=20):
    """(exit code, standard output, standard error)"""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=limit, check=False)
    return done.returncode, done.stdout, done.stderr


def equal(found, expected):
    if found != expected:
        raise AssertionError(f'expected {expected!r}, found {found!r}')


def main(*tests):
    """Runs the functions in order and prints TAP."""
    failed = 0
    print(f'1..{len(tests)}', flush=True)
    for number, test in enumerate(tests, 1):
        name = test.__name__.replace('_', '-')
        try:
            test()
            print(f'ok {number} {name}', flush=True)
        except Exception:  # pylint: disable=broad-except
            failed += 1
            for row in traceback.format_exc().splitlines():
                print(f'# {row}')
            print(f'not ok {number} {name}', flush=True)
    sys.exit(1 if failed else 0)
