# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of each page with the demo plant: pages.py en|it. The program is started once; each page is shown in every
look of the language, light and dark, wide and narrow. Looks that no word leaves the window; what it looks like is for
people to judge."""
import subprocess
import sys
import time

import pyatspi

from looks import check
from window import UNTRANSLATED, Missing, Program, act, find, labels, press, screenshot, set_dark, story, wait, word, write_settings

WIDE, NARROW = (1200, 760), (480, 760)
# Ends of the names of the pictures: size, dark.
LOOKS = {
    'en': {'light': (WIDE, False), 'dark': (WIDE, True), 'narrow-dark': (NARROW, True), 'narrow': (NARROW, False)},
    'it': {'it': (WIDE, False), 'narrow-it': (NARROW, False)},
}[sys.argv[1]]
# Name of the picture, device, which of its pages.
PAGES = [
    ('plant', None, 1), ('watch', None, 2), ('plant-history', None, 3), ('alarms', None, 4),
    ('overview', 'HYD 10000 ZSS', 1), ('overview-string', '5.0KTL-V3', 1),
    ('registers', 'HYD 10000 ZSS', 2), ('history', 'HYD 10000 ZSS', 3), ('stick', 'ZSM-WIFI-USB', 1),
    ('hub', 'Azzurro HUB', 1), ('meter', 'Exchange meter', 1), ('ev-charger', 'EVCH 7.4', 1),
    ('power-magic', 'Power Magic', 1), ('heat-pump', 'Heat pump', 1), ('psc', 'PSC 100', 1), ('serial', 'CONNEXT', 1),
    ('console', 'CONNEXT', 2), ('portal', 'Azzurro Portal', 1),
]


def set_size(size):
    subprocess.run(['xdotool', 'windowsize', surface, *map(str, size)], check=True)
    wait(lambda: window.queryComponent().getExtents(pyatspi.WINDOW_COORDS).width <= size[0], what='size')


looks = dict(LOOKS)


def pictures(name, root=None, only=None):
    """The page in each look. The last one is the first of the next page: nothing is switched to and fro."""
    global looks, present
    checked = set()
    for look, (size, dark) in looks.items():
        if only and not only(size):
            continue
        if present[0] != size:
            set_size(size)
        if present[1] != dark:
            set_dark(dark)
        if present != (size, dark):
            present = (size, dark)
            time.sleep(0.7)
        screenshot(f'{name}-{look}', *size)
        if size not in checked:
            check(root or window)
        checked.add(size)
    looks = dict(reversed(looks.items()))


if sys.argv[1] != 'en' and len(UNTRANSLATED) < 1000:
    raise Missing('the catalogue of this language')
write_settings(window_width=WIDE[0], window_height=WIDE[1])
present = (WIDE, False)
program = Program()
window = program.window
surface = subprocess.run(['xdotool', 'search', '--sync', '--onlyvisible', '--pid', str(program.process.pid)],
                         capture_output=True, check=True, text=True).stdout.split()[-1]


def start():
    time.sleep(0.5)
    pictures('start')


def add_device():
    act(window, 'win.add-device')
    dialog = wait(lambda: program.windows()[1], what='dialog')
    time.sleep(0.5)
    pictures('add-device', dialog)
    press('Escape')
    wait(lambda: program.application.childCount == 1, what='dialog gone')


def demo():
    act(window, 'win.open-demo')
    wait(lambda: sum('kW' in value for value in labels(window)) > 10, 40, 'live values')
    # Until the slow registers were read once too.
    time.sleep(4)


def show(name, device, number):
    def step():
        if device:
            program.go_to(word(device))
        press(f'ctrl+{number}')
        if name == 'console':
            act(find(window, 'push button', word('Connect')))
        time.sleep(4 if name in ('history', 'plant', 'plant-history') else 1.5)
        pictures(name)
    return step


def narrow():
    """Where the tree slides over the page."""
    global present
    set_size(NARROW)
    present = (NARROW, present[1])
    time.sleep(0.7)


def tree():
    narrow()
    press('F9')
    time.sleep(0.7)
    pictures('sidebar', only=lambda size: size == NARROW)
    press('F9')
    time.sleep(0.5)


def installer():
    program.go_to('HYD 10000 ZSS')
    act(find(window, 'push button', word('View only')))
    time.sleep(0.5)
    pictures('installer')


def faults():
    act(window, 'win.faults')
    dialog = wait(lambda: program.windows()[1], what='dialog')
    time.sleep(0.5)
    pictures('faults', dialog)
    press('Escape')
    wait(lambda: program.application.childCount == 1, what='dialog gone')


def ends():
    if program.stop() != 0:
        raise Missing('the program ended with an error')


story(('start', start), ('add a device', add_device), ('demo plant', demo),
      *[(name, show(name, device, number)) for name, device, number in PAGES],
      ('tree', tree), ('installer', installer), ('faults', faults), ('ends', ends))
