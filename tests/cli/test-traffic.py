#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of what went over the wire: written by read and write, read by Wireshark's own program. (discover: see the network of
the tests of the backend.)"""
import os
import shutil
import subprocess
import tempfile

from program import Plant, Server, equal, main, refused, run

MAP = ('--map', 'sim-heat-pump')


def tshark(path, *arguments):
    """Lines of tshark's output; None where it is not installed."""
    if shutil.which('tshark') is None:
        return None
    done = subprocess.run(['tshark', '-r', path, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                          timeout=60, check=True)
    return done.stdout.splitlines()


def check_capture(path, frames, protocol):
    lines = tshark(path)
    if lines is None:
        return
    equal(len(lines), frames)
    assert all(protocol in line for line in lines), lines
    equal(tshark(path, '-Y', '_ws.malformed || _ws.expert.severity >= 8388608'), [])


def read_writes_both():
    with Server() as server, tempfile.TemporaryDirectory() as folder:
        transcript, capture = os.path.join(folder, 'a.transcript'), os.path.join(folder, 'a.pcapng')
        code, output, complaints = run('read', server.address, *MAP, '--transcript', transcript, '--pcapng', capture)
        equal((code, complaints), (0, ''))
        assert 'Flow temperature' in output, output
        with open(transcript, encoding='utf-8') as file:
            lines = file.read().splitlines()
        equal(lines[:2], ['plancia-transcript 1', '# modbus-tcp ' + server.address.split('/')[2]])
        frames = [line.split() for line in lines[2:]]
        assert len(frames) >= 2 and len(frames) % 2 == 0, lines
        equal({frame[2] for frame in frames}, {'01'})
        equal([frame[1] for frame in frames[::2]], ['>'] * (len(frames) // 2))
        assert all(frame[1] in '<!' for frame in frames[1::2]), lines
        check_capture(capture, sum(frame[1] in '<>' for frame in frames), 'Modbus/TCP')


def failure_is_written_too():
    with Server() as server, tempfile.TemporaryDirectory() as folder:
        transcript = os.path.join(folder, 'a.transcript')
        code, _, _ = run('read', server.address, '--range', '0x0200+2', '--transcript', transcript)
        equal(code, 1)
        with open(transcript, encoding='utf-8') as file:
            assert ' < 01 8302' in file.read()


def write_and_read_back():
    with Server() as server, tempfile.TemporaryDirectory() as folder:
        capture = os.path.join(folder, 'a.pcapng')
        code, _, complaints = run('write', server.address, *MAP, 'flow_setpoint=40.5', '--yes', '--pcapng', capture)
        assert code == 0, complaints
        check_capture(capture, len(tshark(capture) or []), 'Modbus/TCP')
        found = tshark(capture, '-Y', 'modbus.func_code == 16 || modbus.func_code == 6')
        assert found is None or len(found) == 2, found


def framings_of_the_plant():
    """Every route of the simulated plant, each read as what it is."""
    protocols = {'wifi-stick': '8899', 'eth-stick': 'Modbus', 'hub': 'Modbus/TCP', 'rs485': 'Modbus RTU',
                 'power-magic': 'Modbus/TCP', 'psc': 'Modbus/TCP'}
    seen = set()
    with Plant() as plant, tempfile.TemporaryDirectory() as folder:
        for device in plant.served['devices']:
            scheme = device['address'].split(':')[0]
            if not device.get('map') or scheme not in protocols or scheme in seen:
                continue
            seen.add(scheme)
            capture = os.path.join(folder, scheme + '.pcapng')
            code, _, complaints = run('read', device['address'], '--map', device['map'], '--pcapng', capture)
            assert code == 0, complaints
            lines = tshark(capture)
            if lines is None:
                continue
            assert lines, device
            if scheme != 'wifi-stick':
                assert all(protocols[scheme] in line for line in lines), lines[:3]
            equal(tshark(capture, '-Y', '_ws.malformed || _ws.expert.severity >= 8388608'), [])
    assert len(seen) >= 4, seen


def file_that_cannot_be():
    with Server() as server:
        refused(2, 'read', server.address, *MAP, '--pcapng', '/no/such/folder/a.pcapng', say='/no/such/folder/a.pcapng')


main(read_writes_both, failure_is_written_too, write_and_read_back, framings_of_the_plant, file_that_cannot_be)
