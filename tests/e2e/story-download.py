# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody fetches a month of history from a cloud, sees the strip fill and the download seen from another page."""
from window import Missing, Program, act, find, labels, press, screenshot, story, wait

program = Program('--demo')
window = program.window
DEVICE = 'HYD 10000 ZSS'


def opens():
    find(window, 'label', contains='Simulated plant.', limit=20)
    wait(lambda: DEVICE in labels(find(window, 'list', 'Devices')), 30, 'device in the tree')


def begins():
    program.go_to(DEVICE)
    find(window, 'page tab', 'History', limit=30)
    press('ctrl+3')
    history = find(window, 'filler', 'PlanciaHistoryPage')
    act(find(history, 'push button', 'Download history', limit=20, last=True))
    act(find(history, 'push button', 'Fetch', limit=20, last=True))


def fills():
    find(window, 'label', contains='Complete', limit=60)
    screenshot('story-download')


def ends():
    if program.stop() != 0:
        raise Missing('the program ended with an error')


story(('opens the demo plant', opens), ('begins to fetch a month', begins), ('sees it complete', fills), ('ends at once', ends))
