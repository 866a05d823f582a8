# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of each page with the demo plant: pages.py light|dark|it|narrow|narrow-dark|narrow-it. Looks that no word
leaves the window; what it looks like is for people to judge."""
import os
import sys
import time

import pyatspi

from window import (Missing, Program, act, find, is_mapped, labels, press, screenshot, story, wait, walk, word,
                    write_settings)

LOOK = sys.argv[1]
NARROW = 'narrow' in LOOK
WIDTH, HEIGHT = (480, 760) if NARROW else (1200, 760)
# Name of the picture, device, which of its pages.
PAGES = [
    ('plant', None, 1), ('overview', 'HYD 10000 ZSS', 1), ('overview-string', '5.0KTL-V3', 1),
    ('registers', 'HYD 10000 ZSS', 2), ('history', 'HYD 10000 ZSS', 3), ('stick', 'ZSM-WIFI-USB', 1),
    ('hub', 'Azzurro HUB', 1), ('meter', 'Exchange meter', 1), ('ev-charger', 'EVCH 7.4', 1),
    ('power-magic', 'Power Magic', 1), ('heat-pump', 'Heat pump', 1), ('psc', 'PSC 100', 1), ('serial', 'CONNEXT', 1),
    ('console', 'CONNEXT', 2), ('portal', 'Azzurro Portal', 1),
]


def picture(name):
    screenshot(f'{name}-{LOOK}', WIDTH, HEIGHT)


def outside(window):
    """Labels that stick out at the left or right of the window."""
    width = window.queryComponent().getExtents(pyatspi.WINDOW_COORDS).width
    for node in walk(window):
        try:
            if node.getRoleName() != 'label' or not is_mapped(node):
                continue
            box = node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        except Exception:
            continue
        if box.x >= 0 and box.x < width < box.x + box.width:
            yield node.name


def check(window):
    found = list(outside(window))
    if found:
        raise Missing(f'outside of the window: {found}')


os.environ['ADW_DEBUG_COLOR_SCHEME'] = 'prefer-dark' if 'dark' in LOOK else 'prefer-light'
write_settings(window_width=WIDTH, window_height=HEIGHT)
program = Program()
window = program.window


def start():
    time.sleep(0.5)
    picture('start')
    check(window)


def add_device():
    act(window, 'win.add-device')
    dialog = wait(lambda: program.windows()[1], what='dialog')
    time.sleep(0.5)
    picture('add-device')
    check(dialog)
    press('Escape')
    wait(lambda: len(program.windows()) == 1, what='dialog gone')


def demo():
    act(window, 'win.open-demo')
    program.agree()
    wait(lambda: sum('kW' in value for value in labels(find(window, 'list', word('Devices')))) > 10, 40, 'live values')
    # Until the slow registers were read once too.
    time.sleep(4)


def show(name, device, number):
    def step():
        if device:
            program.go_to(device)
        press(f'ctrl+{number}')
        if name == 'console':
            act(find(window, 'push button', word('Connect')))
        time.sleep(4 if name in ('history', 'plant') else 1.5)
        picture(name)
        check(window)
    return step


def tree():
    if NARROW:
        press('F9')
        time.sleep(0.7)
        picture('sidebar')
        press('F9')
        time.sleep(0.5)


def installer():
    program.go_to('HYD 10000 ZSS')
    act(find(window, 'push button', word('View only')))
    time.sleep(0.5)
    picture('installer')


def faults():
    act(window, 'win.faults')
    wait(lambda: len(program.windows()) == 2, what='dialog')
    time.sleep(0.5)
    picture('faults')


def ends():
    if program.stop() != 0:
        raise Missing('the program ended with an error')


story(('start', start), ('add a device', add_device), ('demo plant', demo),
      *[(name, show(name, device, number)) for name, device, number in PAGES],
      ('tree', tree), ('installer', installer), ('faults', faults), ('ends', ends))
