#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated CONNEXT and a serial line of RTU, with python3-serial."""
import os
import time

import serial
from peers import Simulator, device, equal, main, read_pdu, rtu, scenario

PROMPT = b'> '


def listen(port, end, seconds=5):
    """All bytes until they end so."""
    data = b''
    limit = time.monotonic() + seconds
    while not data.endswith(end):
        assert time.monotonic() < limit, data
        data += port.read(max(port.in_waiting, 1))
    return data.decode()


def open_line(simulator, name):
    return serial.Serial(simulator.line(name), 9600, timeout=0.1)


def say(port, line):
    port.write(line)
    return listen(port, PROMPT)


def greets_and_says_that_it_is_invented():
    with Simulator(scenario(device('connext'))) as simulator:
        for _ in range(2):
            with open_line(simulator, 'Connext') as port:
                greeting = listen(port, PROMPT)
                assert 'simulated' in greeting and 'invented' in greeting, greeting
                assert 'invented' in say(port, b'help\r\n')
            time.sleep(0.2)


def answers_commands():
    with Simulator(scenario(device('connext'), device('wifi'), device('hybrid'))) as simulator:
        with open_line(simulator, 'Connext') as port:
            listen(port, PROMPT)
            equal(say(port, b'time\r\n')[:14], '2026-06-12 14:')
            assert say(port, b'power\n').startswith('pv '), 'line feed'
            assert 'battery ' in say(port, b'BATTERY\r'), 'return'
            assert 'Hybrid' in say(port, b'devices\r\n')
            assert 'today' in say(port, b'energy\n')
            assert say(port, b'frobnicate\r\n').startswith('ERR 1 no command "frobnicate"')
            equal(say(port, b'\r\n'), '> ')
            assert 'SIMULATED' in say(port, b'*IDN?\n')


def echoes_if_told():
    with Simulator(scenario(device('connext'))) as simulator, open_line(simulator, 'Connext') as port:
        listen(port, PROMPT)
        equal(say(port, b'echo on\r\n'), '> ')
        assert say(port, b'time\r\n').startswith('time\r\n2026')
        say(port, b'echo off\r\n')
        assert say(port, b'time\r\n').startswith('2026')
        assert say(port, b'echo\r\n').startswith('ERR 2')


def talks_on_its_own():
    with Simulator(scenario(device('connext'))) as simulator, open_line(simulator, 'Connext') as port:
        listen(port, PROMPT)
        port.write(b'watch\r\n')
        for _ in range(2):
            assert listen(port, b'\r\n').startswith('pv ')
        port.write(b'stop\r\n')
        listen(port, PROMPT)
        time.sleep(1.2)
        equal(port.in_waiting, 0)
        port.write(b'reboot\r\n')
        assert 'simulated' in listen(port, PROMPT)


def shows_and_sets():
    with Simulator(scenario(device('connext'))) as simulator, open_line(simulator, 'Connext') as port:
        listen(port, PROMPT)
        status = say(port, b'status\r\n')
        assert 'label     simulated' in status and 'interval  60 s' in status, status
        equal(say(port, b'set interval 5\r\n'), 'OK\r\n> ')
        equal(say(port, b'set label Casa Rossi\r\n'), 'OK\r\n> ')
        status = say(port, b'status\r\n')
        assert 'label     Casa Rossi' in status and 'interval  5 s' in status, status
        for wrong in (b'set\r\n', b'set interval 0\r\n', b'set interval x\r\n', b'set label \r\n', b'set other 1\r\n'):
            assert say(port, wrong).startswith('ERR 2'), wrong


def lists_much():
    with Simulator(scenario(device('connext'))) as simulator, open_line(simulator, 'Connext') as port:
        listen(port, PROMPT)
        rows = say(port, b'list\r\n').split('\r\n')
        equal(len(rows), 201)
        equal([int(row[:3]) for row in rows[:-1]], list(range(1, 201)))


def answers_slowly():
    with Simulator(scenario(device('connext'))) as simulator, open_line(simulator, 'Connext') as port:
        listen(port, PROMPT)
        begin = time.monotonic()
        port.write(b'wait 1\r\n')
        equal(listen(port, PROMPT), 'waited 1 s\r\n> ')
        assert 0.9 < time.monotonic() - begin < 20
        port.write(b'wait 60\r\n')
        equal(say(port, b'stop\r\n'), '> ')
        assert say(port, b'wait 0\r\n').startswith('ERR 2')


def sends_what_is_no_text():
    with Simulator(scenario(device('connext'))) as simulator, open_line(simulator, 'Connext') as port:
        listen(port, PROMPT)
        port.write(b'garbage\r\n')
        data = read_bytes(port, 256 + 4)
        equal(sorted(data[:256]), list(range(256)))
        equal(data[256:], b'\r\n> ')
        port.write(b'encodings\r\n')
        data = read_bytes(port, 1, b'> ')
        assert 'qualit\u00e0'.encode() in data and 'qualit\u00e0'.encode('latin-1') in data, data
        assert '\033[31mred\033[0m' in say(port, b'colours\r\n')


def read_bytes(port, count, end=None, seconds=5):
    data = b''
    limit = time.monotonic() + seconds
    while len(data) < count or (end and not data.endswith(end)):
        assert time.monotonic() < limit, data
        data += port.read(max(port.in_waiting, 1))
    return data


def floods_and_stops():
    with Simulator(scenario(device('connext'))) as simulator, open_line(simulator, 'Connext') as port:
        listen(port, PROMPT)
        begin = time.monotonic()
        port.write(b'flood 2\r\n')
        rows = listen(port, PROMPT, 20).split('\r\n')
        took = time.monotonic() - begin
        equal(len(rows), 10002)
        equal([int(row.split()[1]) for row in rows[:10000]], list(range(10000)))
        equal(rows[10000:], ['flood of 10000 rows done', '> '])
        assert took > 1.9, took
        port.write(b'flood 60\r\n')
        time.sleep(0.3)
        port.write(b'stop\r\n')
        listen(port, PROMPT, 10)
        time.sleep(0.2)
        equal(port.in_waiting, 0)


def hangs_up_and_comes_back():
    with Simulator(scenario(device('connext'))) as simulator:
        name = simulator.line('Connext')
        with open_line(simulator, 'Connext') as port:
            listen(port, PROMPT)
            port.write(b'hangup 1\r\n')
            begin = time.monotonic()
            try:
                while time.monotonic() - begin < 5:
                    port.read(10)
                raise AssertionError('the port stays')
            except (serial.SerialException, OSError):
                pass
            assert not os.path.exists(name)
        while not os.path.exists(name):
            assert time.monotonic() - begin < 10
            time.sleep(0.05)
        assert time.monotonic() - begin > 0.8
        with open_line(simulator, 'Connext') as port:
            assert 'simulated' in listen(port, PROMPT)
    assert not os.path.lexists(name)


def faults_of_a_terminal():
    with Simulator(scenario(device('connext')), '--fault', 'Connext=silent') as simulator:
        with open_line(simulator, 'Connext') as port:
            port.write(b'time\r\n')
            time.sleep(0.6)
            equal(port.in_waiting, 0)
    with Simulator(scenario(device('connext')), '--fault', 'Connext=slow') as simulator:
        with open_line(simulator, 'Connext') as port:
            begin = time.monotonic()
            listen(port, PROMPT)
            assert time.monotonic() - begin > 1.8


def answer(port, seconds=4):
    """What has come when nothing more does."""
    data = b''
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        part = port.read(64)
        if data and not part:
            break
        data += part
    return data


def faults_of_a_serial_line():
    question = rtu(1, read_pdu(0x50, 3))
    for fault, check in (('none', lambda d: d[:3] == b'\1\3\6' and len(d) == 11),
                         ('silent', lambda d: d == b''),
                         ('close', lambda d: 0 < len(d) < 11),
                         ('bad-crc', lambda d: len(d) == 11 and rtu(d[0], d[1:-2]) != d),
                         ('other-unit', lambda d: d[:1] == b'\2' and rtu(d[0], d[1:-2]) == d),
                         ('exception', lambda d: d == rtu(1, b'\x83\4')),
                         ('garbage', lambda d: d[:2] != b'\1\3' and len(d) > 3)):
        with Simulator(scenario(device('pump')), '--fault', f'Pump={fault}') as simulator:
            with open_line(simulator, 'Pump') as port:
                port.write(question)
                data = answer(port, 0.6 if fault == 'silent' else 4)
                assert check(data), (fault, data.hex())


def a_pause_ends_a_frame():
    question = rtu(1, read_pdu(0x50, 3))
    with Simulator(scenario(device('pump'))) as simulator, open_line(simulator, 'Pump') as port:
        port.write(question[:4])
        time.sleep(0.5)
        port.write(question)
        equal(answer(port)[:3], b'\1\3\6')
        port.write(rtu(1, b'\x2b\x0e\1\0'))
        equal(answer(port, 0.4), b'')
        time.sleep(0.3)
        port.write(question)
        equal(answer(port)[:3], b'\1\3\6')


main(greets_and_says_that_it_is_invented, answers_commands, echoes_if_told, talks_on_its_own, shows_and_sets, lists_much,
     answers_slowly, sends_what_is_no_text, floods_and_stops, hangs_up_and_comes_back, faults_of_a_terminal,
     faults_of_a_serial_line, a_pause_ends_a_frame)
