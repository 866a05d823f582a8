#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The manners of a HUB line and of the ETH stick on the wire, seen with bare sockets."""
import socket
import time

from peers import (Simulator, ask_mbap, device, equal, expect_silence, main, mbap, read_pdu, receive, receive_mbap, rtu,
                   scenario, write_pdu)

RATE = 0x110a
READ = read_pdu(0x404, 1)


def hub(**changes):
    return scenario(device('hub'), device('line', **changes), device('first'), device('second'))


def is_reset(connection):
    try:
        return connection.recv(1) is None
    except ConnectionResetError:
        return True


def newest_client_wins():
    with Simulator(hub()) as simulator, simulator.connect('Line') as old:
        equal(ask_mbap(old, 1, READ)[:2], b'\3\2')
        with simulator.connect('Line') as new:
            equal(ask_mbap(new, 1, READ)[:2], b'\3\2')
            assert is_reset(old)
            equal(ask_mbap(new, 2, READ)[:2], b'\3\2')


def another_client_holds_the_line():
    with Simulator(hub(), '--fault', 'Line=takeover') as simulator:
        try:
            connection = simulator.connect('Line')
        except ConnectionResetError:
            return
        with connection:
            assert is_reset(connection)


def queues_what_comes_early():
    with Simulator(hub(spacing=400)) as simulator, simulator.connect('Line') as connection:
        begin = time.monotonic()
        connection.sendall(mbap(1, 1, READ) + mbap(2, 2, READ) + mbap(3, 1, READ))
        equal([receive_mbap(connection)[:2] for _ in range(3)], [(1, 1), (2, 2), (3, 1)])
        assert time.monotonic() - begin > 0.75


def drops_what_comes_early():
    with Simulator(hub(spacing=500, early='silent')) as simulator, simulator.connect('Line') as connection:
        connection.sendall(mbap(1, 1, READ) + mbap(2, 2, READ))
        equal(receive_mbap(connection)[0], 1)
        expect_silence(connection, 0.3)
        time.sleep(0.3)
        ask_mbap(connection, 2, READ)


def says_busy_to_what_comes_early():
    with Simulator(hub(spacing=1500, early='busy')) as simulator, simulator.connect('Line') as connection:
        ask_mbap(connection, 1, READ)
        equal(ask_mbap(connection, 1, READ), b'\x83\6')
        time.sleep(1.6)
        equal(ask_mbap(connection, 1, READ)[:2], b'\3\2')


def absent_units():
    with Simulator(hub()) as simulator, simulator.connect('Line') as connection:
        connection.sendall(mbap(1, 9, READ))
        expect_silence(connection, 0.4)
        equal(ask_mbap(connection, 1, READ)[:2], b'\3\2')
    with Simulator(hub(absent='exception')) as simulator, simulator.connect('Line') as connection:
        equal(ask_mbap(connection, 9, READ), b'\x83\x0b')


def passes_two_functions_only():
    with Simulator(hub()) as simulator, simulator.connect('Line') as connection:
        equal(ask_mbap(connection, 1, b'\6\x11\x0a\0\1'), b'\x86\1')
        equal(ask_mbap(connection, 1, b'\4\4\4\0\1'), b'\x84\1')
        equal(ask_mbap(connection, 1, b'\x2b\x0e\1\0'), b'\xab\1')


def unit_0_writes_to_all():
    with Simulator(hub()) as simulator, simulator.connect('Line') as connection:
        connection.sendall(mbap(1, 0, write_pdu(RATE, 321)))
        expect_silence(connection, 0.3)
        for unit in (1, 2):
            equal(ask_mbap(connection, unit, read_pdu(RATE, 1)), b'\3\2' + (321).to_bytes(2, 'big'))


def what_is_no_modbus_tcp_is_cut_off():
    with Simulator(hub()) as simulator, simulator.connect('Line') as connection:
        connection.sendall(b'GET / HTTP/1.1\r\n\r\n')
        equal(receive(connection, 1), b'')


def faults_on_the_wire():
    for fault, check in (('silent', lambda c: expect_silence(c, 0.4)),
                         ('exception', lambda c: equal(receive_mbap(c)[2], b'\x83\4')),
                         ('other-unit', lambda c: equal(receive_mbap(c)[1], 2)),
                         ('close', lambda c: equal(receive(c, 1), b'')),
                         ('garbage', lambda c: equal(receive(c, 4)[2:4] == b'\0\0', False)),
                         ('bad-crc', lambda c: equal(receive(c, 4)[2:4] == b'\0\0', False))):
        with Simulator(hub(), '--fault', f'First={fault}') as simulator, simulator.connect('Line') as connection:
            connection.sendall(mbap(5, 1, READ))
            check(connection)
            if fault != 'close':
                connection.close()
                with simulator.connect('Line') as other:
                    equal(ask_mbap(other, 2, READ)[:2], b'\3\2')


def slow_and_late():
    with Simulator(hub(), '--fault', 'First=slow', '--fault', 'Second=late') as simulator:
        with simulator.connect('Line') as connection:
            begin = time.monotonic()
            equal(ask_mbap(connection, 1, READ)[:2], b'\3\2')
            assert 1.8 < time.monotonic() - begin < 20
            connection.sendall(mbap(11, 2, READ))
            expect_silence(connection, 0.4)
            connection.sendall(mbap(12, 2, read_pdu(0x445, 7)))
            equal(receive_mbap(connection)[0], 11)
            expect_silence(connection, 0.3)


def eth_stick_in_both_framings():
    with Simulator(scenario(device('eth'), device('string'))) as simulator:
        # A read from register 0 in RTU looks like the head of a Modbus TCP frame.
        with simulator.connect('Eth') as connection:
            connection.sendall(rtu(1, read_pdu(0, 6)))
            equal(receive(connection, 5), rtu(1, b'\x83\2'))
        with simulator.connect('Eth') as connection:
            whole = mbap(0x103, 1, READ)
            for byte in whole:
                connection.sendall(bytes([byte]))
                time.sleep(0.005)
            equal(receive_mbap(connection)[:2], (0x103, 1))
        with simulator.connect('Eth') as connection:
            connection.sendall(rtu(1, READ)[:-1] + b'\x99')
            expect_silence(connection, 0.3)


def eth_stick_takes_v5_for_modbus_tcp():
    body = bytes.fromhex('a5 1700 1045 12 0a 4e1caba1 02 0000 00000000 00000000 00000000 010304040001c4fb')
    request = body + bytes([sum(body[1:]) & 0xff, 0x15])
    with Simulator(scenario(device('eth'), device('string'))) as simulator, simulator.connect('Eth') as connection:
        connection.sendall(request)
        equal(receive(connection, 9).hex(), 'a517001045030ace02')


def eth_stick_pads_write_answers():
    with Simulator(scenario(device('eth', quirks='all'), device('string'))) as simulator:
        with simulator.connect('Eth') as connection:
            answer = ask_mbap(connection, 1, write_pdu(RATE, 500))
            equal((answer[:5], len(answer) > 5), (b'\x10\x11\x0a\0\1', True))
            equal(ask_mbap(connection, 1, read_pdu(RATE, 1)), b'\3\2\x01\xf4')
            equal(ask_mbap(connection, 1, read_pdu(0x7000, 1)), b'\x90\2')


def ports_are_on_loopback_only():
    with Simulator(hub()) as simulator:
        port = simulator.port('Line')
        with open('/proc/net/tcp', encoding='ascii') as table:
            bound = [row.split()[1] for row in table if row.split()[1].endswith(f':{port:04X}') and row.split()[3] == '0A']
        equal(bound, [f'{socket.inet_aton("127.0.0.1")[::-1].hex().upper()}:{port:04X}'])


main(newest_client_wins, another_client_holds_the_line, queues_what_comes_early, drops_what_comes_early,
     says_busy_to_what_comes_early, absent_units, passes_two_functions_only, unit_0_writes_to_all,
     what_is_no_modbus_tcp_is_cut_off, faults_on_the_wire, slow_and_late, eth_stick_in_both_framings,
     eth_stick_takes_v5_for_modbus_tcp, eth_stick_pads_write_answers, ports_are_on_loopback_only)
