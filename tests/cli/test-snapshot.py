#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""plancia-cli snapshot, compare and restore against a simulated plant."""
import csv
import io
import json
import os
import tempfile

from program import Plant, equal, main, refused, run, run_json

MAP = 'zcs-3ph-hyd-g3'


def load(path):
    with open(path, encoding='utf-8') as file:
        return json.load(file)


def takes_every_register():
    with Plant() as plant, tempfile.TemporaryDirectory() as folder:
        hybrid = plant.address('HYD 6000 ZSS')
        path = os.path.join(folder, 'a.json')
        equal(run('snapshot', hybrid, '--note', 'first', '-o', path), (0, '', ''))
        found = load(path)
        equal((found['format'], found['version'], found['note']), ('plancia-snapshot', 1, 'first'))
        equal((found['device']['map'], found['device']['serial'][:14]), (MAP, 'ZP1ES106K00003'))
        registers = {r['key']: r for r in found['registers']}
        assert len(registers) > 150, len(registers)
        equal([r for r in registers.values() if 'words' not in r], [])
        equal(registers['storage_mode']['address'], '0x1110')
        code, output, complaints = run('snapshot', hybrid)
        equal((code, complaints, json.loads(output)['device']['map']), (0, '', MAP))


def shows_what_a_setting_changed():
    with Plant() as plant, tempfile.TemporaryDirectory() as folder:
        hybrid = plant.address('HYD 6000 ZSS')
        before = os.path.join(folder, 'before.json')
        after = os.path.join(folder, 'after.json')
        equal(run('snapshot', hybrid, '-o', before)[0], 0)
        equal(run_json('compare', before, hybrid)['registers'], [])
        equal(run_json('write', hybrid, '--map', MAP, 'storage_mode=2', '--yes')[0]['verdict'], 'verified')
        equal(run('snapshot', hybrid, '-o', after)[0], 0)
        for other in (after, hybrid):
            found = run_json('compare', before, other)['registers']
            equal([(r['key'], r['a'], r['b'], r['section']) for r in found], [('storage_mode', '0', '2', 'settings')])
        code, output, complaints = run('compare', before, after)
        equal((code, complaints), (0, ''))
        assert 'storage_mode' in output and '0x1110' in output and '1 of ' in output, output
        rows = list(csv.DictReader(io.StringIO(run('compare', before, after, '--csv', '--all')[1])))
        assert len(rows) > 80 and sum(r['differs'] == 'yes' for r in rows) == 1, rows
        more = run_json('compare', before, after, '--readings', '--all')['registers']
        assert {r['section'] for r in more} >= {'settings', 'identity', 'readings', 'counters'}, more


def keeps_it_with_the_plant():
    with Plant() as plant, tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'house.json')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump({'format': 'plancia-plant', 'version': 1, 'name': 'House', 'entries': [
                {'id': 'one', 'kind': 'inverter', 'name': 'HYD', 'address': plant.address('HYD 6000 ZSS')}]}, file)
        equal(run('snapshot', 'HYD', '--plant', path), (0, '', ''))
        kept = os.listdir(os.path.join(folder, 'house.snapshots'))
        equal((len(kept), kept[0].startswith('one.')), (1, True))
        kept = os.path.join(folder, 'house.snapshots', kept[0])
        equal(load(kept)['device']['id'], 'one')
        equal(run_json('compare', kept, 'HYD', '--plant', path)['registers'], [])


def restores_and_undoes():
    with Plant() as plant, tempfile.TemporaryDirectory() as folder:
        hybrid = plant.address('HYD 6000 ZSS')
        first = os.path.join(folder, 'first.json')
        undo = os.path.join(folder, 'undo.json')
        equal(run('snapshot', hybrid, '-o', first)[0], 0)
        equal(run_json('write', hybrid, '--map', MAP, 'storage_mode=2', 'passive_timeout=600', '--yes')[0]['verdict'],
              'verified')
        plan = {r['key']: r for r in run_json('restore', first, hybrid, '--dry-run')}
        equal(sorted(k for k, r in plan.items() if r['action'] == 'write'), ['passive_timeout', 'storage_mode'])
        equal((plan['storage_mode']['now'], plan['storage_mode']['wanted']), (2, 0))
        for key in ('serial_number', 'bus_address', 'pcc_bias', 'grid_code'):
            equal(plan[key]['action'], 'left-out')
        code, output, complaints = run('restore', first, hybrid, '--dry-run')
        equal((code, complaints), (0, ''))
        assert 'left out: grid code' in output and '0x1110' in output and '2 to write' in output, output
        equal(len(run_json('compare', first, hybrid)['registers']), 2)
        code, output, complaints = run('restore', first, hybrid, '--yes', '--before', undo, '--json')
        equal((code, [r['verdict'] for r in json.loads(output)]), (0, ['verified', 'verified']))
        equal(run_json('compare', first, hybrid)['registers'], [])
        # The way back is the same way.
        equal(run('restore', undo, hybrid, '--yes')[0], 0)
        row = run_json('journal')[0]
        equal(row['kind'], 'restore')
        assert row['note'].startswith('Snapshot of '), row['note']
        equal(run_json('read', hybrid, '--map', MAP, 'storage_mode')['readings'][0]['value'], 2)


def clones_to_another_device():
    with Plant() as plant, tempfile.TemporaryDirectory() as folder:
        first, second = plant.address('HYD 10000 ZSS'), plant.address('HYD 8000 ZSS')
        path = os.path.join(folder, 'first.json')
        equal(run_json('write', first, '--map', MAP, 'passive_timeout=600', '--yes')[0]['verdict'], 'verified')
        equal(run('snapshot', first, '-o', path)[0], 0)
        code, output, complaints = run('restore', path, second, '--yes')
        equal((code, complaints), (0, ''))
        assert 'another device' in output and 'verified' in output, output
        found = run_json('read', second, '--map', MAP, 'passive_timeout', 'serial_number')['readings']
        equal({r['key']: r['value'] for r in found}, {'passive_timeout': 600, 'serial_number': 'ZP1ES108K00002'})


def refuses_what_is_wrong():
    with tempfile.TemporaryDirectory() as folder:
        wrong = os.path.join(folder, 'wrong.json')
        with open(wrong, 'w', encoding='utf-8') as file:
            file.write('{"format": "plancia-plant", "version": 1}')
        refused(2, 'snapshot', say='which device')
        refused(2, 'compare', wrong, say='what to compare')
        refused(2, 'restore', wrong, '--yes', say='what to restore')
        refused(1, 'restore', wrong, 'modbus-tcp://127.0.0.1:1/1', '--yes', say='format')
        refused(2, 'restore', wrong, 'modbus-tcp://127.0.0.1:1/1', say='--yes')
        refused(2, 'compare', wrong, wrong, '--csv', '--json', say='Either')
        refused(1, 'compare', wrong, wrong, say='format')
        refused(1, 'compare', os.path.join(folder, 'none.json'), wrong, say='none.json')
        refused(1, 'snapshot', 'modbus-tcp://127.0.0.1:1/1', '--map', MAP, say='127.0.0.1')


main(takes_every_register, shows_what_a_setting_changed, keeps_it_with_the_plant, restores_and_undoes, clones_to_another_device,
     refuses_what_is_wrong)
