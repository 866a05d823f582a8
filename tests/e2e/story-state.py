# SPDX-License-Identifier: GPL-3.0-or-later
"""What was open comes back at the next start; a file that is wrong is named and changes nothing."""
import os

from window import Missing, Program, act, find, labels, press, screenshot, story, wait

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


story(('keeps what is open', first_start), ('opens it again', second_start),
      ('keeps nothing open', closed_plant_stays_closed), ('names what is wrong in a file', wrong_file))
