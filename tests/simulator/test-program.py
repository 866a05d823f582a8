#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""plancia-simulator as a program: its options, its words when something is wrong, its end."""
import json
import os
import signal
import subprocess
import tempfile
import time

from peers import PROGRAM, Simulator, ask_mbap, device, equal, main, read_pdu, run, scenario


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    return path


def serves_the_demo_plant():
    with Simulator() as simulator:
        equal(sorted(simulator.served), ['clouds', 'devices'])
        for entry in simulator.served['devices']:
            equal(sorted(entry), ['address', 'kind', 'map', 'name'])
        equal([sorted(c) for c in simulator.served['clouds']], [['profile', 'url']])
        kinds = [entry['kind'] for entry in simulator.served['devices']]
        for kind in ('stick', 'hub', 'line', 'inverter', 'meter', 'ev-charger', 'power-magic', 'heat-pump', 'psc',
                     'console', 'portal', 'thing'):
            assert kind in kinds, kind
        addresses = [entry['address'] for entry in simulator.served['devices']]
        for begin in ('wifi-stick://127.0.0.1:', 'eth-stick://127.0.0.1:', 'hub://127.0.0.1:', 'power-magic://127.0.0.1:',
                      'psc://127.0.0.1:', 'rs485:///', 'connext:///', 'portal://demo/'):
            assert any(a.startswith(begin) for a in addresses), begin
        urls = [cloud['url'] for cloud in simulator.served['clouds']]
    equal(simulator.process.returncode, 0)
    # One address a line, as in the file.
    equal(simulator.output.splitlines(), addresses + urls)
    equal(simulator.complaints, '')


def ends_quickly_on_both_signals():
    for number in (signal.SIGINT, signal.SIGTERM):
        with Simulator(scenario(device('hub'), device('line'), device('first'))) as simulator:
            connection = simulator.connect('Line')
            ask_mbap(connection, 1, read_pdu(0x404, 1))
            simulator.process.send_signal(number)
            equal(simulator.process.wait(timeout=20), 0)
            connection.close()


def runs_at_any_speed():
    plan = scenario(device('hub'), device('line'), device('first'))
    clock = read_pdu(0x42c, 6)
    with Simulator(plan, '--speed', '3600') as simulator, simulator.connect('Line') as connection:
        before = ask_mbap(connection, 1, clock)
        time.sleep(0.5)
        after = ask_mbap(connection, 1, clock)
    # Year, month, day, hour, minute, second in a register each, behind function and byte count.
    minutes = [(data[7] * 24 + data[9]) * 60 + data[11] for data in (before, after)]
    assert 25 <= minutes[1] - minutes[0] <= 600, minutes
    with Simulator(plan, '--speed', '0') as simulator, simulator.connect('Line') as connection:
        before = ask_mbap(connection, 1, clock)
        time.sleep(1.2)
        equal(ask_mbap(connection, 1, clock), before)


def complain(*options):
    """The one sentence on standard error; exit 2."""
    code, output, complaints = run(PROGRAM, *options, limit=15)
    equal((code, output, complaints.count('\n')), (2, '', 1))
    assert complaints.startswith('plancia-simulator: '), complaints
    return complaints


def says_what_is_wrong():
    with tempfile.TemporaryDirectory() as folder:
        assert '--frobnicate' in complain('--frobnicate')
        assert 'options' in complain('argument')
        assert 'speed' in complain('--speed', '-3')
        assert 'speed' in complain('--speed', 'fast')
        assert 'nowhere.json' in complain('--scenario', os.path.join(folder, 'nowhere.json'))
        broken = write(folder, 'broken.json', '{"format": "plancia-scenario", \n "version": 1,, }')
        words = complain('--scenario', broken)
        assert 'broken.json' in words and 'line 2' in words, words
        plan = scenario(device('hub'), device('line', spacing='soon'), device('first'))
        words = complain('--scenario', write(folder, 'plan.json', json.dumps(plan)))
        assert 'plan.json: devices[1].spacing: expected a number' in words, words
        plan = scenario(device('magic', map='no-such-map'))
        words = complain('--scenario', write(folder, 'plan.json', json.dumps(plan)))
        assert 'plan.json: devices[0].map: ' in words and 'no-such-map' in words, words
        plan = scenario(device('magic', map=os.path.join(folder, 'broken.json')))
        words = complain('--scenario', write(folder, 'plan.json', json.dumps(plan)))
        assert 'plan.json: devices[0].map: ' in words and 'broken.json' in words, words
        plan = write(folder, 'plan.json', json.dumps(scenario(device('magic'))))
        assert 'expected DEVICE=FAULT' in complain('--scenario', plan, '--fault', 'Magic')
        assert 'no fault "502"' in complain('--scenario', plan, '--fault', 'Magic=502')
        assert '"Nobody"' in complain('--scenario', plan, '--fault', 'Nobody=slow')


def cannot_write_the_ports():
    code, _, complaints = run(PROGRAM, '--ports', '/nowhere/ports.json', limit=15)
    equal((code, complaints.count('\n')), (1, 1))
    assert '/nowhere/ports.json' in complaints


def tells_its_options():
    code, output, _ = run(PROGRAM, '--help')
    equal(code, 0)
    for option in ('--scenario', '--speed', '--ports', '--fault'):
        assert option in output, output


def survives_strange_clients():
    with Simulator(scenario(device('wifi'), device('hybrid'), device('eth'), device('string'))) as simulator:
        for name in ('Wifi', 'Eth'):
            for noise in (b'', b'\0' * 5000, bytes(range(256)) * 10, b'\xa5' * 3000, b'\x01\x10\xff\xff'):
                with simulator.connect(name) as connection:
                    try:
                        connection.sendall(noise)
                    except OSError:
                        pass
        with simulator.connect('Eth') as connection:
            ask_mbap(connection, 1, read_pdu(0x404, 1))
        equal(simulator.process.poll(), None)


def needs_no_toolkit():
    libraries = subprocess.run(['ldd', PROGRAM], stdout=subprocess.PIPE, text=True, check=True, timeout=10).stdout
    assert 'libgtk' not in libraries and 'libmodbus' not in libraries, libraries


main(serves_the_demo_plant, ends_quickly_on_both_signals, runs_at_any_speed, says_what_is_wrong, cannot_write_the_ports,
     tells_its_options, survives_strange_clients, needs_no_toolkit)
