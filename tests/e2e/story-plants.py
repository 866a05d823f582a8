# SPDX-License-Identifier: GPL-3.0-or-later
"""The office has two plants. The list says how each fares; one has a string that fell behind, which its Findings page shows with
numbers. Tags and notes go into the file of the plant, whether it is open or not."""
import datetime
import json
import math
import os
import subprocess

from window import (Missing, Program, act, click, find, labels, press, screenshot, set_text, story, wait, walk, word,
                    write_settings)

HOME = os.path.join(os.environ['XDG_DATA_HOME'], 'plancia')
CLI = os.path.join(os.environ['PLANCIA_TEST_BUILD_DIR'], 'app', 'plancia-cli')
ROSSI, VERDI = os.path.join(HOME, 'rossi.json'), os.path.join(HOME, 'verdi.json')
DAYS, BROKEN = 90, 50
office = []


def make_plant(path, name):
    os.makedirs(HOME, exist_ok=True)
    entry = {'id': 'roof-' + name.lower(), 'kind': 'inverter', 'name': 'Roof', 'address': 'modbus-tcp://127.0.0.1:9/1'}
    with open(path, 'w', encoding='utf-8') as file:
        json.dump({'format': 'plancia-plant', 'version': 1, 'name': name, 'zone': 'Europe/Rome', 'entries': [entry]}, file)


def write_table(path):
    """Two strings on clear days; the second gives half since a day."""
    first = datetime.datetime(2026, 3, 1)
    with open(path, 'w', encoding='utf-8') as file:
        file.write('time,pv1_power,pv2_power\n')
        for number in range(DAYS * 96):
            day, minute = divmod(number * 15, 1440)
            power = max(0.0, 3000 * math.sin(math.pi * (minute - 390) / 700)) if 390 < minute < 1090 else 0.0
            power *= 1 + 0.01 * math.sin(day * 7.0)
            time = first + datetime.timedelta(minutes=number * 15)
            file.write(f'{time:%Y-%m-%d %H:%M:%S},{power:.0f},{power / (2 if day >= BROKEN else 1):.0f}\n')


def has_two_plants():
    make_plant(ROSSI, 'Rossi')
    make_plant(VERDI, 'Verdi')
    table = os.path.join(HOME, 'roof.csv')
    write_table(table)
    subprocess.run([CLI, 'history', 'import', 'Roof', table, '--plant', ROSSI, '--column', '2=pv1_power', '--column',
                    '3=pv2_power', '--zone', 'UTC'], check=True, timeout=120, stdout=subprocess.DEVNULL)
    write_settings(plants=[ROSSI, VERDI])
    office.append(Program())


def open_list():
    program = office[0]
    act(program.window, 'win.all-plants')
    return wait(lambda: next(w for w in program.windows() if w.name == word('All plants')), 20, 'the list')


def rows(window):
    """What each line says, by the name of its plant."""
    table = find(window, 'tree table', word('All plants'))
    lines = [labels(node) for node in walk(table, tables=True) if node.getRoleName() == 'table row']
    return {name: line for line in lines for name in ('Rossi', 'Verdi') if any(w.split(' · ')[0] == name for w in line)}


def shows_both():
    window = open_list()
    office.append(window)
    # Said of a plant only once its history was judged.
    found = wait(lambda: (lambda r: len(r) == 2 and '…' not in sum(r.values(), []) and r)(rows(window)), 60, 'both, read')
    screenshot('story-plants-list')
    rossi, verdi = found['Rossi'], found['Verdi']
    if rossi[0] != word('Fault') or rossi[5] != '1' or rossi[-1] != word('See its findings'):
        raise Missing(f'a fault, one finding and what to do: {rossi}')
    if verdi[0] != word('Not known') or verdi[5] != '—' or verdi[-1] != word('Fetch its history'):
        raise Missing(f'nothing known of the other: {verdi}')
    if rossi[3] == '—' or verdi[3] != '—':
        raise Missing(f'the last contact: {rossi}, {verdi}')


def search(text, names):
    window = office[1]
    set_text(find(window, 'entry', word('Search name, tags, notes')), text)
    wait(lambda: sorted(rows(window)) == names, 20, f'{names} for {text!r}')


def searches():
    search('verdi', ['Verdi'])
    screenshot('story-plants-search')
    search('', ['Rossi', 'Verdi'])


def notes_of(path):
    with open(path, encoding='utf-8') as file:
        plant = json.load(file)
    return plant.get('tags', []), [(note['date'], note['text']) for note in plant.get('notes', [])]


def keep(name, tags, note):
    """In the line of that name."""
    window = office[1]
    click(find(find(window, 'tree table', word('All plants')), 'label', name, tables=True))
    find(window, 'label', name.split(' · ')[0])  # below the list
    set_text(find(window, 'text', word('Tags, divided by commas')), tags)
    set_text(find(window, 'text', word('Note of today')), note)
    act(find(window, 'push button', word('Keep')))


def is_kept(path, tags, texts, days):
    found, notes = notes_of(path)
    return found == tags and [text for _, text in notes] == texts and all(date in days for date, _ in notes)


def keeps_of_a_file():
    before = datetime.date.today()
    keep('Rossi', 'service, Arezzo', 'call the owner')
    wait(lambda: is_kept(ROSSI, ['service', 'Arezzo'], ['call the owner'],
                         {str(before), str(datetime.date.today())}), 20, 'tags and note in the file')
    wait(lambda: any('Rossi · service, Arezzo' == w for w in rows(office[1])['Rossi']), 30, 'the tags in the line')
    wait(lambda: any('call the owner' in w for w in labels(office[1], tables=False)), 20, 'the note below')
    search('owner', ['Rossi'])
    search('', ['Rossi', 'Verdi'])
    screenshot('story-plants-note')
    if notes_of(VERDI) != ([], []):
        raise Missing('the other one is as it was')


def opens_it():
    program, window = office
    act(find(window, 'push button', word('Open')))
    wait(lambda: 'Roof' in labels(find(program.window, 'list', word('Devices'))), 20, 'the plant, open')


def shows_the_finding():
    program, window = office
    act(window, 'window.close')
    wait(lambda: len(program.windows()) == 1, 20, 'the list gone')
    press('ctrl+5')
    words = wait(lambda: (lambda w: any('PV2' in t for t in w) and w)(labels(program.window)), 60, 'the finding')
    screenshot('story-plants-finding')
    for part in ('String falls behind the others', 'What to look at'):
        if word(part) not in words:
            raise Missing(f'{part}: {words}')
    if not any('kWh' in w or 'MWh' in w for w in words) or not any('Plugs and the cable' in w for w in words):
        raise Missing(f'its energy, and what to look at: {words}')


def keeps_of_the_open_one():
    program = office[0]
    office[1] = open_list()
    wait(lambda: any('Rossi · service, Arezzo' == w for w in rows(office[1])['Rossi']), 60, 'the list')
    keep('Rossi · service, Arezzo', 'service', 'plugs looked at')
    days = {str(datetime.date.today()), str(datetime.date.today() - datetime.timedelta(days=1))}
    wait(lambda: is_kept(ROSSI, ['service'], ['call the owner', 'plugs looked at'], days), 30, 'the file of the open plant')
    wait(lambda: any('Rossi · service' == w for w in rows(office[1])['Rossi']), 30, 'the new tag in the line')
    if program.stop() != 0:
        raise Missing('the office ended with an error')
    if not is_kept(ROSSI, ['service'], ['call the owner', 'plugs looked at'], days):
        raise Missing('it is still there after the end')


story(('has two plants', has_two_plants), ('shows how both fare', shows_both), ('searches', searches),
      ('keeps tags and a note of a file', keeps_of_a_file), ('opens the plant', opens_it),
      ('shows its finding', shows_the_finding), ('keeps a note of the plant that is open', keeps_of_the_open_one))
