# SPDX-License-Identifier: GPL-3.0-or-later
"""A register that no shipped map has: added in the editor, a wrong address said at its row, saved as an own map, then on the page."""
import json
import os

from window import Missing, Program, act, find, labels, screenshot, set_text, story, wait, word

DEVICE = 'HYD 10000 ZSS'
NAME = 'Fan of the cabinet'
running = {}


def start():
    program = running['program'] = Program('--demo')
    find(program.window, 'label', contains=word('Simulated plant.'), limit=30)
    wait(lambda: DEVICE in labels(find(program.window, 'list', word('Devices'))), 20, 'device in the tree')
    program.go_to(DEVICE)
    act(find(program.window, 'page tab', word('Registers'), limit=30))


def page():
    return find(running['program'].window, 'filler', 'PlanciaRegistersPage', limit=20)


def editor():
    return wait(lambda: next(w for w in running['program'].windows() if w.name == word('Register map')), 20, 'editor')


def form():
    return find(editor(), 'filler', 'PlanciaMapRegisterForm')


def type_into(title, value):
    set_text(find(form(), 'text', word(title)), value)


def can_save():
    actions = editor().queryAction()
    return 'editor.save' in [actions.getName(i) for i in range(actions.nActions)]


def opens():
    act(page(), 'register-map.edit')
    find(editor(), 'push button', word('Add a register'), limit=20)
    wait(lambda: not can_save(), what='nothing to save')


def wrong_address():
    act(editor(), 'editor.add')
    type_into('Name', NAME)
    type_into('Address', '0x1110')
    find(form(), 'label', contains='storage_mode')
    screenshot('story-map-wrong')
    if can_save():
        raise Missing('a wrong map can be saved')


def saved():
    type_into('Address', '0x11F0')
    wait(can_save, what='the map can be saved')
    act(editor(), 'editor.save')
    folder = os.path.join(os.environ['XDG_DATA_HOME'], 'plancia', 'register-maps')
    path = wait(lambda: os.path.join(folder, os.listdir(folder)[0]), 20, 'file of the own map')
    with open(path, encoding='utf-8') as file:
        own = json.load(file)
    if own['extends'] != 'zcs-3ph-hyd-g3' or [r['key'] for r in own['registers']] != ['fan_of_the_cabinet']:
        raise Missing(f'the own map says {own}')
    wait(lambda: not can_save(), what='saved')
    act(editor(), 'window.close')


def read():
    set_text(find(page(), 'entry', word('Search name, address, value')), NAME)
    wait(lambda: NAME in labels(page()), 20, 'the register on the page')
    screenshot('story-map-read')


def ends():
    if running['program'].stop() != 0:
        raise Missing('the program ended with an error')


story(('the demo plant', start), ('the editor', opens), ('a wrong address', wrong_address), ('an own map', saved),
      ('the register on the page', read), ('the end', ends))
