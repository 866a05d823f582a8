# SPDX-License-Identifier: GPL-3.0-or-later
"""A program is killed while a device keeps quiet about a write. The next start says so, reads back on request and tells what is
there; nothing is sent a second time."""
import json
import os
import subprocess
import sys

from window import Missing, Program, act, find, labels, screenshot, story, wait

sys.path.insert(0, os.path.join(os.environ['PLANCIA_TEST_SOURCE_DIR'], 'cli'))
from stalling import Stalling  # noqa: E402  pylint: disable=wrong-import-position

CLI = os.path.join(os.environ['PLANCIA_TEST_BUILD_DIR'], 'app', 'plancia-cli')
HOME = os.environ['XDG_DATA_HOME']
PLANT = os.path.join(HOME, 'plant.json')
world = {}


def is_killed():
    device = world['device'] = Stalling('write')
    process = subprocess.Popen([CLI, 'write', device.address, '--map', 'sim-heat-pump', 'flow_setpoint=40.5', '--yes'],
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait(lambda: device.stalled.is_set() or process.poll() is not None, 30, 'the request that gets no answer')
    process.kill()
    process.wait(20)
    if len(device.writes) != 1:
        raise Missing(f'one write should have come: {device.writes}')
    device.stall_at = 0


def next_start_asks():
    with open(PLANT, 'w', encoding='utf-8') as file:
        json.dump({'format': 'plancia-plant', 'version': 1, 'name': 'Rossi', 'entries': [
            {'id': 'pump', 'name': 'Pump', 'kind': 'heat-pump', 'address': world['device'].address,
             'map': 'sim-heat-pump'}]}, file)
    world['program'] = Program(PLANT)
    wait(lambda: any('1 write was cut off' in labels(w) for w in world['program'].windows()), 30, 'the question')
    screenshot('story-cut-off')


def reads_back():
    program = world['program']
    button = wait(lambda: next((find(w, 'push button', 'Read back…', limit=0.2) for w in program.windows()
                                if has(w, 'Read back…')), None), 20, 'the question')
    act(button)
    journal = wait(lambda: next((w for w in program.windows() if w.name == 'Journal of writes'), None), 20, 'the journal')

    def verified():
        if any(word.endswith('· verified') for word in labels(journal)):
            return True
        if has(journal, 'Read back'):
            act(find(journal, 'push button', 'Read back'))
        return False
    wait(verified, 60, 'verified')
    screenshot('story-cut-off-verified')
    if len(world['device'].writes) != 1:
        raise Missing(f'sent again: {world["device"].writes}')


def has(window, name):
    try:
        find(window, 'push button', name, limit=0.2)
    except Missing:
        return False
    return True


def ends():
    if world['program'].stop() != 0:
        raise Missing('the program ended with an error')


story(('is killed in the middle of a write', is_killed), ('asks at the next start', next_start_asks),
      ('reads back and says verified', reads_back), ('ends at once', ends))
