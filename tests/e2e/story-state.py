# SPDX-License-Identifier: GPL-3.0-or-later
"""What was open comes back at the next start; a file that is wrong is named and changes nothing."""
import json
import os
import subprocess
import sys

from window import Missing, Program, act, find, labels, press, screenshot, story, wait

sys.path.insert(0, os.path.join(os.environ['PLANCIA_TEST_SOURCE_DIR'], 'simulator'))
from peers import Simulator, device, scenario  # noqa: E402  pylint: disable=wrong-import-position

DEVICE = '5.0KTL-V3'
running = {}


def start(*arguments):
    running['program'] = Program(*arguments)
    return running['program']


def stop():
    if running['program'].stop() != 0:
        raise Missing('the program ended with an error')


def first_start():
    program = start('--demo')
    find(program.window, 'label', contains='Simulated plant.', limit=20)
    wait(lambda: DEVICE in labels(find(program.window, 'list', 'Devices')), 20, 'device in the tree')
    program.go_to(DEVICE)
    find(program.window, 'page tab', 'Registers', limit=30)
    press('ctrl+2')
    find(program.window, 'filler', 'PlanciaRegistersPage')
    stop()


def second_start():
    program = start()
    wait(lambda: program.window.name == DEVICE, 30, 'the device of the last time')
    find(program.window, 'filler', 'PlanciaRegistersPage', limit=20)
    stop()


def closed_plant_stays_closed():
    program = start()
    wait(lambda: program.window.name == DEVICE, 30, 'the device of the last time')
    act(program.window, 'win.close-plant')
    find(program.window, 'label', 'Nothing aboard yet')
    stop()
    program = start()
    wait(lambda: program.window.name == 'Plancia', what='nothing open')
    stop()


def wrong_file():
    path = os.path.join(os.environ['XDG_DATA_HOME'], 'wrong.json')
    with open(path, 'w', encoding='utf-8') as file:
        file.write('{"format": "plancia-plant", "version": 1, "name": "Barn",\n "entries": [{"kind": 7}]}')
    program = start(path)
    dialog = wait(lambda: next(w for w in program.windows() if w.name == 'The plant could not be opened'), 20,
                  'message')
    wait(lambda: any('wrong.json' in word and 'kind' in word for word in labels(dialog)), what='file and place')
    screenshot('story-wrong-file')
    act(find(dialog, 'push button', 'Close'))
    find(program.window, 'label', 'Nothing aboard yet')
    act(find(program.window, 'push button', 'Open the demo plant'))
    find(program.window, 'label', contains='Simulated plant.', limit=20)
    stop()


def files_of_every_kind():
    """While a plant is open: each is named with what is wrong, and the plant stays as it is."""
    folder = os.path.join(os.environ['XDG_DATA_HOME'], 'kinds')
    os.mkdir(folder)
    cases = {'empty.json': (b'', 'expected a JSON object'), 'words.json': (b'hello', 'line 1, column'),
             'cut.json': (b'{"format": "plancia-plant",\n "version"', 'line 2, column'),
             'bytes.json': (bytes(range(256)), 'UTF-8'), 'huge.json': (b' ' * (5 << 20), '4 MiB'),
             'map.json': (b'{"format": "register-map"}', 'format: expected'), 'folder.json': (None, 'not a file'),
             'pipe.json': (None, 'not a file'), 'none.json': (None, 'No such file')}
    for name, (content, _) in cases.items():
        if content is not None:
            with open(os.path.join(folder, name), 'wb') as file:
                file.write(content)
    os.mkdir(os.path.join(folder, 'folder.json'))
    os.mkfifo(os.path.join(folder, 'pipe.json'))
    program = start('--demo')
    find(program.window, 'label', contains='Simulated plant.', limit=20)
    tree = find(program.window, 'list', 'Devices')
    wait(lambda: DEVICE in labels(tree), 20, 'device in the tree')
    for name, (_, words) in cases.items():
        path = os.path.join(folder, name)
        # A second start hands the file to the program that runs.
        subprocess.run([os.path.join(os.environ['PLANCIA_TEST_BUILD_DIR'], 'app', 'plancia'), path], timeout=60, check=True)
        dialog = wait(lambda: next(w for w in program.windows() if w.name == 'The plant could not be opened'), 20,
                      f'message about {name}')
        wait(lambda: any(word.startswith(path + ': ') and words in word for word in labels(dialog)), what=f'“{words}”')
        count = program.application.childCount
        act(find(dialog, 'push button', 'Close'))
        # A window that is going is counted, not asked.
        wait(lambda: program.application.childCount < count, 20, 'message gone')
        if DEVICE not in labels(tree):
            raise Missing(f'{name} changed what is open')
    stop()


def wrong_map():
    """A map of the person's own that is wrong: the device tells which file, where and what; the others go on."""
    folder = os.path.join(os.environ['XDG_DATA_HOME'], 'plancia', 'register-maps')
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, 'mine.json'), 'w', encoding='utf-8') as file:
        file.write('{"format": "register-map",\n "version": 1,, }')
    with Simulator(scenario(device('magic'))) as simulator:
        address = simulator.address('Magic')
        entries = [{'id': 'good', 'kind': 'power-magic', 'name': 'Cellar', 'address': address, 'map': 'sim-power-magic'},
                   {'id': 'bad', 'kind': 'power-magic', 'name': 'Attic', 'address': address[:-1] + '2', 'map': 'mine'}]
        path = os.path.join(os.environ['XDG_DATA_HOME'], 'maps.json')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump({'format': 'plancia-plant', 'version': 1, 'name': 'House', 'entries': entries}, file)
        program = start(path)
        wait(lambda: 'Attic' in labels(find(program.window, 'list', 'Devices')), 20, 'device in the tree')
        program.go_to('Attic')
        find(program.window, 'label', contains='The text is not well formed. mine.json: line 2', limit=30)
        screenshot('story-wrong-map')
        wait(lambda: any(' kW' in word.replace('\u00a0', ' ') for word in labels(find(program.window, 'list', 'Devices'))), 40,
             'value of the other device')
        stop()


story(('keeps what is open', first_start), ('opens it again', second_start),
      ('keeps nothing open', closed_plant_stays_closed), ('names what is wrong in a file', wrong_file),
      ('names what is wrong in files of every kind', files_of_every_kind),
      ('names what is wrong in a map', wrong_map))
