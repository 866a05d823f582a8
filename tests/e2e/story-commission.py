# SPDX-License-Identifier: GPL-3.0-or-later
"""A hybrid of the demo plant whose sensor of L2 is the wrong way round is commissioned: all steps that need nobody are read, the
guided test finds L2, the correction goes through review and is read back, the phase is measured again, a person decides a step
otherwise and says why, leaves and comes back, and makes the report, which plancia-cli then checks against its data."""
import json
import os
import shutil
import subprocess
import tempfile

from window import Missing, Program, act, click, find, labels, press, screenshot, set_text, story, text, wait

DEVICE = 'HYD 6000 ZSS'
MAP = 'zcs-3ph-hyd-g3'
SERIAL = 'ZP1ES106K00003'
NOTE = 'It goes by the wrong zone'
SETTING = 'Sensor of L2 reversed'
folder = tempfile.mkdtemp()


def make_map_of_ones_own():
    """No public register turns a sensor round: somebody who knows one has it in a map of his own, which wins over the shipped one."""
    shipped = os.path.join(os.path.dirname(__file__), '..', '..', 'data', 'register-maps', MAP + '.json')
    with open(shipped, encoding='utf-8') as file:
        content = json.load(file)
    for phase in (1, 2, 3):
        content['registers'].append({
            'key': f'ct_reversed_l{phase}', 'name': f'Sensor of L{phase} reversed', 'group': 'bus',
            'address': f'0x{0x3000 + phase:04X}', 'count': 1, 'type': 'u16', 'access': 'rw', 'min': 0, 'max': 1, 'poll': 'manual',
            'write': {'wear': 'eeprom'}})
    own = os.path.join(os.environ['XDG_DATA_HOME'], 'plancia', 'register-maps')
    os.makedirs(own)
    with open(os.path.join(own, MAP + '.json'), 'w', encoding='utf-8') as file:
        json.dump(content, file)


make_map_of_ones_own()
program = Program('--demo')
window = program.window


def dialog(name, limit=20):
    return wait(lambda: next(w for w in program.windows() if w.name.startswith(name)), limit, f'window “{name}”')


def assistant():
    return dialog('Commissioning')


def says(words):
    return any(words in label for label in labels(assistant()))


def opens():
    find(window, 'label', contains='Simulated plant.', limit=20)
    wait(lambda: any(w == DEVICE for w in labels(find(window, 'list', 'Devices'))), 20, 'device in the tree')
    program.go_to(DEVICE)
    act(find(window, 'push button', 'View only'))
    act(window, 'win.faults')
    faults = dialog('Simulated faults')
    line = find(faults, 'combo box', DEVICE)
    click(find(line, 'label', DEVICE))
    for _ in range(40):
        if 'Sensor of L2 the wrong way round' in labels(line):
            break
        press('Down')
    press('Return')
    wait(lambda: 'Sensor of L2 the wrong way round' in labels(line), what='the fault')
    act(find(faults, 'push button', 'Close'))
    act(window, 'win.commission')
    wait(lambda: DEVICE in ' '.join(labels(assistant())), 30, 'the device')


def reads():
    act(find(assistant(), 'push button', 'Read all steps'))
    wait(lambda: says('registers kept') and says('expected CEI 0-21'), 60, 'what was read')
    wait(lambda: says('9 of 12 done'), 30, 'nine steps done')
    screenshot('commission-read')


def switches_load():
    act(find(assistant(), 'check box', contains='Simulated load of'), 'toggle')


def follows(phase):
    wait(lambda: says(f'Switch on a load of at least 1 kW on {phase}'), 60, f'{phase}: the word to switch the load on')
    switches_load()
    wait(lambda: says('Leave it on') or says('leave it on'), 30, f'{phase}: the load is seen')
    wait(lambda: find(assistant(), 'push button', 'Measure again', limit=0.1), 60, f'{phase}: a verdict')
    switches_load()


def finds():
    click(find(assistant(), 'label', contains='CT and meter direction', tables=True))
    for phase, button in (('L1', 'Start with L1'), ('L2', 'Next phase: L2'), ('L3', 'Next phase: L3')):
        act(find(assistant(), 'push button', button))
        follows(phase)
    screenshot('commission-reversed')
    wait(lambda: says('The sensor on L2 sits the wrong way round'), what='the verdict')


def corrects():
    act(find(assistant(), 'push button', 'Correct in the device…'))
    review = dialog('Write 1 setting')
    wait(lambda: any(SETTING in label for label in labels(review)), what='the setting')
    screenshot('commission-review')
    act(find(review, 'push button', 'Write 1 setting'))
    wait(lambda: any(label.lower() == 'verified' for label in labels(review)), 60, 'verified')
    act(find(review, 'push button', 'Close'))
    # What is set has to show: the same phase is measured anew by itself.
    follows('L2')
    wait(lambda: says('Every sensor sits on its phase, and the right way round'), what='all right now')
    screenshot('commission-corrected')


def decides():
    click(find(assistant(), 'label', contains='Clock', tables=True))
    act(find(assistant(), 'push button', 'Failed', tables=True))
    wait(lambda: says('Say in the note why'), what='the question why')
    set_text(find(assistant(), 'text', 'Note for the report'), NOTE)
    wait(lambda: not says('Say in the note why'), what='no question any more')


def comes_back():
    act(find(assistant(), 'push button', 'Save and close'))
    wait(lambda: not any(w.name.startswith('Commissioning') for w in program.windows()), what='the window is gone')
    act(window, 'win.commission')
    wait(lambda: says('registers kept'), 20, 'what was read before')


def reports():
    path = os.path.join(folder, 'report.pdf')
    act(find(assistant(), 'push button', 'Report…'))
    form = dialog('Commissioning report')
    act(find(form, 'push button', 'Save…'))
    chooser = dialog('Save report')
    name = find(chooser, 'text', contains='Name')
    set_text(name, path)
    wait(lambda: text(name) == path, what='name typed')
    act(find(chooser, 'push button', 'Save'))
    wait(lambda: os.path.exists(path), 40, 'the report')
    cli = os.path.join(os.environ['PLANCIA_TEST_BUILD_DIR'], 'app', 'plancia-cli')
    done = subprocess.run([cli, 'report', 'verify', path], stdout=subprocess.PIPE, text=True, check=True)
    number = done.stdout.split()[1]
    found = subprocess.run(['pdftotext', '-layout', path, '-'], stdout=subprocess.PIPE, text=True, check=True).stdout
    if not found.count(number) == found.count('\f') > 3:
        raise Missing(f'{number} on each page')
    for words in (SERIAL, NOTE, 'Simulated plant', SETTING):
        if words not in found:
            raise Missing(f'{words} in {found}')


def ends():
    shutil.rmtree(folder)
    if program.stop() != 0:
        raise Missing('the program ended with an error')


story(('opens the assistant for a device with a sensor turned', opens), ('reads all steps that need nobody', reads),
      ('finds the sensor', finds), ('corrects it in the device', corrects),
      ('decides otherwise and says why', decides), ('leaves and comes back', comes_back),
      ('makes a report that can be checked', reports), ('ends at once', ends))
