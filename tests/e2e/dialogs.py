# SPDX-License-Identifier: GPL-3.0-or-later
"""Each dialog of the program, opened once: dialogs.py en|it. Looks that no control is without a name, and no word in English
in another language; each on its picture. The program is started once."""
import os
import subprocess
import sys
import time

from looks import check
from window import (UNTRANSLATED, Missing, Program, act, click, find, is_visible, labels, press, screenshot, set_dark, story, wait,
                    walk, word, write_settings)

LANGUAGE = sys.argv[1]
if LANGUAGE != 'en' and len(UNTRANSLATED) < 1000:
    raise Missing('the catalogue of this language')
write_settings(window_width=1200, window_height=760)
program = Program()
window = program.window


def activate(action, target=None):
    """One of the actions of the program or of its window."""
    scope, name = action.split('.')
    path = '/io/github/plancia/Plancia' + ('/window/1' if scope == 'win' else '')
    subprocess.run(['gdbus', 'call', '--session', '--dest', 'io.github.plancia.Plancia', '--object-path', path,
                    '--method', 'org.gtk.Actions.Activate', name, f"[<'{target}'>]" if target is not None else '[]', '{}'],
                   check=True, capture_output=True, timeout=60)


def owner(action):
    """Who has an action of a page: the window knows only its own."""
    def has(node):
        try:
            actions = node.queryAction()
            return any(actions.getName(i) == action for i in range(actions.nActions))
        except Exception:  # has none, or not any more
            return False
    return wait(lambda: next((node for node in walk(window) if has(node)), None), 20, action)


def opened(count):
    """The newest window, once it shows something."""
    wait(lambda: program.application.childCount > count, 20, 'dialog')
    newest = wait(lambda: next(w for w in reversed(program.windows()) if w.name != window.name or w != window), 20, 'dialog')
    wait(lambda: any(is_visible(node) for node in walk(newest) if node.getRoleName() in ('label', 'push button')), 20, 'words')
    time.sleep(0.4)
    return newest


def close(count):
    """However a dialog is left without doing anything."""
    for key in ['Escape'] * 4 + ['ctrl+w'] * 2:
        if program.application.childCount <= count:
            return
        press(key)
        try:
            wait(lambda: program.application.childCount <= count, 0.7, 'gone')
        except Missing:
            continue
    raise Missing(f'{program.windows()[-1].name!r} does not go')


def pictures(name):
    """In the language of the run; once dark too."""
    screenshot(f'{name}-{LANGUAGE}')
    if LANGUAGE == 'en':
        set_dark(True)
        time.sleep(0.4)
        screenshot(f'{name}-dark')
        set_dark(False)


def dialog(name, opener, words=True):
    """A step: opens it, looks at it, leaves it."""
    def step():
        count = program.application.childCount
        opener()
        found = opened(count)
        pictures(f'dialog-{name}')
        check(found, words)
        close(count)
    return name, step


def second(name, opener, button):
    """A step: what a button of a dialog opens over it."""
    def step():
        count = program.application.childCount
        opener()
        act(find(opened(count), 'push button', word(button)))
        found = opened(count + 1)
        pictures(f'dialog-{name}')
        check(found)
        close(count + 1)
        close(count)
    return name, step


def by_action(action, target=None):
    return lambda: activate(action, target)


def by_menu(device, entry):
    """The menu of a line of the tree. A click right after a dialog may still have gone to that one."""
    def menu():
        click(find(find(window, 'list', word('Devices')), 'label', word(device)), button=3)
        try:
            return find(window, 'menu item', word(entry), limit=2)
        except Missing:
            press('Escape')
            raise

    def go():
        act(wait(menu, 20, f'menu of {device}'))
    return go


def by_button(button, entry):
    """The menu of a button of the page."""
    def go():
        click(find(window, None, word(button)))
        act(find(window, 'menu item', word(entry)))
    return go


def by_owner(action):
    return lambda: act(owner(action), action)


def by_page(device, number, action):
    """An action of a page that is not there yet."""
    def go():
        page(device, number)()
        act(owner(action), action)
    return go


def demo():
    activate('win.open-demo')
    wait(lambda: sum('kW' in value for value in labels(window)) > 10, 40, 'live values')


def page(device, number):
    def go():
        if device:
            program.go_to(word(device))
        press(f'ctrl+{number}')
        time.sleep(0.8)
    return go


def shows(name, device, number, action=None):
    """A page that has no place of its own among the pages."""
    def step():
        page(device, number)()
        if action:
            act(owner(action), action)
            time.sleep(0.8)
        pictures(f'dialog-page-{name}')
        check(window)
    return name, step


def recording():
    """The bar while a visit is recorded."""
    act(window, 'win.record-visit')
    find(window, 'push button', contains=word('This visit is recorded: %s, %s. Stop recording').split('%s')[0])
    pictures('dialog-recording')
    check(window)
    act(window, 'win.record-visit')


def ends():
    if program.stop() != 0:
        raise Missing('the program ended with an error')


story(
    dialog('add-portal', by_action('win.add-portal')),
    second('profile', by_action('win.add-portal'), '_Edit…'),
    dialog('discover', by_action('win.discover')),
    dialog('preferences', by_action('app.preferences')),
    dialog('archive', by_action('win.archive')),
    dialog('all-plants', by_action('win.all-plants')),
    ('demo plant', demo),
    shows('findings', None, 5),
    dialog('log', by_action('win.log')),
    dialog('journal', by_action('win.journal')),
    dialog('help', by_action('app.help', 'writes')),
    dialog('shortcuts', by_action('win.show-help-overlay')),
    # The words of this one are the toolkit's.
    dialog('about', by_action('app.about'), words=False),
    dialog('rename-plant', by_action('win.rename-plant')),
    dialog('monthly-report', by_action('win.monthly-report')),
    dialog('faults', by_action('win.faults')),
    dialog('plant-commission', by_action('win.commission')),
    second('commission-report', by_action('win.commission'), 'Report…'),
    dialog('commission', by_menu('HYD 10000 ZSS', 'Commissi_on…')),
    dialog('connection', by_menu('HYD 10000 ZSS', 'Connection _settings…')),
    dialog('sweep', by_menu('HYD 10000 ZSS', '_Look for units…')),
    dialog('hub-setup', by_menu('Azzurro HUB', 'Set _up the HUB…')),
    dialog('rename', by_menu('HYD 10000 ZSS', '_Rename…')),
    dialog('map', by_menu('HYD 10000 ZSS', '_Map…')),
    dialog('remove', by_menu('Heat pump', 'Re_move…')),
    shows('raw', 'HYD 10000 ZSS', 2, 'snapshots.raw'),
    dialog('scan', by_button('More about this range', 'Look for registers…')),
    ('back from raw', lambda: act(owner('snapshots.back'), 'snapshots.back')),
    shows('compare', 'HYD 10000 ZSS', 2, 'snapshots.compare'),
    ('back from compare', lambda: act(owner('snapshots.back'), 'snapshots.back')),
    dialog('map-editor', by_owner('register-map.edit')),
    shows('traffic', 'HYD 10000 ZSS', 5),
    ('installer', lambda: act(find(window, 'push button', word('View only')))),
    dialog('raw-write', by_page('HYD 10000 ZSS', 2, 'registers.raw-write')),
    dialog('ports', by_page('CONNEXT', 2, 'console.choose-port')),
    dialog('macro', lambda: act(find(window, 'push button', word('New macro')))),
    ('recording', recording),
    ('ends', ends),
)
