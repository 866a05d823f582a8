#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated CONNEXT and a serial line of RTU, with python3-serial."""
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


main(greets_and_says_that_it_is_invented, answers_commands, echoes_if_told, talks_on_its_own, faults_of_a_terminal,
     faults_of_a_serial_line, a_pause_ends_a_frame)
