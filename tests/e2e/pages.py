# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of each page with the demo plant: pages.py en|it. The program is started once; each page is shown in every
look of the language, light and dark, wide and narrow. Looks that no word leaves the window; what it looks like is for
people to judge."""
import os
import re
import subprocess
import sys
import time

import pyatspi

from window import TABLES, UNTRANSLATED, Missing, Program, act, find, is_visible, labels, press, screenshot, story, wait, walk, word, write_settings

WIDE, NARROW = (1200, 760), (480, 760)
# Ends of the names of the pictures: size, dark.
LOOKS = {
    'en': {'light': (WIDE, False), 'dark': (WIDE, True), 'narrow-dark': (NARROW, True), 'narrow': (NARROW, False)},
    'it': {'it': (WIDE, False), 'narrow-it': (NARROW, False)},
}[sys.argv[1]]
# Name of the picture, device, which of its pages.
PAGES = [
    ('plant', None, 1), ('alarms', None, 3), ('overview', 'HYD 10000 ZSS', 1), ('overview-string', '5.0KTL-V3', 1),
    ('registers', 'HYD 10000 ZSS', 2), ('history', 'HYD 10000 ZSS', 3), ('stick', 'ZSM-WIFI-USB', 1),
    ('hub', 'Azzurro HUB', 1), ('meter', 'Exchange meter', 1), ('ev-charger', 'EVCH 7.4', 1),
    ('power-magic', 'Power Magic', 1), ('heat-pump', 'Heat pump', 1), ('psc', 'PSC 100', 1), ('serial', 'CONNEXT', 1),
    ('console', 'CONNEXT', 2), ('portal', 'Azzurro Portal', 1), ('watch', None, 2),
]
# What a person does something with.
CONTROLS = {'push button', 'toggle button', 'check box', 'radio button', 'combo box', 'text', 'entry', 'spin button',
            'slider', 'switch', 'menu', 'list', 'tree', 'table', 'tree table'}
# Without anything in them they are as good as not there.
LISTS = {'list', 'tree', 'table', 'tree table'}
SETTINGS = os.path.join(os.environ['XDG_CONFIG_HOME'], 'glib-2.0', 'settings', 'keyfile')


def is_dark():
    """What is on the screen: a point of the header bar."""
    shade = subprocess.run(['import', '-window', 'root', '-crop', '1x1+150+8', '-format', '%[fx:100*luminance]', 'info:'],
                           capture_output=True, check=True, text=True).stdout
    return float(shade) < 50


def set_dark(dark):
    """As a person does in the system's settings: the program follows at once."""
    group = f"[org/gnome/desktop/interface]\ncolor-scheme='{'prefer-dark' if dark else 'default'}'\n"
    with open(SETTINGS, encoding='utf-8') as file:
        others = re.sub(r'\[org/gnome/desktop/interface\]\n[^\[]*', '', file.read())
    with open(SETTINGS + '.new', 'w', encoding='utf-8') as file:
        file.write(others + group)
    os.rename(SETTINGS + '.new', SETTINGS)
    wait(lambda: is_dark() == dark, what='dark' if dark else 'light')


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


def is_drawn(node, box):
    """What a bar leaves out where it is too narrow stays, for others, where it was in a wider one."""
    return node.queryComponent().contains(box.x + 1, box.y + 1, pyatspi.WINDOW_COORDS)


def outside(node, width):
    """Labels that stick out at the right of the window. What is wider than the whole window is a page that is not shown
    and still has the size of another look: a page that is shown would have made the window as wide."""
    try:
        box = node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
    except Exception:
        box = None
    if box and box.width > width:
        return
    if box and node.getRoleName() == 'label' and 0 <= box.x < width < box.x + box.width and is_drawn(node, box):
        yield node.name
    for index in range(node.childCount if node.getRoleName() not in TABLES else 0):
        child = node.getChildAtIndex(index)
        if child is not None:
            yield from outside(child, width)


def is_nameless(node):
    """The name of its class is what the toolkit says of a picture without words."""
    return not node.name or re.fullmatch(r'(Gtk|Adw|Plancia)[A-Z]\w*', node.name)


def inside(node):
    """Whether there is a name within a control: a screen reader reads it then."""
    return any(not is_nameless(child) for child in walk(node) if child != node)


def unnamed(node, way=''):
    """Controls that are shown and that a screen reader could only call by their kind, with the way to them."""
    for index in range(node.childCount if node.getRoleName() not in TABLES else 0):
        child = node.getChildAtIndex(index)
        if child is None:
            continue
        role = child.getRoleName()
        if not is_visible(child):
            continue
        here = f'{way}/{child.name or role}'
        if role in CONTROLS and child.childCount + (role not in LISTS) and is_nameless(child) and not inside(child) and node.getRoleName() != role:
            yield here
        yield from unnamed(child, here)


def untranslated(window):
    """Words that are shown, and names of controls, in English where the program has others for them."""
    for node in walk(window):
        if node.name in UNTRANSLATED and is_visible(node):
            yield node.name


def check(window):
    width = window.queryComponent().getExtents(pyatspi.WINDOW_COORDS).width
    found = wait(lambda: [list(outside(window, width))], what='all words')[0]
    if not any(is_drawn(node, node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)) for node in walk(window)
               if node.getRoleName() == 'label'):
        raise Missing('no word is drawn')
    if found:
        raise Missing(f'outside of the window: {found}')
    english = wait(lambda: [list(untranslated(window))], what='all words')[0]
    if english:
        raise Missing(f'in English: {english}')
    nameless = wait(lambda: [list(unnamed(window))], what='all names')[0]
    if nameless:
        raise Missing(f'without a name: {nameless}')


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
        time.sleep(4 if name in ('history', 'plant') else 1.5)
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
