# SPDX-License-Identifier: GPL-3.0-or-later
"""A plant goes from the laptop that was at the place to the office: one file, opened with one click, said what is in it before
anything changes, merged a second time without a double."""
import json
import os
import subprocess
import zipfile

import pyatspi

from window import Missing, Program, act, find, labels, screenshot, set_text, story, wait, word

HOME = os.environ['XDG_DATA_HOME']
LAPTOP, OFFICE = os.path.join(HOME, 'laptop'), os.path.join(HOME, 'office')
CLI = os.path.join(os.environ['PLANCIA_TEST_BUILD_DIR'], 'app', 'plancia-cli')
PLANT = os.path.join(LAPTOP, 'plancia', 'rossi.json')
FILE = os.path.join(HOME, 'rossi.plancia-site')
SNAPSHOT = {'format': 'plancia-snapshot', 'version': 1, 'time': '2026-06-12T12:05:00.000Z', 'reason': 'request',
            'note': 'before the battery', 'device': {'id': 'inv-1', 'name': 'Inverter', 'route': 'modbus-tcp://127.0.0.1:9/1',
                                                    'map': 'zcs-1ph-hyd-hp-g3'}, 'registers': []}


def write(path, document):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(document, file)


def prepare():
    """What a day at the place leaves on the laptop."""
    write(PLANT, {'format': 'plancia-plant', 'version': 1, 'id': 'a-plant', 'name': 'Casa Rossi', 'entries': [
        {'id': 'inv-1', 'kind': 'inverter', 'name': 'Inverter', 'address': 'modbus-tcp://127.0.0.1:9/1'},
        {'id': 'meter-1', 'kind': 'meter', 'name': 'Contatore', 'address': 'modbus-tcp://127.0.0.1:9/2'}]})
    write(PLANT.replace('.json', '.snapshots/inv-1.20260612T120500.000Z.json'), SNAPSHOT)
    table = os.path.join(HOME, 'day.csv')
    with open(table, 'w', encoding='utf-8') as file:
        file.write('time,powerGenerating\n')
        file.writelines(f'2026-06-12 {m // 60:02d}:{m % 60:02d}:00,{m}\n' for m in range(1440))
    subprocess.run([CLI, 'history', 'import', 'Inverter', table, '--plant', PLANT], check=True, timeout=60,
                   env={**os.environ, 'XDG_DATA_HOME': LAPTOP}, stdout=subprocess.DEVNULL)


def at(place):
    """A computer has its own settings, too."""
    settings = os.path.join(place, 'config')
    os.makedirs(settings, exist_ok=True)
    return {'XDG_DATA_HOME': place, 'XDG_CONFIG_HOME': settings}


def dialog(program, name):
    return wait(lambda: next(w for w in program.windows() if w.name == word(name)), 20, f'the window {name}')


def exports():
    prepare()
    program = Program(PLANT, environment=at(LAPTOP))
    wait(lambda: 'Inverter' in labels(find(program.window, 'list', word('Devices'))), 20, 'the tree')
    act(program.window, 'win.export-plant')
    window = dialog(program, 'Plant for the office')
    wait(lambda: any('kB' in text or 'bytes' in text or 'byte' in text for text in labels(window)), 20, 'a size')
    screenshot('story-office-export')
    act(find(window, 'push button', word('_Save…')))
    chooser = wait(lambda: next(w for w in program.windows() if w.getRoleName() != 'frame'), what='the chooser')
    set_text(find(chooser, 'text', contains='Name' if word('Devices') == 'Devices' else 'Nome'), FILE)
    act(find(chooser, 'push button', 'Save' if word('Devices') == 'Devices' else 'Salva'))
    wait(lambda: os.path.exists(FILE), 30, 'the file')
    act(find(window, 'push button', word('_Close'), limit=20))
    if program.stop() != 0:
        raise Missing('the laptop ended with an error')
    with zipfile.ZipFile(FILE) as file:
        if file.testzip() or 'history/inv-1/import/2026-06.days' not in file.namelist():
            raise Missing(f'a whole zip: {file.namelist()}')


office = []


def opens():
    program = Program(FILE, environment=at(OFFICE))
    office.append(program)
    window = dialog(program, 'Plant in a file')
    accept = find(window, 'push button', word('_Take over'), limit=20)
    wait(lambda: accept.getState().contains(pyatspi.STATE_SENSITIVE), 20, 'something to take')
    words = labels(window)
    if 'Casa Rossi' not in words or not any('1440' in w for w in words):
        raise Missing(f'what is in it: {words}')
    screenshot('story-office-asks')
    if os.path.exists(os.path.join(OFFICE, 'plancia', 'casa-rossi.json')):
        raise Missing('nothing changed before a person said so')
    act(accept)
    wait(lambda: any(w == word('What has happened') for w in labels(window)), 30, 'an end')
    screenshot('story-office-done')
    act(find(window, 'push button', word('_Close')))
    wait(lambda: 'Contatore' in labels(find(program.window, 'list', word('Devices'))), 20, 'the plant, open')
    found = os.path.join(OFFICE, 'plancia', 'casa-rossi.snapshots', 'inv-1.20260612T120500.000Z.json')
    with open(found, encoding='utf-8') as file:
        if json.load(file)['note'] != SNAPSHOT['note']:
            raise Missing('the snapshot')


def merges():
    """While it is open, from a second start: there is one program, and nothing is new."""
    program = office[0]
    subprocess.run([os.path.join(os.environ['PLANCIA_TEST_BUILD_DIR'], 'app', 'plancia'), FILE], check=True, timeout=60,
                   env={**os.environ, **at(OFFICE)})
    window = dialog(program, 'Plant in a file')
    wait(lambda: any(w == word('Everything is here already') for w in labels(window)), 30, 'nothing new')
    screenshot('story-office-again')
    act(find(window, 'push button', word('_Take over')))
    wait(lambda: any(w == word('What has happened') for w in labels(window)), 30, 'an end')
    act(find(window, 'push button', word('_Close')))
    wait(lambda: 'Contatore' in labels(find(program.window, 'list', word('Devices'))), 20, 'the plant, open again')
    if sorted(n for n in os.listdir(os.path.join(OFFICE, 'plancia')) if n.endswith('.json')) != ['casa-rossi.json']:
        raise Missing('one plant')


def saves_what_it_can():
    """A byte of a damaged file is wrong: the rest is taken, and what is missing is said."""
    program = office[0]
    with zipfile.ZipFile(FILE) as file:
        place = next(i for i in file.infolist() if i.filename.startswith('snapshots/'))
    with open(FILE, 'r+b') as file:
        file.seek(place.header_offset + 30 + len(place.filename) + 40)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 0xff]))
    subprocess.run(
        [os.path.join(os.environ['PLANCIA_TEST_BUILD_DIR'], 'app', 'plancia'), FILE], check=True, timeout=60,
        env={**os.environ, **at(OFFICE)})
    window = dialog(program, 'Plant in a file')
    wait(lambda: any(word('Left out') == w for w in labels(window)), 30, 'what is left out')
    wait(lambda: any(word('damaged, left out') in w for w in labels(window)), 10, 'the words')
    screenshot('story-office-damaged')
    act(find(window, 'push button', word('_Cancel')))
    if program.stop() != 0:
        raise Missing('the office ended with an error')


story(('makes the file at the place', exports), ('opens it at the office', opens), ('merges it again', merges),
      ('saves what it can of a damaged one', saves_what_it_can))
