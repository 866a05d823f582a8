#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Solarman V5 client that shares no code with the program reads the WIFI stick."""
import struct
import time

from peers import (Simulator, crc, device, equal, expect_silence, main, read_pdu, receive, rtu, scenario, write_pdu)
from solarman import ANSWER, HEARTBEAT, SERIAL, frame, receive_frame, request

RATE = 0x110a


def receive_rtu(connection, sequence):
    control, echoed, _, serial, payload = receive_frame(connection)
    equal((control, echoed, serial, payload[0]), (ANSWER, sequence, SERIAL, 2))
    return payload[14:]


def plant(**changes):
    return scenario(device('wifi', **changes), device('hybrid'))


def reads_registers():
    with Simulator(plant()) as simulator, simulator.connect('Wifi') as connection:
        connection.sendall(request(0x12, rtu(1, read_pdu(0x445, 7))))
        answer = receive_rtu(connection, 0x12)
        equal(answer, rtu(1, b'\x03\x0eZP1ES106K00003'))
        equal(crc(answer), b'\0\0')


def writes_and_reads_back():
    with Simulator(plant()) as simulator, simulator.connect('Wifi') as connection:
        connection.sendall(request(1, rtu(1, write_pdu(RATE, 650))))
        equal(receive_rtu(connection, 1), rtu(1, struct.pack('>BHH', 16, RATE, 1)))
        connection.sendall(request(2, rtu(1, read_pdu(RATE, 1))))
        equal(receive_rtu(connection, 2), rtu(1, b'\x03\x02' + struct.pack('>H', 650)))


def tells_the_time_of_the_sample():
    with Simulator(plant()) as simulator, simulator.connect('Wifi') as connection:
        connection.sendall(request(9, rtu(1, read_pdu(0x404, 1))))
        payload = receive_frame(connection)[4]
        status, total, running, offset = struct.unpack('<BIII', payload[1:14])
        equal(status, 1)
        assert abs(total + offset - 1781265930) < 60, total + offset
        assert 0 < running <= total, (running, total)


def counts_its_frames():
    with Simulator(plant()) as simulator, simulator.connect('Wifi') as connection:
        counters = []
        for sequence in (250, 251, 0):
            connection.sendall(request(sequence, rtu(1, read_pdu(0x404, 1))))
            _, echoed, counter, _, _ = receive_frame(connection)
            equal(echoed, sequence)
            counters.append(counter)
        equal([(c - counters[0]) & 0xff for c in counters], [0, 1, 2])


def tells_its_serial_number():
    with Simulator(plant()) as simulator, simulator.connect('Wifi') as connection:
        connection.sendall(request(3, rtu(1, read_pdu(0x404, 1)), serial=0))
        equal(receive_frame(connection)[3], SERIAL)
        connection.sendall(request(4, rtu(1, read_pdu(0x404, 1)), serial=123))
        control, _, _, serial, payload = receive_frame(connection)
        equal((control, serial, len(payload), payload[14:]), (ANSWER, SERIAL, 16, b'\x06\0'))


def reports_absent_units_and_exceptions():
    with Simulator(plant()) as simulator, simulator.connect('Wifi') as connection:
        connection.sendall(request(5, rtu(7, read_pdu(0x404, 1))))
        equal(receive_rtu(connection, 5), b'\x05\0')
        connection.sendall(request(6, rtu(1, read_pdu(0x404, 1))[:-1] + b'\xee'))
        equal(receive_rtu(connection, 6), b'\x05\0')
        connection.sendall(request(7, rtu(1, read_pdu(0x7000, 1))))
        equal(receive_rtu(connection, 7), bytes.fromhex('018302c0f1'))


def ignores_what_is_no_request():
    with Simulator(plant()) as simulator, simulator.connect('Wifi') as connection:
        good = request(8, rtu(1, read_pdu(0x404, 1)))
        bad = bytearray(good)
        bad[-2] ^= 1
        connection.sendall(b'noise' + bytes(bad) + frame(0x17, 9, SERIAL, b'\0\1' + bytes(8)) + good)
        equal(receive_rtu(connection, 8)[:3], b'\1\3\2')
        expect_silence(connection, 0.3)


def takes_frames_in_pieces_and_glued():
    with Simulator(plant()) as simulator, simulator.connect('Wifi') as connection:
        both = request(1, rtu(1, read_pdu(0x404, 1))) + request(2, rtu(1, read_pdu(0x405, 2)))
        for part in (both[:1], both[1:20], both[20:40], both[40:]):
            connection.sendall(part)
            time.sleep(0.03)
        equal(receive_rtu(connection, 1)[:3], b'\1\3\2')
        equal(receive_rtu(connection, 2)[:3], b'\1\3\4')


def sends_heartbeats():
    with Simulator(plant(heartbeat=1)) as simulator, simulator.connect('Wifi') as connection:
        connection.sendall(request(0x60, rtu(1, read_pdu(0x404, 1))))
        answered = receive_frame(connection)
        begin = time.monotonic()
        control, sequence, counter, serial, payload = receive_frame(connection)
        equal((control, sequence, serial, payload), (HEARTBEAT, 0x60, SERIAL, b'\0'))
        equal(counter, (answered[2] + 1) & 0xff)
        assert 0.8 < time.monotonic() - begin < 20
        # Acknowledged or not, it goes on.
        connection.sendall(frame(0x17, 0x61, serial, b'\0\1' + struct.pack('<I', 1735689600) + bytes(4), counter))
        equal(receive_frame(connection)[0], HEARTBEAT)


def takes_five_clients():
    with Simulator(plant()) as simulator:
        connections = [simulator.connect('Wifi') for _ in range(5)]
        for number, connection in enumerate(connections):
            connection.sendall(request(number, rtu(1, read_pdu(0x404, 1))))
            receive_rtu(connection, number)
        with simulator.connect('Wifi') as sixth:
            equal(sixth.recv(10), b'')
        connections.pop().close()
        time.sleep(0.2)
        with simulator.connect('Wifi') as again:
            again.sendall(request(6, rtu(1, read_pdu(0x404, 1))))
            receive_rtu(again, 6)
        for connection in connections:
            connection.close()


def late_answers_have_their_own_sequence():
    with Simulator(plant(), '--fault', 'Hybrid=late') as simulator, simulator.connect('Wifi') as connection:
        connection.sendall(request(0x21, rtu(1, read_pdu(0x404, 1))))
        expect_silence(connection, 0.5)
        connection.sendall(request(0x22, rtu(1, read_pdu(0x405, 2))))
        equal(receive_rtu(connection, 0x21)[:3], b'\1\3\2')
        expect_silence(connection, 0.3)


def damaged_frames():
    with Simulator(plant(), '--fault', 'Wifi=bad-crc') as simulator, simulator.connect('Wifi') as connection:
        connection.sendall(request(1, rtu(1, read_pdu(0x404, 1))))
        data = receive(connection, 34)
        equal(len(data), 34)
        assert data[-2] != sum(data[1:-2]) & 0xff


def shows_quirks():
    with Simulator(plant(quirks='all')) as simulator, simulator.connect('Wifi') as connection:
        question = rtu(1, read_pdu(0x445, 7))
        right = rtu(1, b'\x03\x0eZP1ES106K00003')
        connection.sendall(request(1, question))
        equal(receive_rtu(connection, 1), right)
        connection.sendall(request(2, question))
        equal(receive(connection, 25), b'AT+YZCMPVER=SIMULATED\r\n\r\n')
        equal(receive_rtu(connection, 2), right)
        connection.sendall(request(3, question))
        equal(receive_frame(connection)[:2], (HEARTBEAT, 2))
        equal(receive_rtu(connection, 3), right)
        connection.sendall(request(4, question))
        equal(receive_rtu(connection, 4) + receive_rtu(connection, 4), right)
        connection.sendall(request(5, question))
        equal(receive_rtu(connection, 5), right + b'\0\0')
        connection.sendall(request(6, rtu(1, read_pdu(0x7000, 1))))
        equal(receive_rtu(connection, 6), rtu(1, b'\x90\2'))


main(reads_registers, writes_and_reads_back, tells_the_time_of_the_sample, counts_its_frames, tells_its_serial_number,
     reports_absent_units_and_exceptions, ignores_what_is_no_request, takes_frames_in_pieces_and_glued, sends_heartbeats,
     takes_five_clients, late_answers_have_their_own_sequence, damaged_frames, shows_quirks)
