#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Search of a /24 with three devices and 251 silent addresses, all five ports, in a network namespace: how long it takes
over the time-out of one probe, and when the first device is on the screen. Beside it nmap on the same ports, where it is
installed."""
import os
import shutil
import statistics
import subprocess
import sys
import time

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
os.environ.setdefault('PLANCIA_TEST_BUILD_DIR', os.path.join(os.path.dirname(TESTS), 'build'))
sys.path[:0] = [os.path.join(TESTS, 'backend'), os.path.join(TESTS, 'simulator')]
from network import CLI, NET, SUBNET, Network, discover, enter  # noqa: E402  pylint: disable=wrong-import-position
from peers import device, scenario  # noqa: E402  pylint: disable=wrong-import-position

ROUNDS = int(os.environ.get('ROUNDS', '9'))
TIMEOUT = 500  # ms, what a probe waits for unless told otherwise


def forget_neighbours():
    subprocess.run(['ip', 'neigh', 'flush', 'all'], stderr=subprocess.DEVNULL, check=False)


def first_line():
    """ms from exec until the first device is printed."""
    forget_neighbours()
    start = time.monotonic()
    process = subprocess.Popen([CLI, 'discover', '--subnet', SUBNET, '--hub'], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline()
    elapsed = (time.monotonic() - start) * 1000
    process.communicate()
    return elapsed


def nmap():
    forget_neighbours()
    start = time.monotonic()
    subprocess.run(['nmap', '-n', '-p', '8899,502,55400-55402', SUBNET], stdout=subprocess.DEVNULL, check=True)
    return (time.monotonic() - start) * 1000


def main():
    enter()
    with Network() as network:
        network.simulate(20, scenario(device('wifi'), device('hybrid')))
        network.simulate(21, scenario(device('eth'), device('string')))
        network.simulate(22, scenario(device('magic')))
        totals, firsts, lines = [], [], []
        for _ in range(ROUNDS):
            forget_neighbours()
            results = discover('--subnet', SUBNET, '--hub')
            assert sorted(r['where'] for r in results['found']) == [f'{NET}20', f'{NET}21', f'{NET}22'], results
            totals.append(results['summary']['elapsed'])
            firsts.append(min(r['elapsed'] for r in results['found']))
            lines.append(first_line())
        total = statistics.median(totals)
        print(f'whole search: {total:.0f} ms, {total / TIMEOUT:.2f} x the time-out of one probe (worst '
              f'{max(totals) / TIMEOUT:.2f}), aim 2')
        print(f'first device: {statistics.median(firsts):.0f} ms after the search began (worst {max(firsts)}), '
              f'{statistics.median(lines):.0f} ms after the program was started (worst {max(lines):.0f}), aim 150')
        if shutil.which('nmap'):
            other = statistics.median(nmap() for _ in range(3))
            print(f'nmap: {other:.0f} ms, {other / total:.2f} x ours')


if __name__ == '__main__':
    main()
