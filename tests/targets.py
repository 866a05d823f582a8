#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""targets.py BUILD [--with|--without] SUITE ...: what ninja has to make for the tests of these suites, or for everything
but the tests of these alone. One name a line."""
import json
import os
import subprocess
import sys

build, how, suites = os.path.realpath(sys.argv[1]), sys.argv[2], set(sys.argv[3:])


def introspect(what):
    return json.loads(subprocess.run(['meson', 'introspect', '--' + what, build], stdout=subprocess.PIPE, text=True, check=True).stdout)


def needs(tests):
    return {target for test in tests for target in test['depends']}


chosen, others = [], []
for test in introspect('tests'):
    (chosen if {suite.split(':')[-1] for suite in test['suite']} & suites else others).append(test)
wanted = needs(chosen)
for target in introspect('targets'):
    if target['type'] == 'static library':
        # Ninja knows who wants it.
        continue
    if how == '--with':
        # Words in other languages and settings are no program's own.
        make = target['id'] in wanted or target['filename'][0].endswith(('.mo', 'gschemas.compiled'))
    else:
        make = target['build_by_default'] and target['id'] not in wanted - needs(others) or target['installed']
    if make:
        print(*(os.path.relpath(name, build) for name in target['filename']), sep='\n')
