#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""plancia-cli discover on loopback: a named host, its JSON, its words. The network as a whole is tested in
tests/backend/test-discovery-network.py."""
import os
import signal
import subprocess
import time

from program import PROGRAM, equal, main, run, run_json

from peers import Simulator, device, scenario

# A host of this run alone.
HOST = f'127.{192 + os.getpid() // 256 % 32}.{os.getpid() % 256}.2'
PLACE = ('--address', HOST, '--standard-ports')


def names_what_answers():
    with Simulator(scenario(device('wifi'), device('hybrid')), *PLACE):
        found = run_json('discover', '--host', HOST)
        equal(list(found), ['found', 'silent', 'summary'])
        equal((len(found['found']), found['silent']), (1, []))
        result = found['found'][0]
        equal(list(result), ['where', 'kind', 'state', 'address', 'port', 'mac', 'framing', 'unit', 'logger', 'model',
                             'serial', 'generation', 'map', 'elapsed'])
        equal((result['address'], result['map']), (f'wifi-stick://{HOST}/1?serial=2712345678', 'zcs-3ph-hyd-g3'))
        # The address is one for the other verbs.
        code, _, complaints = run('read', result['address'], 'serial_number')
        equal((code, complaints), (0, ''))
        code, output, complaints = run('discover', '--host', HOST)
        equal((code, complaints), (0, ''))
        equal(output.splitlines()[0], '3PH HYD6000 ZSS (map G3, confirmed)')


def tells_of_a_host_that_refuses():
    found = run_json('discover', '--host', HOST, '--hub')
    equal([(r['where'], r['state'], r['address']) for r in found['silent']], [(HOST, 'refused', None)])
    equal(found['summary']['sentences'],
          ['1 host has 55400 closed: if it is the HUB, switch on Settings, Modbus Slave TCP.'])
    code, output, _ = run('discover', '--host', HOST, '--hub')
    equal(code, 0)
    assert f'{HOST}: Is there, but every port is closed. If it is the HUB' in output, output


def lists_serial_ports_without_a_word_to_them():
    found = run_json('discover', '--host', HOST, '--serial')
    ports = [r for r in found['found'] + found['silent'] if r['kind'] in ('serial', 'connext')]
    equal(found['summary']['serial'], len(ports))
    for port in ports:
        assert port['where'].startswith('/dev/'), port
        assert port['state'] in ('not-opened', 'forbidden'), port


def ends_when_it_is_interrupted():
    with Simulator(scenario(device('eth'), device('string')), *PLACE, '--fault', 'Eth=silent'):
        process = subprocess.Popen([PROGRAM, 'discover', '--host', HOST, '--timeout', '30', '--json'], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        time.sleep(0.5)
        begin = time.monotonic()
        process.send_signal(signal.SIGTERM)
        output, complaints = process.communicate(timeout=10)
        assert time.monotonic() - begin < 9
        equal((process.returncode, complaints), (1, ''))
        assert '"The search was stopped before its end."' in output, output


main(names_what_answers, tells_of_a_host_that_refuses, lists_serial_ports_without_a_word_to_them, ends_when_it_is_interrupted)
