#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""plancia-cli record and replay: a visit to a simulated plant, read again at other times, and served again by the simulator to
mbpoll, which is not ours."""
import json
import os
import re
import signal
import subprocess
import tempfile
import time

from program import PROGRAM, Plant, Server, equal, free_port, main, refused, run, run_json

FOLDER = tempfile.TemporaryDirectory()
VISIT = os.path.join(FOLDER.name, 'visit.plancia-recording')


def mbpoll(address, unit, first, count):
    """Registers by mbpoll over Modbus TCP."""
    host, port = re.fullmatch(r'[a-z-]+://([^:/]+):(\d+).*', address).groups()
    done = subprocess.run(['mbpoll', '-0', '-1', '-o', '3', '-m', 'tcp', '-p', port, '-a', str(unit), '-t', '4', '-r', str(first), '-c',
                           str(count), host], capture_output=True, text=True, timeout=30, check=False)
    equal(done.returncode, 0)
    return [int(value.split()[0]) for value in re.findall(r'^\[\d+\]:\s*(.+)$', done.stdout, re.M)]


def records():
    with Plant() as plant:
        address = plant.address('Power Magic')
        document = {'format': 'plancia-plant', 'version': 1, 'name': 'House', 'zone': 'Europe/Rome', 'entries': [
            {'id': 'pm', 'kind': 'power-magic', 'name': 'Cellar', 'address': address, 'map': 'sim-power-magic'},
            {'id': 'pv', 'kind': 'inverter', 'name': 'Roof', 'address': plant.address('5.0KTL-V3'), 'map': 'zcs-3ph-ktl-v3-g3'}]}
        path = os.path.join(FOLDER.name, 'house.json')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(document, file)
        code, output, complaints = run('record', path, '--for', '5s', '-o', VISIT)
        equal((code, output), (0, ''))
        assert VISIT in complaints, complaints
    shown = run_json('replay', 'show', VISIT)
    equal((shown['plant'], shown['whole'], shown['damaged'], len(shown['links'])), ('House', True, 0, 2))
    assert all(link['exchanges'] > 5 and link['errors'] == 0 for link in shown['links']), shown
    code, output, _ = run('replay', 'show', VISIT)
    equal(code, 0)
    assert 'House' in output and address.rsplit('/', 1)[0] in output, output


def reads():
    """The plant is gone: what answers is the recording."""
    end = run_json('read', 'Cellar', '--plant', VISIT)
    again = run_json('read', 'Cellar', '--plant', VISIT, '--at', '60s')
    equal(end['readings'], again['readings'])
    early = run_json('read', 'Roof', '--plant', VISIT, '--at', '3s', 'serial_number')
    equal(early['readings'][0]['value'], 'ZS2ES150P00004')
    assert early['time'] < end['time'], (early['time'], end['time'])
    power = next(r for r in end['readings'] if r['key'] == 'power_active')
    raw = run_json('read', 'Cellar', '--plant', VISIT, '--range', '16+1')
    equal([r['raw'] for r in raw['readings']], [power['raw']])
    refused(1, 'read', 'Cellar', '--plant', VISIT, '--range', '900+4', say='not in the recording')
    code, _, complaints = run('write', 'Cellar', '--plant', VISIT, '--yes', '--accept-risk', 'charge_floor=20')
    equal(code, 1)
    assert 'a recording takes nothing' in complaints, complaints


def exports():
    """mbpoll reads from the scenario, at its start, the first words that were recorded."""
    scenario = os.path.join(FOLDER.name, 'scenario.json')
    code, output, complaints = run('replay', 'export', VISIT, '-o', scenario)
    equal((code, output, complaints), (0, '', ''))
    with open(scenario, encoding='utf-8') as file:
        devices = {d['name']: d for d in json.load(file)['devices']}
    changes = [c for c in devices['Cellar']['recorded'] if c[1] == 3]
    last = {}
    for _, _, first, text in changes:
        for i in range(0, len(text), 4):
            last[first + i // 4] = int(text[i:i + 4], 16)
    # A thousand times as fast: it is over at once, and stays as it was at the end.
    with Plant('--scenario', scenario, '--speed', '1000') as plant:
        time.sleep(0.3)
        for block in ((16, 6), (32, 4), (64, 9)):
            wanted = [last[a] for a in range(block[0], sum(block))]
            equal(mbpoll(plant.address('Cellar'), 1, *block), wanted)
        end = run_json('read', 'Cellar', '--plant', VISIT)
        again = run_json('read', plant.address('Cellar'), '--map', 'sim-power-magic')
        known = {r['key']: r['raw'] for r in end['readings'] if r['quality'] == 'good'}
        equal({r['key']: r['raw'] for r in again['readings'] if r['key'] in known}, known)
        equal(run_json('read', plant.address('Roof'), '--map', 'zcs-3ph-ktl-v3-g3', 'serial_number')['readings'][0]['value'],
              'ZS2ES150P00004')
    with Plant('--scenario', scenario, '--speed', '0.001') as plant:
        first = {}
        for _, _, address, text in reversed(changes):
            for i in range(0, len(text), 4):
                first[address + i // 4] = int(text[i:i + 4], 16)
        equal(mbpoll(plant.address('Cellar'), 1, 16, 6), [first[a] for a in range(16, 22)])


def survives():
    """It is killed while it records: what came until then can be opened."""
    path = os.path.join(FOLDER.name, 'killed.plancia-recording')
    with Server() as server:
        process = subprocess.Popen([PROGRAM, 'record', server.address, '--map', 'sim-power-magic', '-o', path],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        limit = time.monotonic() + 30
        while not os.path.exists(path) or os.path.getsize(path) < 10000:
            assert process.poll() is None and time.monotonic() < limit, process.stderr.read()
            time.sleep(0.1)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    shown = run_json('replay', 'show', path)
    equal((shown['whole'], shown['damaged']), (False, 0))
    assert shown['links'][0]['exchanges'] > 0
    code, output, _ = run('replay', 'show', path)
    equal(code, 0)
    assert 'cut off' in output


def stops_when_asked():
    path = os.path.join(FOLDER.name, 'asked.plancia-recording')
    process = subprocess.Popen([PROGRAM, 'record', f'modbus-tcp://127.0.0.1:{free_port()}/1', '--map', 'sim-power-magic', '-o', path],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    limit = time.monotonic() + 30
    while not os.path.exists(path):
        assert process.poll() is None and time.monotonic() < limit
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    equal(process.returncode, 0)
    equal(run_json('replay', 'show', path)['whole'], True)


def wrong_use():
    refused(2, 'record', say='-o')
    refused(2, 'record', 'modbus-tcp://127.0.0.1:1/1', say='-o')
    refused(2, 'record', 'modbus-tcp://127.0.0.1:1/1', '-o', VISIT, '--for', 'soon', say='"soon"')
    refused(2, 'record', 'pigeon://x', '-o', VISIT, say='pigeon')
    refused(1, 'record', 'modbus-tcp://127.0.0.1:1/1', '-o', VISIT, '--for', '9s', say='exist')
    refused(2, 'replay', say='show')
    refused(2, 'replay', 'show', say='which')
    refused(1, 'replay', 'show', __file__, say='plancia-recording 1')
    refused(2, 'read', 'Cellar', '--plant', VISIT, '--at', 'x', say='--at')


main(records, reads, exports, survives, stops_when_asked, wrong_use)
