#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""plancia-cli without a device: help, wrong use, maps."""
import glob
import json
import os
import subprocess
import tempfile

from program import PROGRAM, TOP, equal, main, refused, run, run_json

MAPS = os.path.join(TOP, 'data', 'register-maps')


def links_no_toolkit():
    text = subprocess.run(['ldd', PROGRAM], stdout=subprocess.PIPE, text=True, check=True).stdout
    assert 'libglib-2.0' in text, text
    # libcairo draws documents; on some systems it brings libX11, which nobody calls.
    for name in ('libgtk', 'libadwaita', 'libgdk', 'libgraphene', 'libwayland'):
        assert name not in text, text


def tells_how_to_use_it():
    code, output, complaints = run('--help')
    equal((code, complaints), (0, ''))
    for verb in ('discover', 'read', 'write', 'map', 'ports', 'console', 'simulate'):
        assert f'plancia-cli {verb} ' in output, output
        code, help_text, complaints = run(verb, '--help')
        equal((code, complaints), (0, ''))
        assert f'plancia-cli {verb}' in help_text, help_text
    code, output, _ = run('--version')
    equal((code, output.split()[0]), (0, 'plancia-cli'))


def says_what_is_wrong_with_the_use():
    refused(2, say='--help')
    refused(2, 'reed', say='"reed"')
    refused(2, 'read', say='device')
    refused(2, 'read', '--colour', 'eth-stick://192.0.2.1/1', say='--colour')
    refused(2, 'read', 'gopher://192.0.2.1/1', say='gopher')
    refused(2, 'read', 'portal://home', say='SERIAL')
    refused(2, 'read', 'hub://192.0.2.1', say='line')
    refused(2, 'read', 'connext:///dev/ttyACM0', say='console')
    refused(2, 'read', 'eth-stick://192.0.2.1/1', '--range', 'x+4', say='0x0404+40')
    refused(2, 'read', 'eth-stick://192.0.2.1/1', '--range', '0xfff0+17', say='0xFFFF')
    refused(2, 'read', 'eth-stick://192.0.2.1/1', '--range', '1+1', '--function', '5', say='3 or 4')
    refused(2, 'read', 'eth-stick://192.0.2.1/1', '--map', 'no-such-map', say='no-such-map')
    refused(2, 'write', 'eth-stick://192.0.2.1/1', say='KEY=VALUE')
    refused(2, 'write', 'eth-stick://192.0.2.1/1', 'flow_setpoint', '--yes', say='flow_setpoint')
    refused(2, 'discover', 'now', say='"now"')
    refused(2, 'discover', '--subnet', '192.168.1', say='192.168.1.0/24')
    refused(2, 'discover', '--subnet', '192.168.0.0/15', say='/16')
    refused(2, 'discover', '--subnet', '198.51.100.0/24', say='private')
    refused(2, 'discover', '--host', '192.168.1.0/24', say='--host')
    refused(2, 'discover', '--timeout', '-1', say='--timeout')
    refused(2, 'map', say='list')
    refused(2, 'map', 'check', say='file')
    refused(2, 'map', 'export', say='map')
    refused(1, 'map', 'export', 'no-such-map', say='no-such-map')
    refused(2, 'simulate', 'now', say='"now"')


def lists_the_maps():
    maps = run_json('map', 'list')
    equal([m['id'] for m in maps], sorted(os.path.basename(p)[:-5] for p in glob.glob(os.path.join(MAPS, '*.json'))))
    for entry in maps:
        equal(list(entry), ['id', 'name', 'device_kind', 'registers'])
        code, output, complaints = run('map', 'export', entry['id'])
        equal((code, complaints), (0, ''))
        source = json.loads(output)
        assert 'extends' not in source
        equal((entry['name'], entry['device_kind'], entry['registers']),
              (source['name'], source['device_kind'], len(source['registers'])))
    rows = run('map', 'list')[1].splitlines()
    equal(len(rows), len(maps) + 1)
    column = rows[0].index('Name')
    assert all(row[column - 2:column] == '  ' and row[column] != ' ' for row in rows), rows


def checks_maps():
    good = os.path.join(MAPS, 'sim-heat-pump.json')
    equal(run('map', 'check', good)[0], 0)
    with tempfile.TemporaryDirectory() as folder:
        bad = os.path.join(folder, 'sim-heat-pump.json')
        with open(good, encoding='utf-8') as file:
            source = json.load(file)
        source['registers'][3]['type'] = 'u17'
        with open(bad, 'w', encoding='utf-8') as file:
            json.dump(source, file)
        torn = os.path.join(folder, 'torn.json')
        with open(torn, 'w', encoding='utf-8') as file:
            file.write('{"format":\n"register-map",\n')
        code, output, complaints = run('map', 'check', bad, good, torn)
        equal(code, 1)
        assert 'sim-heat-pump.json' in output and output.count('\n') == 1, output
        first, second = complaints.splitlines()
        assert bad in first and 'registers[3].type' in first and 'u17' in first, first
        assert torn in second and 'line' in second, second
        verdicts = json.loads(run('map', 'check', bad, good, '--json')[1])
        equal([(v['file'], v['error'] is None) for v in verdicts], [(bad, False), (good, True)])
    refused(1, 'map', 'check', '/no/such/map.json', say='/no/such/map.json')


def files_of_every_kind():
    """What is no file, or no text, or has no end is named; nothing hangs."""
    with tempfile.TemporaryDirectory() as folder:
        def thing(name, content=None):
            path = os.path.join(folder, name + '.json')
            if content is not None:
                with open(path, 'wb') as file:
                    file.write(content)
            return path
        cases = [(thing('empty', b''), 'empty'), (thing('words', b'hello'), 'line 1, column'),
                 (thing('cut', b'{"format": "x",\n "name"'), 'line 2, column'), (thing('list', b'[1]'), 'object'),
                 (thing('bytes', bytes(range(256))), 'UTF-8'), (thing('deep', b'[' * 100000), 'levels'),
                 (thing('huge', b' ' * (5 << 20)), '4 MiB'), (thing('folder'), 'directory'), (thing('pipe'), 'empty'),
                 (thing('loop'), 'symbolic links'), (thing('none'), 'No such file'), ('/dev/zero', '4 MiB')]
        os.mkdir(cases[7][0])
        os.mkfifo(cases[8][0])
        os.symlink('loop.json', cases[9][0])
        for path, words in cases:
            for code, verb in ((1, ('map', 'check')), (2, ('simulate', '--scenario'))):
                found, output, complaints = run(*verb, path)
                equal((found, output), (code, ''))
                equal(complaints.count('\n'), 1)
                assert path in complaints and words in complaints, (verb, complaints)


DEFINITION = """parameters:
  - group: Grid
    items:
      - {name: Voltage, rule: 1, scale: [0.1, 0.01], uom: V, registers: [0x048D]}
      - {name: Mode, platform: select, rule: 1, registers: [0x1110]}
      - {name: Loss, rule: 1, sensors: [{registers: [0x048D]}]}
"""


def imports_lists():
    table = os.path.join(TOP, 'tests', 'fixtures', 'maps', 'vendor-table.csv')
    with tempfile.TemporaryDirectory() as folder:
        output = os.path.join(folder, 'own-hyd.json')
        code, text, report = run('map', 'import', table, '-o', output)
        equal((code, text), (0, ''))
        assert 'Odd type, line 22: Type \u201cU64R\u201d is not known' in report, report
        assert report.splitlines()[-1].startswith(f'{table}: '), report
        equal(run('map', 'check', output)[0], 0)
        found = run_json('map', 'import', table)
        equal(found['map']['registers'][0]['address'], '0x0404')
        equal(found['taken'], len(found['map']['registers']))
        equal({r['access'] for r in found['map']['registers']}, {'r'})
        equal(found['skipped'], sum(item['verdict'] == 'skipped' for item in found['items']))
        assert {'verdict': 'skipped', 'reason': 'unknown-type', 'line': 22, 'name': 'Odd type', 'address': 0x0700,
                'text': 'Type \u201cU64R\u201d is not known'} in found['items'], found['items']

        path = os.path.join(folder, 'maker.yaml')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(DEFINITION)
        refused(2, 'map', 'import', path, say='--variant')
        refused(1, 'map', 'import', path, '--variant', '3', say='variant 3')
        found = run_json('map', 'import', path, '--variant', '2', '--name', 'Mine')
        equal((found['format'], found['taken'], found['skipped'], found['locked']), ('solarman', 2, 1, 1))
        equal((found['map']['name'], found['map']['registers'][0]['scale']), ('Mine', 0.01))
        refused(2, 'map', 'import', path, '--format', 'fancy', say='fancy')
        refused(1, 'map', 'import', os.path.join(folder, 'none.csv'), say='none.csv')
        refused(2, 'map', 'import', say='file')


def unlocks_register_by_register():
    with tempfile.TemporaryDirectory() as folder:
        table = os.path.join(folder, 'list.csv')
        with open(table, 'w', encoding='utf-8') as file:
            file.write('name;address;type;rw\nMode;0x1110;u16;RW\nLimit;0x1111;u16;RW\nGrid;0x0801;u16;RW\nTemperature;0x0418;i16;R\n')
        path = os.path.join(folder, 'list.json')
        equal(run('map', 'import', table, '-o', path)[0], 0)

        def writable():
            with open(path, encoding='utf-8') as file:
                return [r['key'] for r in json.load(file)['registers'] if 'w' in r['access']]
        equal(writable(), [])
        refused(2, 'map', 'unlock', path, say='keys')
        refused(2, 'map', 'unlock', path, 'mode', say='--yes')
        refused(1, 'map', 'unlock', path, 'mode', 'grid', '--yes', say='grid')
        refused(1, 'map', 'unlock', path, 'temperature', '--yes', say='not locked')
        refused(1, 'map', 'unlock', path, 'nothing', '--yes', say='nothing')
        refused(1, 'map', 'unlock', 'zcs-3ph-hyd-g3', 'state', '--yes', say='not locked')
        equal(writable(), [])
        code, output, risk = run('map', 'unlock', path, 'mode', '--yes')
        equal((code, output), (0, ''))
        assert '0x1110' in risk and 'battery' in risk, risk
        equal(writable(), ['mode'])
        equal(run('map', 'check', path)[0], 0)


main(unlocks_register_by_register, links_no_toolkit, tells_how_to_use_it, says_what_is_wrong_with_the_use, lists_the_maps, checks_maps,
     files_of_every_kind, imports_lists)
