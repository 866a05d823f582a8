# SPDX-License-Identifier: GPL-3.0-or-later
"""An installer comes to a plant with a laptop: finds both sticks on the network, adds what is behind them, reads who it is,
what it does and whether it has an alarm."""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[1:1] = [os.path.join(os.path.dirname(HERE), folder) for folder in ('backend', 'simulator')]
from network import NET, Network, enter  # noqa: E402
from peers import device, scenario  # noqa: E402

# Before anything talks to a bus: from here on in a network of its own.
enter()
from window import Missing, Program, act, find, labels, screenshot, story, wait  # noqa: E402

network = Network().__enter__()
program = None
window = None


def arrives():
    global program, window
    network.simulate(20, scenario(device('wifi'), device('hybrid')))
    network.simulate(21, scenario(device('eth'), device('string')))
    program = Program()
    window = program.window
    find(window, 'label', 'Nothing aboard yet')


def dialog():
    return wait(lambda: program.windows()[1], what='dialog')


def searches():
    act(window, 'win.discover')
    words = wait(lambda: (lambda found: found if '3PH HYD6000 ZSS' in found and '3PH 5.0KTL-V3' in found else None)
                 (labels(dialog())), 60, 'both inverters')
    for said in (f'{NET}20 · ZSM-WIFI-USB, logger 2712345678', f'{NET}21 · ZSM-ETH-USB, Modbus TCP', 'map G3, confirmed'):
        if said not in words:
            raise Missing(f'{said}: {words}')
    find(dialog(), 'push button', 'Search again', limit=60)
    screenshot('story-lan-found')


def adds():
    act(find(dialog(), 'push button', 'Add 2 devices'))
    wait(lambda: program.application.childCount == 1, 30, 'dialog gone')
    wait(lambda: sum('kW' in word for word in labels(find(window, 'list', 'Devices'))) >= 3, 60, 'power of both')


def page():
    return find(window, 'filler', 'PlanciaOverviewPage')


def reads():
    """Who it is, firmware, state, alarms."""
    program.go_to('3PH HYD6000 ZSS')
    words = wait(lambda: (lambda found: found if 'ZP1ES106K00003' in found and 'Firmware' in found and 'On grid' in found
                          else None)(labels(page())), 60, 'serial, firmware and state')
    if not words[words.index('Firmware') + 1].startswith('V'):
        raise Missing(f'its firmware: {words}')
    wait(lambda: any('open' in word.lower() for word in labels(page()) if 'alarm' in word.lower() or word.endswith(' open')),
         60, 'its alarms')
    screenshot('story-lan-device')


def ends():
    try:
        if program.stop() != 0:
            raise Missing('the program ended with an error')
    finally:
        network.__exit__(None, None, None)


story(('arrives at the plant', arrives), ('finds both sticks', searches), ('adds what is behind them', adds),
      ('reads who it is and what it does', reads), ('ends at once', ends))
