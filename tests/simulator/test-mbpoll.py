#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""mbpoll, which is built on libmodbus, reads and writes the simulator."""
import re

from peers import Simulator, device, equal, main, run, scenario

FLOW_SETPOINT = 0x51
RATE = 0x110a
SETPOINT = 0x101


def poll(*arguments):
    """Register values by address, from mbpoll's own table."""
    code, output, complaints = run('mbpoll', '-0', '-t', '4', '-1', '-o', '3', *arguments)
    assert code == 0, output + complaints
    return {int(a): int(v) for a, v in re.findall(r'^\[(\d+)\]:\s+(\d+)', output, re.M)}


def over_tcp(simulator, name):
    return ['-m', 'tcp', '-p', str(simulator.port(name)), '127.0.0.1']


def reads_and_writes_a_hub_line():
    with Simulator(scenario(device('hub'), device('line'), device('first'), device('second'))) as simulator:
        serial = poll('-a', '2', '-r', str(0x445), '-c', '7', *over_tcp(simulator, 'Line'))
        text = b''.join(serial[0x445 + i].to_bytes(2, 'big') for i in range(7))
        equal(text, b'ZP1ES108K00002')
        # Two values: for one mbpoll takes function 6, which a HUB does not pass.
        poll('-a', '1', '-r', str(RATE), *over_tcp(simulator, 'Line'), '800', '150')
        pair = ['-r', str(RATE), '-c', '2', *over_tcp(simulator, 'Line')]
        equal(poll('-a', '1', *pair), {RATE: 800, RATE + 1: 150})
        assert poll('-a', '2', *pair) != {RATE: 800, RATE + 1: 150}


def reads_and_writes_power_magic():
    with Simulator(scenario(device('magic'))) as simulator:
        poll('-a', '1', '-r', str(SETPOINT), *over_tcp(simulator, 'Magic'), '250')
        equal(poll('-a', '1', '-r', str(SETPOINT), *over_tcp(simulator, 'Magic')), {SETPOINT: 250})
        equal(poll('-a', '255', '-r', str(SETPOINT), *over_tcp(simulator, 'Magic')), {SETPOINT: 250})


def reads_the_eth_stick():
    with Simulator(scenario(device('eth'), device('string'))) as simulator:
        values = poll('-a', '1', '-r', str(0x484), '-c', '2', *over_tcp(simulator, 'String'))
        assert 4900 <= values[0x484] <= 5100, values
        assert values[0x485] > 0, values


def reads_and_writes_a_serial_line():
    with Simulator(scenario(device('pump', unit=9))) as simulator:
        line = ['-m', 'rtu', '-b', '9600', '-P', 'none', '-a', '9', simulator.line('Pump')]
        poll('-r', str(FLOW_SETPOINT), *line, '425')
        equal(poll('-r', str(FLOW_SETPOINT), *line), {FLOW_SETPOINT: 425})
        # The whole of the first block of the map, and again: a line is open and closed each time.
        equal(len(poll('-r', '0', '-c', '3', *line)), 3)
        equal(len(poll('-r', '0', '-c', '3', *line)), 3)


def is_told_what_is_wrong():
    with Simulator(scenario(device('hub'), device('line', absent='exception'), device('first'))) as simulator:
        for arguments, words in ((['-a', '1', '-r', '100'], 'Illegal data address'),
                                 (['-a', '1', '-r', str(0x404), '-c', '61'], 'Illegal data value'),
                                 (['-a', '1', '-r', str(0x404), '-t', '3'], 'Illegal function'),
                                 (['-a', '5', '-r', str(0x404)], 'Target device failed to respond')):
            code, output, complaints = run('mbpoll', '-0', '-1', '-o', '3', *arguments, *over_tcp(simulator, 'Line'))
            assert words in output + complaints, (code, arguments, output, complaints)


main(reads_and_writes_a_hub_line, reads_and_writes_power_magic, reads_the_eth_stick, reads_and_writes_a_serial_line,
     is_told_what_is_wrong)
