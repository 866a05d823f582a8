#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""First frame of plancia over first frame of an empty libadwaita window: from exec until the X server shows pixels of the
window. Both in turn, medians. Under Xvfb: xvfb-run -a dbus-run-session tests/bench/first-frame.py"""
import os
import statistics
import subprocess
import sys
import tempfile
import time

BUILD = os.environ.get('PLANCIA_TEST_BUILD_DIR', 'build')
ROUNDS = int(os.environ.get('ROUNDS', '9'))


def screen_is_blank():
    """True while the root window still shows nothing but its own one colour."""
    done = subprocess.run(['import', '-window', 'root', '-crop', '1000x700+0+0', '-format', '%k', 'info:'],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    return done.stdout.strip() in ('', '1')


def wait_for_blank():
    end = time.monotonic() + 10
    while not screen_is_blank() and time.monotonic() < end:
        time.sleep(0.05)


def first_frame(command):
    """Seconds until something is drawn; the poll costs the same for both programs."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, 'XDG_DATA_HOME': home, 'XDG_CONFIG_HOME': home, 'XDG_CACHE_HOME': home,
                       'GSETTINGS_BACKEND': 'memory', 'GDK_BACKEND': 'x11', 'GSK_RENDERER': 'cairo'}
        wait_for_blank()
        start = time.monotonic()
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while screen_is_blank() and time.monotonic() < start + 20:
            pass
        seconds = time.monotonic() - start
        process.terminate()
        process.wait()
    return seconds


def main():
    commands = {'empty window': [os.path.join(BUILD, 'tests/bench/empty-window')],
                'plancia': [os.path.join(BUILD, 'app/plancia')]}
    times = {name: [] for name in commands}
    for round_number in range(ROUNDS + 1):
        for name, command in commands.items():
            seconds = first_frame(command)
            if round_number:  # the first one warms the disk cache
                times[name].append(seconds)
    for name, list_of in times.items():
        print(f'{name:14} median {statistics.median(list_of) * 1000:6.0f} ms  '
              f'min {min(list_of) * 1000:6.0f}  max {max(list_of) * 1000:6.0f}')
    ratios = [a / b for a, b in zip(times['plancia'], times['empty window'])]
    print(f'first frame, plancia ÷ empty window: {statistics.median(ratios):.2f} (aim: at most 1.5)')
    return 0


if __name__ == '__main__':
    sys.exit(main())
