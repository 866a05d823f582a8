# SPDX-License-Identifier: GPL-3.0-or-later
"""An owner looks at what the sun, the battery and the grid do now, and asks why yesterday was poor: less than a year before,
and an alarm at noon."""
import re

from window import Missing, Program, act, find, labels, press, screenshot, story, wait, walk

program = Program('--demo')
window = program.window
INVERTER, THING = 'HYD 10000 ZSS', 'ZP1ES110K00001'
NOW = re.compile(r'Sun (?P<sun>[\d.]+)\skW, Battery .* at (?P<charge>\d+)\s%, Home (?P<home>[\d.]+)\skW, Grid \w+ [\d.]+\skW')


def page(name):
    return find(window, 'filler', f'Plancia{name}Page')


def flow():
    """What the picture of the powers says to those who do not see it."""
    return next((found for found in (NOW.match(node.name or '') for node in walk(page('Overview'))) if found), None)


def now():
    find(window, 'label', contains='Simulated plant.', limit=20)
    wait(lambda: INVERTER in labels(find(window, 'list', 'Devices')), 30, 'the tree')
    program.go_to(INVERTER)
    first = wait(flow, 30, 'sun, battery, home and grid')
    if float(first['sun']) <= float(first['home']) or not 0 < int(first['charge']) <= 100:
        raise Missing(f'a day in June that pays: {first.group()}')
    wait(lambda: flow().group() != first.group(), 60, 'another moment')
    words = labels(page('Overview'))
    if not any(re.match(r'\d+\s% self-sufficient', word) for word in words) or 'Produced' not in words:
        raise Missing(f'the day until now: {words}')
    screenshot('story-owner-now')


def yesterday():
    program.go_to(THING)
    find(window, 'page tab', 'History', limit=30)
    press('ctrl+2')
    act(find(page('History'), 'push button', 'Earlier'))
    wait(lambda: 'Thu 11 June' in labels(page('History')), 30, 'yesterday')


def energies(name):
    """Produced on that day, in kWh."""
    words = labels(page('History'))
    found = [words[i + 1] for i, word in enumerate(words[:-1]) if word == name]
    return next((float(value.split()[0].replace(',', '')) for value in found if value.endswith('kWh')), None)


def is_poorer():
    act(page('History'), 'history.compare')
    before = wait(lambda: energies('Wed 11 Jun 2025'), 60, 'the year before')
    own = wait(lambda: energies('Thu 11 June'), 60, 'the energy of yesterday')
    difference = wait(lambda: next((word for word in labels(page('History')) if re.match(r'−[\d.]+\skWh, −\d+\s%', word)), None),
                      30, 'by how much it is less')
    if own >= before or abs(before - own - float(re.search(r'[\d.]+', difference).group())) > 0.11:
        raise Missing(f'{own} kWh, {before} kWh the year before, difference {difference}')
    screenshot('story-owner-yesterday')


def alarm():
    press('ctrl+3')
    words = wait(lambda: (lambda found: found if 'Grid voltage too high' in found else None)(labels(page('Alarms'))), 30,
                 'the alarm of yesterday')
    if not any(word.startswith('yesterday') for word in words):
        raise Missing(f'when it was: {words}')
    screenshot('story-owner-alarm')


def ends():
    if program.stop() != 0:
        raise Missing('the program ended with an error')


story(('sees what sun, battery and grid do now', now), ('looks at yesterday', yesterday),
      ('sees that it was poorer than a year before', is_poorer), ('finds an alarm at noon', alarm), ('ends at once', ends))
