#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""plancia-cli write to a pymodbus server and to a simulated plant: nothing without a yes, nothing out of range, each
write once and read back."""
import json
import os
import pty
import select
import subprocess
import time

from program import PROGRAM, Plant, Server, equal, main, refused, run, run_json

MAP = ('--map', 'sim-heat-pump')
LIMIT = 20


def dry_run_sends_nothing():
    with Server() as server:
        found = run_json('write', server.address, *MAP, 'flow_setpoint=40.5', '--dry-run')
        equal(found, [{'key': 'flow_setpoint', 'old': 35.0, 'new': 40.5, 'raw': [405], 'verdict': 'skipped'}])
        code, output, complaints = run('write', server.address, *MAP, 'flow_setpoint=40.5', '--dry-run')
        equal((code, complaints), (0, ''))
        assert '35.0 → 40.5' in output and '015E → 0195' in output and '0x0051' in output, output
        equal(server.writes(), [])


def writes_and_reads_back():
    with Server() as server:
        found = run_json('write', server.address, *MAP, 'flow_setpoint=40,5', 'night_start=23:15', 'night_end=06:00', '--yes')
        equal([list(r) for r in found], [['key', 'old', 'new', 'raw', 'verdict']] * 3)
        equal(found[0], {'key': 'flow_setpoint', 'old': 35.0, 'new': 40.5, 'raw': [405], 'verdict': 'verified'})
        equal((found[1]['old'], found[1]['new'], found[1]['verdict']), ('22:00', '23:15', 'verified'))
        equal((found[2]['old'], found[2]['verdict']), ('06:00', 'skipped'))
        equal(sorted(server.writes()), ['write 0x51 [405]', f'write 0x53 [{0x170f}]'])
        equal(run_json('read', server.address, *MAP, 'flow_setpoint')['readings'][0]['value'], 40.5)
        code, output, _ = run('write', server.address, *MAP, 'operating_mode=3', '--yes')
        equal(code, 0)
        assert 'verified' in output, output


def refuses_before_it_sends():
    with Server() as server:
        for wrong in ('flow_setpoint=99', 'flow_setpoint=19.5', 'flow_setpoint=40.3', 'flow_setpoint=warm',
                      'night_start=25:00', 'operating_mode=77'):
            refused(2, 'write', server.address, *MAP, wrong, '--yes', say=wrong.split('=')[0])
        refused(2, 'write', server.address, *MAP, 'flow_temperature=30', '--yes', say='flow_temperature')
        refused(2, 'write', server.address, *MAP, 'no_such_key=1', '--yes', say='no_such_key')
        refused(2, 'write', server.address, *MAP, 'flow_setpoint=40', 'flow_setpoint=41', '--yes', say='twice')
        # One that is wrong stops the others.
        refused(2, 'write', server.address, *MAP, 'tank_setpoint=50', 'flow_setpoint=99', '--yes', say='flow_setpoint')
        equal(server.writes(), [])


def refuses_without_a_terminal():
    with Server() as server:
        refused(2, 'write', server.address, *MAP, 'flow_setpoint=40', say='--yes')
        equal(server.writes(), [])


def answer_on_a_terminal(server, answer):
    """(exit code, what stood on the terminal)"""
    master, slave = pty.openpty()
    process = subprocess.Popen([PROGRAM, 'write', server.address, *MAP, 'flow_setpoint=40.5'], stdin=slave, stdout=slave,
                               stderr=slave)
    os.close(slave)
    shown, asked = b'', False
    limit = time.monotonic() + LIMIT
    while time.monotonic() < limit:
        ready = select.select([master], [], [], 0.1)[0]
        try:
            part = os.read(master, 4096) if ready else b''
        except OSError:
            break
        shown += part
        if b'[y/N]' in shown and not asked:
            equal(server.writes(), [])
            os.write(master, answer)
            asked = True
        if not part and process.poll() is not None:
            break
    code = process.wait(timeout=LIMIT)
    os.close(master)
    return code, shown.decode()


def asks_on_a_terminal():
    with Server() as server:
        code, shown = answer_on_a_terminal(server, b'n\n')
        equal((code, server.writes()), (2, []))
        assert '35.0 → 40.5' in shown and 'Nothing was written' in shown, shown
        code, shown = answer_on_a_terminal(server, b'y\n')
        equal((code, server.writes()), (0, ['write 0x51 [405]']))
        assert 'verified' in shown, shown


def a_device_that_keeps_its_value():
    with Server('deaf') as server:
        code, output, complaints = run('write', server.address, *MAP, 'flow_setpoint=40.5', '--yes', '--json')
        equal((code, len(server.writes())), (1, 1))
        equal(json.loads(output)[0]['verdict'], 'differs')
        assert 'flow_setpoint' in complaints and complaints.count('\n') == 1, complaints


def a_simulated_plant():
    with Plant() as plant:
        pump = next(d for d in plant.served['devices'] if d['map'] == 'sim-heat-pump')
        found = run_json('write', pump['address'], '--map', pump['map'], 'tank_setpoint=52.5', '--yes')
        equal((found[0]['new'], found[0]['verdict']), (52.5, 'verified'))
        found = run_json('read', pump['address'], '--map', pump['map'], 'tank_setpoint')
        equal(found['readings'][0]['value'], 52.5)


main(dry_run_sends_nothing, writes_and_reads_back, refuses_before_it_sends, refuses_without_a_terminal, asks_on_a_terminal,
     a_device_that_keeps_its_value, a_simulated_plant)
