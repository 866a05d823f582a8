# SPDX-License-Identifier: GPL-3.0-or-later
"""The office wants to see what the installer saw: a visit is recorded, the recording opened, its time moved; nothing can be
written in it and nothing of it stays."""
import glob
import os
import time

import pyatspi

from window import Missing, Program, act, find, labels, press, screenshot, set_text, story, text, wait, walk

program = Program()
window = program.window
DEVICE = 'HYD 10000 ZSS'
FOLDER = os.path.join(os.environ['XDG_DATA_HOME'], 'plancia', 'recordings')
seen = {}


def recordings():
    return glob.glob(os.path.join(FOLDER, '*.plancia-recording'))


def opens():
    act(find(window, 'push button', 'Open the demo plant'))
    find(window, 'label', contains='Simulated plant.', limit=20)
    tree = find(window, 'list', 'Devices')
    wait(lambda: any(w == DEVICE for w in labels(tree)), 20, 'device in the tree')
    wait(lambda: sum('kW' in value for value in labels(window)) > 10, 40, 'live values')


def records():
    act(window, 'win.record-visit')
    find(window, 'push button', contains='This visit is recorded')
    wait(lambda: recordings() and os.path.getsize(recordings()[0]) > 200000, 40, 'a file that grows')
    time.sleep(12)
    screenshot('story-recording-on')


def keeps():
    act(find(window, 'push button', contains='Stop recording'))
    find(window, 'label', contains='Recording kept')
    path = recordings()[0]
    lines = open(path, encoding='utf-8').read().splitlines()
    if lines[0] != 'plancia-recording 1' or not lines[-1].startswith('end '):
        raise Missing('a whole recording')
    if sum(line.startswith('x ') for line in lines) < 50:
        raise Missing('exchanges')
    act(window, 'win.close-plant')
    find(window, 'label', 'Nothing aboard yet')
    seen['path'] = path
    print(f'# {os.path.getsize(path)} bytes, {len(lines)} lines', flush=True)


def replays():
    os.spawnv(os.P_WAIT, os.path.join(os.environ['PLANCIA_TEST_BUILD_DIR'], 'app', 'plancia'), ['plancia', seen['path']])
    find(window, 'label', contains='Recording of', limit=20)
    program.go_to(DEVICE)
    wait(lambda: sum('kW' in value for value in labels(window)) > 3, 20, 'recorded values')
    seen['end'] = labels(window)
    screenshot('story-recording-end')


def slides():
    slider = find(window, 'slider', 'Time of the recording')
    value = slider.queryValue()
    if value.currentValue < 10:
        raise Missing(f'at the end: {value.currentValue}')
    value.currentValue = 6
    wait(lambda: labels(window) != seen['end'], 10, 'other values')
    screenshot('story-recording-begin')


def pages():
    """Each page works on it; in installer mode it cannot be."""
    press('ctrl+2')
    find(window, 'filler', 'PlanciaRegistersPage')
    wait(lambda: 'On grid' in labels(find(window, 'filler', 'PlanciaRegistersPage')), 20, 'registers')
    screenshot('story-recording-registers')
    press('ctrl+3')
    time.sleep(2)
    screenshot('story-recording-history')
    press('ctrl+4')
    time.sleep(1)
    seen['alarms'] = labels(window)
    screenshot('story-recording-alarms')
    press('ctrl+5')
    time.sleep(1)
    screenshot('story-recording-traffic')
    if not any('Fan 2' in word for word in seen['alarms']):
        raise Missing(f"the recorded alarm: {seen['alarms']}")


def words():
    """Of lines that are drawn, too."""
    for node in walk(window, tables=True):
        yield node.name
        try:
            yield text(node)
        except NotImplementedError:
            continue


def refuses():
    """Installer mode cannot be, and what is typed into a console goes nowhere."""
    act(window, 'win.refresh')
    button = find(window, 'push button', 'View only')
    if button.getState().contains(pyatspi.STATE_SENSITIVE):
        raise Missing('a lock that stays locked')
    program.go_to('CONNEXT')
    press('ctrl+2')
    set_text(find(window, 'text', 'Line to send'), 'reboot')
    act(find(window, 'push button', 'Send', last=True))
    wait(lambda: any('A recording can only be looked at' in word for word in words()), 20, 'a refusal')
    screenshot('story-recording-console')


def plays():
    slider = find(window, 'slider', 'Time of the recording')
    before = slider.queryValue().currentValue
    act(window, 'win.replay-toggle')
    wait(lambda: slider.queryValue().currentValue > before + 1, 20, 'time that goes on')
    act(find(window, 'push button', 'Pause'))
    find(window, 'push button', 'Play')
    act(window, 'win.close-plant')
    find(window, 'label', 'Nothing aboard yet')
    if os.path.exists(os.path.join(os.environ['XDG_DATA_HOME'], 'plancia', 'history.sqlite')):
        raise Missing('an archive without a trace of it')
    if program.stop() != 0:
        raise Missing('the program ended with an error')


story(('opens the demo plant', opens), ('records', records), ('keeps', keeps), ('replays', replays), ('slides', slides), ('pages', pages), ('refuses', refuses),
      ('plays', plays))
