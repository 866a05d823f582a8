#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""plancia-cli read from a pymodbus server, from a simulated plant, from nobody."""
import json
import os
import re
import signal
import socket
import subprocess
import tempfile

from program import PROGRAM, Plant, Server, equal, free_port, main, refused, run, run_json

MAP = ('--map', 'sim-heat-pump')


def shape_and_values():
    with Server() as server:
        found = run_json('read', server.address, *MAP)
        # Whole numbers are written out, not as 1e+04.
        assert '"value":10000,' in run('read', server.address, *MAP, 'energy_total', '--json')[1]
    equal(list(found), ['address', 'map', 'time', 'readings'])
    equal((found['address'], found['map']), (server.address, 'sim-heat-pump'))
    assert re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z', found['time']), found['time']
    equal(len(found['readings']), 20)
    by_key = {r['key']: r for r in found['readings']}
    equal(by_key['flow_temperature'], {'key': 'flow_temperature', 'name': 'Flow temperature', 'value': 41.2, 'unit': '°C',
                                       'raw': [412], 'quality': 'good'})
    equal((by_key['outdoor_temperature']['value'], by_key['outdoor_temperature']['raw']), (-4.0, [0xffd8]))
    equal((by_key['tank_temperature']['value'], by_key['tank_temperature']['quality']), (None, 'missing'))
    equal((by_key['energy_total']['value'], by_key['energy_total']['raw']), (10000, [1, 0x86a0]))
    equal((by_key['state']['value'], by_key['serial']['value']), (2, 'S123'))
    equal(by_key['night_start']['value'], '22:00')


def keys_and_groups():
    with Server() as server:
        found = run_json('read', server.address, *MAP, 'power_active', 'state')
        equal(sorted(r['key'] for r in found['readings']), ['power_active', 'state'])
        found = run_json('read', server.address, *MAP, '--group', 'temperature')
        equal([r['key'] for r in found['readings']],
              ['outdoor_temperature', 'flow_temperature', 'return_temperature', 'tank_temperature'])
        refused(2, 'read', server.address, *MAP, 'no_such_key', say='no_such_key')
        refused(2, 'read', server.address, *MAP, '--group', 'nothing', say='nothing')


def range_without_a_map():
    with Server() as server:
        for seconds in ('0', '-1'):
            refused(2, 'read', server.address, '--range', '0x0010+4', '--watch', seconds, say='--watch')
        found = run_json('read', server.address, '--range', '0x0010+4')
        equal([r['raw'] for r in found['readings']], [[0xffd8], [412], [350], [0x8000]])
        equal((found['map'], found['readings'][1]['key'], found['readings'][1]['value']), (None, '0x0011', 412))
        found = run_json('read', server.address, '--range', '5+130', '--function', '4')
        equal([r['value'] for r in found['readings']], list(range(5, 135)))
        code, output, _ = run('read', server.address, '--range', '0x0040+2')
        equal(code, 0)
        equal([row.split() for row in output.splitlines()[1:]],
              [['0x0040', '64', '5331', '21297', '21297', 'S1'], ['0x0041', '65', '3233', '12851', '12851', '23']])
        refused(1, 'read', server.address, '--range', '0x0200+2', say='illegal address')


def table_for_people():
    with Server() as server:
        code, output, complaints = run('read', server.address, *MAP, 'outdoor_temperature', 'state')
    equal((code, complaints), (0, ''))
    assert '−4.0  °C' in output and 'Heating' in output and 'FFD8' in output, output


def watches():
    with Server() as server:
        process = subprocess.Popen([PROGRAM, 'read', server.address, *MAP, 'state', '--watch', '0.2', '--json'],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        documents = [json.loads(process.stdout.readline()) for _ in range(3)]
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=10)
    equal((process.returncode, complaints), (0, ''))
    equal([d['readings'][0]['value'] for d in documents], [2, 2, 2])
    assert documents[0]['time'] < documents[1]['time'] < documents[2]['time'], documents


def nobody_answers():
    refused(1, 'read', f'modbus-tcp://127.0.0.1:{free_port()}/1', *MAP, say='127.0.0.1')
    with socket.socket() as silent:
        silent.bind(('127.0.0.1', 0))
        silent.listen()
        address = f'modbus-tcp://127.0.0.1:{silent.getsockname()[1]}/1'
        code, _, complaints = run('read', address, *MAP, 'state')
        equal(code, 1)
        assert address in complaints and complaints.count('\n') == 1, complaints


def an_account_without_a_key():
    port = free_port()
    refused(1, 'read', 'portal://nobody/ZP1ES110K00001', '--url', f'http://127.0.0.1:{port}/', say='nobody')
    refused(2, 'write', 'portal://nobody/ZP1ES110K00001', 'x=1', say='--yes')


def an_account_with_a_key():
    """With the credentials in a keyring: what the portal knows, and each of its faults in words of its own."""
    helper = os.path.join(os.environ['PLANCIA_TEST_BUILD_DIR'], 'tests', 'plant', 'keep-secret')
    faults = {'invalid-client': 'INVALID CLIENT', '502': '502', 'empty': 'got nothing', 'cut': 'line 1, column',
              'missing-thing': 'nothing about this serial number'}
    with tempfile.TemporaryDirectory() as folder:
        home = {**os.environ, 'SECRET_BACKEND': 'file', 'SECRET_FILE_TEST_PASSWORD': 'test',
                'SECRET_FILE_TEST_PATH': os.path.join(folder, 'keyring')}
        for name, secret in (('client', 'PlanciaDemo'), ('key', 'Zcs SIMULATED001')):
            subprocess.run([helper, 'demo', name, secret], env=home, check=True)
        for fault, words in {'none': '', **faults}.items():
            with Plant('--fault', f'Azzurro Portal={fault}') as plant:
                code, output, complaints = run('read', 'portal://demo/ZP1ES110K00001', '--json', '--url',
                                               plant.served['clouds'][0]['url'], env=home)
            if fault != 'none':
                equal((code, output, complaints.count('\n')), (1, '', 1))
                assert words in complaints, complaints
                continue
            equal((code, complaints), (0, ''))
            found = {r['key']: r for r in json.loads(output)['readings']}
            equal((found['powerGenerating']['unit'], found['powerGenerating']['raw']), ('W', []))
            assert found['powerGenerating']['value'] > 500, found


def names_of_a_plant_file():
    with Server() as server, tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'plant.json')
        entry = {'id': 'pump', 'kind': 'heat-pump', 'name': 'Heat pump', 'address': server.address, 'map': 'sim-heat-pump'}
        with open(path, 'w', encoding='utf-8') as file:
            json.dump({'format': 'plancia-plant', 'version': 1, 'name': 'Rossi', 'entries': [entry]}, file)
        for name in ('Heat pump', 'pump', server.address):
            found = run_json('read', name, '--plant', path, 'power_active')
            equal((found['map'], found['readings'][0]['value']), ('sim-heat-pump', 1120))
        refused(2, 'read', 'Cellar', '--plant', path, say='Cellar')
        refused(2, 'read', 'pump', '--plant', os.path.join(folder, 'none.json'), say='none.json')


def map_of_the_plant_that_was_open():
    """What the window had open lately tells which map a device has, also when its address was written shorter."""
    with Server() as server, tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'plant.json')
        entry = {'id': 'pump', 'kind': 'heat-pump', 'name': 'Heat pump', 'map': 'sim-heat-pump',
                 'address': server.address + '?timeout=4000'}
        with open(path, 'w', encoding='utf-8') as file:
            json.dump({'format': 'plancia-plant', 'version': 1, 'name': 'Rossi', 'entries': [entry]}, file)
        settings = os.path.join(folder, 'glib-2.0', 'settings')
        os.makedirs(settings)
        with open(os.path.join(settings, 'keyfile'), 'w', encoding='utf-8') as file:
            file.write(f"[io/github/plancia/Plancia]\nrecent-plants=['{folder}/gone.json', '{path}']\n")
        home = {**os.environ, 'GSETTINGS_BACKEND': 'keyfile', 'XDG_CONFIG_HOME': folder}
        code, output, complaints = run('read', server.address, 'power_active', '--json', env=home)
        equal((code, complaints), (0, ''))
        equal((json.loads(output)['map'], json.loads(output)['readings'][0]['value']), ('sim-heat-pump', 1120))
        found = json.loads(run('write', server.address, 'flow_setpoint=40.5', '--yes', '--json', env=home)[1])
        equal((found[0]['old'], found[0]['new'], found[0]['verdict']), (35, 40.5, 'verified'))
        equal(run('read', server.address.replace('/1', '/2'), 'power_active', env=home)[0], 1)


def said_at_a_terminal(*arguments):
    """Standard error, where that is a terminal."""
    master, slave = os.openpty()
    subprocess.run([PROGRAM, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=slave, timeout=60,
                   check=True)
    os.write(slave, b'.')  # so that there is something to read
    text = os.read(master, 4096).decode()
    os.close(slave)
    os.close(master)
    return text


def a_simulated_plant():
    with Plant('--speed', '1') as plant:
        found = run_json('read', plant.address('HYD 6000 ZSS'), 'battery1_soc', 'output_active_power', 'serial_number')
        equal(found['map'], 'zcs-3ph-hyd-g3')
        by_key = {r['key']: r for r in found['readings']}
        assert 0 <= by_key['battery1_soc']['value'] <= 100, found
        equal(by_key['serial_number']['value'], 'ZP1ES106K00003')
        equal({r['quality'] for r in found['readings']}, {'good'})
        for name, map_id in (('5.0KTL-V3', 'zcs-3ph-ktl-v3-g3'), ('HYD 10000 ZSS', 'zcs-3ph-hyd-g3')):
            equal(run_json('read', plant.address(name), 'serial_number')['map'], map_id)
        pump = next(d for d in plant.served['devices'] if d['map'] == 'sim-heat-pump')
        equal(run_json('read', pump['address'], '--map', pump['map'], 'state')['readings'][0]['quality'], 'good')
        refused(1, 'read', pump['address'], say='--map')
        for name, told in (('HYD 6000 ZSS', False), ('HYD 10000 ZSS', True)):
            equal('disconnects the present one' in said_at_a_terminal('read', plant.address(name), 'serial_number'), told)
    equal(plant.complaints, '')
    equal(plant.process.returncode, 0)
    assert plant.address('HYD 6000 ZSS') in plant.output.splitlines(), plant.output


main(shape_and_values, keys_and_groups, range_without_a_map, table_for_people, watches, nobody_answers,
     an_account_without_a_key, an_account_with_a_key, names_of_a_plant_file, map_of_the_plant_that_was_open,
     a_simulated_plant)
