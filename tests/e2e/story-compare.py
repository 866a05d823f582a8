# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody lays a day upon the same day of the year before, reads by how much it differs, and sees the month beside that
of the year before."""
import re

from window import Missing, Program, act, find, labels, press, screenshot, story, wait

program = Program('--demo')
window = program.window
# What the portal of the demo plant calls the HYD 10000 ZSS.
THING = 'ZP1ES110K00001'


def page():
    return find(window, 'filler', 'PlanciaHistoryPage')


def opens():
    find(window, 'label', contains='Simulated plant.', limit=20)
    wait(lambda: 'HYD 10000 ZSS' in labels(find(window, 'list', 'Devices')), 30, 'the tree')
    program.go_to(THING)
    find(window, 'page tab', 'History', limit=30)
    press('ctrl+2')
    act(find(page(), 'push button', 'Earlier'))


def compares():
    """The year before is fetched for it; the legend has both and the difference."""
    act(page(), 'history.compare')
    words = wait(lambda: (lambda found: found if any(re.match(r'Sun · .*\d{4}$', x) for x in found) and
                          any(' kW (' in x.replace('\u00a0', ' ') for x in found) else None)(labels(page())),
                 60, 'the day of the year before and the difference')
    # And its energies, once it has come.
    wait(lambda: any(' kWh, ' in x.replace('\u00a0', ' ') and x.endswith('%') for x in labels(page())), 60,
         'by how many percent the energies differ')
    screenshot('story-compare')
    value = words[words.index('Sun') + 1]
    if 'kW' not in value:
        raise Missing(f'no power beside Sun: {value}')


def month():
    act(find(page(), 'push button', 'Month'))
    wait(lambda: 'Difference' in labels(page()), 30, 'the sums of both months')
    screenshot('story-compare-month')


def ends():
    if program.stop() != 0:
        raise Missing('the program ended with an error')


story(('looks at yesterday of a device of the portal', opens), ('lays the day upon that of the year before', compares),
      ('sees the month beside that of the year before', month), ('ends at once', ends))
