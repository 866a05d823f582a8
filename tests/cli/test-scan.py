#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""plancia-cli scan of a pymodbus server, of a simulated plant, of nobody."""
import csv
import json
import os
import signal
import subprocess
import tempfile
import time

from program import PROGRAM, Plant, Server, equal, free_port, main, refused, run

LIMIT = 60


def spans(document):
    return [(s['first'], s['last'], s['answer']) for s in document['spans']]


def what_there_is():
    """pymodbus has holding registers from 0 to 0xFF and refuses the others."""
    with Server() as server, tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'found.csv')
        code, output, complaints = run('scan', server.address, '0x00F3-0x0120', '--json', '--csv', path)
        equal((code, complaints), (0, ''))
        found = json.loads(output)
        equal(spans(found), [(0xf3, 0xff, 'answers'), (0x100, 0x120, 'refused')])
        equal((found['registers'], found['done'], found['address']), (0x2e, 0x2e, server.address))
        equal(found['spans'][1]['exception'], 2)
        with open(path, encoding='utf-8', newline='') as file:
            rows = list(csv.DictReader(file))
        equal(len(rows), 0x2e)
        equal(rows[0], {'register': '0x00F3', 'decimal': '243', 'answer': 'answers', 'exception': '', 'hex': '0000', 'u16': '0',
                        'in_map': ''})
        equal((rows[-1]['register'], rows[-1]['answer'], rows[-1]['exception']), ('0x0120', 'refused', '2'))
        equal(server.writes(), [])


def table_for_people():
    with Server() as server:
        code, output, complaints = run('scan', server.address, '250-260', '--function', '4')
        equal((code, complaints), (0, ''))
        equal([line.split()[:4] for line in output.splitlines()[1:]],
              [['0x00FA', '0x00FF', '6', 'answers'], ['0x0100', '0x0104', '5', 'refused,']])
        # Coils: pymodbus has them by itself.
        code, output, complaints = run('scan', server.address, '0-9', '--function', '1', '--json')
        equal((code, complaints), (0, ''))
        equal(spans(json.loads(output)), [(0, 9, 'answers')])


def words_are_kept():
    with Server() as server, tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'found.csv')
        equal(run('scan', server.address, '0x10-0x13', '--map', 'sim-heat-pump', '--csv', path)[0], 0)
        with open(path, encoding='utf-8', newline='') as file:
            rows = list(csv.DictReader(file))
        equal([(row['hex'], row['in_map']) for row in rows],
              [('FFD8', 'outdoor_temperature'), ('019C', 'flow_temperature'), ('015E', 'return_temperature'),
               ('8000', 'tank_temperature')])


def a_simulated_inverter():
    """Its registers lie in islands; a block that leaves one is refused as a whole."""
    with Plant() as plant:
        device = next(d for d in plant.served['devices'] if d['address'].startswith('wifi-stick://'))
        code, output, complaints = run('scan', device['address'], '0x0470-0x04CF', '--json')
        equal((code, complaints), (0, ''))
        found = json.loads(output)
        equal(found['done'], 0x60)
        equal((found['spans'][0]['first'], found['spans'][-1]['last']), (0x470, 0x4cf))
        answers = {a for s in found['spans'] if s['answer'] == 'answers' for a in range(s['first'], s['last'] + 1)}
        assert {0x484, 0x485, 0x488, 0x48d} <= answers, found
        for first, last, _ in spans(found):
            assert first <= last, found
        for before, after in zip(found['spans'], found['spans'][1:]):
            equal(after['first'], before['last'] + 1)


def stops_when_asked():
    with Server() as server:
        process = subprocess.Popen([PROGRAM, 'scan', server.address + '?spacing=100', '0-65535', '--json'],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        output, complaints = process.communicate(timeout=LIMIT)
    equal((process.returncode, complaints), (1, ''))
    found = json.loads(output)
    assert found['done'] < found['registers'] == 65536, found


def wrong_use():
    with Server() as server:
        for text in ('0x10', '0x20-0x10', '0-65536', 'a-b'):
            refused(2, 'scan', server.address, text, say=text)
        refused(2, 'scan', server.address, say='scan')
        refused(2, 'scan', server.address, '0-1', '--function', '6', say='--function')
        code, _, complaints = run('scan', server.address, '0-1', '--csv', '/nowhere/found.csv')
        equal(code, 1)
        assert '/nowhere/found.csv' in complaints, complaints


def nobody():
    code, _, complaints = run('scan', f'modbus-tcp://127.0.0.1:{free_port()}/1', '0-10')
    equal(code, 1)
    assert complaints.startswith('plancia-cli: '), complaints


main(what_there_is, table_for_people, words_are_kept, a_simulated_inverter, stops_when_asked, wrong_use, nobody)
