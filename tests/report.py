#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what a test run did, from meson's logs, those of them that are there: one for each TAP point, one for each program without
TAP. The last line is "N passed, N failed"; the exit code is 1 if anything failed or nothing ran."""
import json
import os
import re
import sys

POINT = re.compile(r'^(not )?ok\b(?:.*?# *(SKIP|TODO))?', re.IGNORECASE)
BAD = {'FAIL', 'TIMEOUT', 'ERROR', 'INTERRUPT', 'UNEXPECTEDPASS'}


def count(entry):
    """Points of one program as (passed, failed, skipped)."""
    passed = failed = skipped = 0
    for line in entry.get('stdout', '').splitlines():
        point = POINT.match(line)
        if not point:
            continue
        if point.group(2) and point.group(2).upper() == 'SKIP':
            skipped += 1
        elif point.group(1):
            failed += 1
        else:
            passed += 1
    bad = entry['result'] in BAD
    if passed + failed + skipped == 0:
        if entry['result'] == 'SKIP':
            return 0, 0, 1
        return (0, 1, 0) if bad else (1, 0, 0)
    # A program that died after its last good point has failed too.
    if bad and failed == 0:
        failed = 1
    return passed, failed, skipped


def entries(names):
    for name in names:
        with open(name, encoding='utf-8') as log:
            yield from map(json.loads, log)


def main():
    totals = [0, 0, 0]
    for entry in entries(name for name in sys.argv[1:] if os.path.exists(name)):
        points = count(entry)
        totals = [a + b for a, b in zip(totals, points)]
        if points[1]:
            print('FAILED', entry['name'])
        if points[2]:
            print('skipped', points[2], 'in', entry['name'])
    passed, failed, skipped = totals
    if passed + failed == 0:
        print('no test ran')
        failed = 1
    print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
