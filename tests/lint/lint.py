#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks of the source tree itself, as TAP. Each check returns the list of what is wrong. With the name of a check
as argument only that one runs."""
import glob
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ID = 'io.github.plancia.Plancia'

# Who may include what (app/README.md). A folder stands for all its headers, folder/name for one of them.
LAYERS = {
    'base': set(),
    'protocol': {'base'},
    'map': {'base', 'protocol'},
    'link': {'base', 'protocol'},
    'plant': {'base', 'map'},
    'backend': {'base', 'protocol', 'map', 'link', 'plant'},
    'history': {'base', 'map', 'backend/backend'},
    'findings': {'base', 'map', 'plant', 'history/store'},
    'model': {'base', 'map', 'plant', 'history', 'findings', 'backend/backend', 'backend/backend-factory',
              'backend/backend-replay', 'backend/said', 'backend/tape-player', 'backend/tape-writer',
              'protocol/console-lines', 'protocol/console-text', 'protocol/console-decode', 'protocol/dissect',
              'protocol/exchange', 'protocol/tape', 'protocol/tape-index'},
    'report': {'base', 'map', 'plant', 'history', 'model'},
    'commission': {'base', 'map', 'plant', 'history', 'model', 'report', 'backend/backend'},
    'parcel': {'base', 'map', 'plant', 'history'},
    'simulator': {'base', 'protocol', 'map'},
    'chart': {'base', 'model/session', 'history/series', 'history/reduce', 'history/axis'},
    'ui': {'base', 'map', 'plant', 'backend', 'history', 'findings', 'model', 'chart', 'report', 'commission', 'parcel', 'simulator',
           'protocol/console-lines', 'protocol/dissect', 'protocol/exchange'},
    'cli': {'base', 'protocol', 'map', 'plant', 'backend', 'history', 'findings', 'model', 'report', 'commission', 'parcel',
            'simulator'},
}
# Foreign headers that stand in exactly one file.
ONE_FILE = ('modbus.h', 'modbus/modbus.h', 'libserialport.h', 'sqlite3.h', 'xlsxwriter.h', 'yaml.h', 'zstd.h', 'archive.h')
TOOLKIT = re.compile(r'#include <(gtk/|adwaita|gdk/|gsk/)')
WITH_TOOLKIT = {'chart', 'ui'}
ABSENT = re.compile(
    r'\b(AdwNavigationView|AdwNavigationPage|AdwToolbarView|AdwDialog|AdwAlertDialog|AdwBanner|AdwSwitchRow|AdwSpinRow|'
    r'AdwBreakpoint\w*|AdwOverlaySplitView|AdwNavigationSplitView|AdwPreferencesDialog|AdwAboutDialog|AdwSpinner|'
    r'GtkFileDialog|GtkAlertDialog|GtkUriLauncher|GskPath\w*|gtk_column_view_scroll_to|gtk_list_view_scroll_to|'
    r'gtk_accessible_announce|gtk_css_provider_load_from_string)\b')
# Homes of people. Out of the checkout lead those that climb; a stranger's clone has neither.
HOME = re.compile(rf"/home/[a-z]+/|{re.escape(os.path.expanduser('~'))}/")
CLIMB = re.compile(r'(?:\.\./)+[\w-]+(?:/[\w-]+)*')
BODY_LIMIT = 80
FILE_LIMIT = 700
TEMPLATE_LIMIT = 250


def tracked(*suffixes):
    """Paths in the project, relative to the top."""
    found = []
    for folder, folders, files in os.walk(TOP):
        folders[:] = [f for f in folders if not f.startswith('build') and f not in ('.git', 'output', '__pycache__')]
        for name in files:
            path = os.path.relpath(os.path.join(folder, name), TOP)
            if not suffixes or path.endswith(suffixes):
                found.append(path)
    return sorted(found)


def read(path):
    with open(os.path.join(TOP, path), encoding='utf-8') as file:
        return file.read()


def run(*command):
    """(exit code, output) of a program."""
    try:
        done = subprocess.run(command, cwd=TOP, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    except FileNotFoundError:
        return 127, f'{command[0]}: no such program'
    return done.returncode, done.stdout


class Skip(Exception):
    """The check's tool is not on this machine."""


def need(*names):
    for name in names:
        if shutil.which(name):
            return name
    raise Skip('no ' + ' or '.join(names))


def check_format():
    """clang-format 14 leaves every C file as it is; other versions format otherwise."""
    tool = need('clang-format-14', 'clang-format')
    if ' 14.' not in run(tool, '--version')[1]:
        raise Skip('clang-format is not version 14')
    # All files in one run: starting the tool takes longer than reading a file.
    code, text = run(tool, '--dry-run', '--Werror', *tracked('.c', '.h'))
    first = {}
    for line in text.splitlines():
        path, number = (line.split(':') + [''])[:2]
        if number.isdigit():
            first.setdefault(path, line)
    return list(first.values()) or ([text[:500]] if code != 0 else [])


def allowed(folder, header):
    target = header.rsplit('.', 1)[0]
    if target.split('/')[0] == folder:
        return True
    return target.split('/')[0] in LAYERS[folder] or target in LAYERS[folder]


def led_to(header, known):
    """Foreign headers of ONE_FILE that including one of ours brings along."""
    if header not in known:
        known[header] = set()
        try:
            text = read('app/' + header)
        except FileNotFoundError:
            return known[header]
        known[header].update(name for name in re.findall(r'#include <([^>]+)>', text) if name in ONE_FILE)
        for other in re.findall(r'#include "([^"]+)"', text):
            known[header] |= led_to(other, known)
    return known[header]


def check_layers():
    """Include lines against the table above; foreign headers in one file each, and never brought into another folder."""
    bad, seen, known = [], {}, {}
    for path in tracked('.c', '.h'):
        parts = path.split('/')
        if parts[0] != 'app' or len(parts) < 3:
            continue
        folder, text = parts[1], read(path)
        for header in re.findall(r'#include "([^"]+)"', text):
            if '/' not in header:
                bad.append(f'{path}: write the folder in #include "{header}"')
            elif header.split('/')[0] in LAYERS and not allowed(folder, header):
                bad.append(f'{path}: {folder} may not include {header}')
            elif header.split('/')[0] != folder and led_to(header, known):
                bad.append(f'{path}: {header} brings {", ".join(sorted(led_to(header, known)))} into {folder}')
        for header in re.findall(r'#include <([^>]+)>', text):
            if header in ONE_FILE:
                seen.setdefault(header, []).append(path)
        if TOOLKIT.search(text) and folder not in WITH_TOOLKIT:
            bad.append(f'{path}: {folder} is built without GTK')
    for header, paths in seen.items():
        if len(paths) > 1:
            bad.append(f'{header} stands in {", ".join(paths)}')
    return bad


def check_absent_names():
    """Names that GTK 4.8 and libadwaita 1.2 do not have."""
    return [f'{path}: {match.group(0)}' for path in tracked('.c', '.h', '.ui') if path.startswith('app/')
            for match in [ABSENT.search(read(path))] if match]


def bodies(text):
    """(first line, lines) of each function: its braces stand in column 0."""
    start = None
    for number, line in enumerate(text.splitlines(), 1):
        if line == '{':
            start = number
        elif line == '}' and start:
            yield start, number - start - 1
            start = None


def check_sizes():
    """No function over 80 lines, no file over 700, no template over 250."""
    bad = []
    for path in tracked('.c', '.h', '.ui'):
        text = read(path)
        lines = text.count('\n')
        limit = TEMPLATE_LIMIT if path.endswith('.ui') else FILE_LIMIT
        if path.startswith('app/') and lines > limit:
            bad.append(f'{path}: {lines} lines, at most {limit}')
        if path.endswith('.c') and path.startswith('app/'):
            bad += [f'{path}:{at}: a function of {size} lines' for at, size in bodies(text) if size > BODY_LIMIT]
    return bad


def foreign(path):
    """Places of one machine that a file names."""
    text = read(path)
    if path != 'tests/lint/lint.py':
        yield from HOME.findall(text)
    for place in CLIMB.findall(text):
        top = os.path.normpath(os.path.join(os.path.dirname(path), place)).split('/')[0]
        # Out of the checkout, or to a folder that its top does not have.
        if top == '..' or not os.path.exists(os.path.join(TOP, top)):
            yield place


def check_style():
    """No goto, a licence line in each file, nothing that points outside of the project."""
    bad = []
    for path in tracked('.c', '.h', '.ui', '.css', '.py'):
        text = read(path)
        if 'SPDX-License-Identifier: GPL-3.0-or-later' not in '\n'.join(text.splitlines()[:5]):
            bad.append(f'{path}: no SPDX line')
        if path.endswith('.c') and re.search(r'^\s+goto \w', text, re.MULTILINE):
            bad.append(f'{path}: goto')
    for path in tracked('.c', '.h', '.ui', '.css', '.py', '.md', '.build', '.json', '.sh', '.in', '.xml', 'run', '.po'):
        bad += [f'{path}: {place}' for place in foreign(path)]
    return bad


def check_templates():
    """Templates are well formed, sort of their own kind, and each is in the resource."""
    bad = []
    resource = read('app/ui/ui.gresource.xml')
    for path in tracked('.ui'):
        try:
            root = ElementTree.parse(os.path.join(TOP, path)).getroot()
        except ElementTree.ParseError as error:
            bad.append(f'{path}: {error}')
            continue
        if root.tag != 'interface':
            bad.append(f'{path}: not an interface')
        if path.startswith('app/ui/') and f'>{os.path.basename(path)}<' not in resource:
            bad.append(f'{path}: not in ui.gresource.xml')
    return bad


def files_with_strings():
    """What po/POTFILES.in has to list."""
    marked = re.compile(r'(?<![\w"])(?:(?:_|N_|C_|NC_|ngettext) ?\("|g_dngettext ?\()|translatable="(?:yes|true)"')
    found = [p for p in tracked('.c', '.h', '.ui') if p.startswith(('app/', 'data/')) and marked.search(read(p))]
    found += [p for p in tracked('.desktop.in', '.metainfo.xml.in') if p.startswith('data/')]
    return sorted(set(found))


def write_template(path):
    """The catalogue of all strings, empty. (exit code, output)"""
    return run('xgettext', '--from-code=UTF-8', '--files-from=po/POTFILES.in', '--keyword=_', '--keyword=N_',
               '--keyword=C_:1c,2', '--keyword=NC_:1c,2', '--keyword=g_dngettext:2,3', '--add-comments=TRANSLATORS',
               '--package-name=plancia', '-o', path)


def check_potfiles():
    """POTFILES.in names each file with strings, and no other, sorted."""
    listed = [line for line in read('po/POTFILES.in').splitlines() if line and not line.startswith('#')]
    wanted = files_with_strings()
    bad = [f'{p}: not in po/POTFILES.in' for p in wanted if p not in listed]
    bad += [f'po/POTFILES.in: {p} has no strings' for p in listed if p not in wanted]
    if listed != sorted(listed):
        bad.append('po/POTFILES.in: not sorted')
    return bad


def check_map_strings():
    """The texts of the maps are those in the header that xgettext reads."""
    code, text = run(sys.executable, 'po/map-strings.py')
    if code != 0:
        return text.splitlines()
    return [] if text == read('data/register-maps/map-strings.h') else ['data/register-maps/map-strings.h: run po/update']


def check_italian():
    """The Italian catalogue is complete: nothing missing, nothing doubtful, formats alike."""
    need('msgfmt', 'xgettext', 'msgmerge')
    build = os.environ.get('PLANCIA_TEST_BUILD_DIR', os.path.join(TOP, 'build'))
    pot, merged = os.path.join(build, 'lint.pot'), os.path.join(build, 'lint-it.po')
    code, text = write_template(pot)
    if code != 0:
        return text.splitlines()
    code, text = run('msgmerge', '-q', '--no-fuzzy-matching', '-o', merged, 'po/it.po', pot)
    if code != 0:
        return text.splitlines()
    code, text = run('msgfmt', '--check', '--statistics', '-o', os.devnull, merged)
    bad = [] if code == 0 else text.splitlines()
    if 'untranslated' in text or 'fuzzy' in text:
        bad += run('msgattrib', '--untranslated', '--no-wrap', merged)[1].splitlines()[-60:] or [text]
    return bad


def check_desktop():
    need('desktop-file-validate', 'glib-compile-schemas')
    bad = []
    build = os.environ.get('PLANCIA_TEST_BUILD_DIR', os.path.join(TOP, 'build'))
    code, text = run('desktop-file-validate', os.path.join(build, 'data', ID + '.desktop'))
    if code != 0 or text:
        bad += text.splitlines() or ['desktop file']
    code, text = run('glib-compile-schemas', '--strict', '--dry-run', 'data')
    if code != 0:
        bad += text.splitlines()
    return bad


def png_size(path):
    with open(path, 'rb') as file:
        return struct.unpack('>II', file.read(24)[16:])


def check_metainfo():
    """Valid for the strict; each screenshot that it names is in the project, as large as it says."""
    need('appstreamcli')
    build = os.environ.get('PLANCIA_TEST_BUILD_DIR', os.path.join(TOP, 'build'))
    path = os.path.join(build, 'data', ID + '.metainfo.xml')
    code, text = run('appstreamcli', 'validate', '--strict', '--no-net', path)
    bad = [] if code == 0 else text.splitlines()
    for picture in ElementTree.parse(path).iter('image'):
        file = os.path.join(TOP, picture.text.split('/main/')[1])
        size = (int(picture.get('width')), int(picture.get('height')))
        if not os.path.exists(file) or png_size(file) != size:
            bad.append(f'{picture.text}: no picture of {size} in data/screenshots (data/screenshots/update)')
    return bad


def check_maps():
    """Each shipped map loads in the program, is named like its file and stands in the resource."""
    build = os.environ.get('PLANCIA_TEST_BUILD_DIR', os.path.join(TOP, 'build'))
    files = [p for p in tracked('.json') if p.startswith('data/register-maps/')]
    resource = read('data/register-maps/register-maps.gresource.xml')
    bad = [f'{p}: not in the resource' for p in files if f'>{p[len("data/register-maps/"):]}<' not in resource]
    bad += [f'{p}: id is {json.loads(read(p))["id"]}' for p in files
            if json.loads(read(p))['id'] + '.json' != os.path.basename(p)]
    # What only others extend is no map of its own.
    maps = [p for p in files if '/shared/' not in p]
    code, text = run(os.path.join(build, 'app', 'plancia-cli'), 'map', 'check', *maps)
    return bad + ([] if code == 0 else text.splitlines())


def bundled_icons():
    """Names of the icons that are compiled into GTK and libadwaita."""
    need('gresource')
    names = set()
    for library in glob.glob('/usr/lib*/*/libgtk-4.so.1') + glob.glob('/usr/lib*/*/libadwaita-1.so.0') + \
            glob.glob('/usr/lib64/libgtk-4.so.1') + glob.glob('/usr/lib64/libadwaita-1.so.0'):
        listed = run('gresource', 'list', library)[1]
        names |= {os.path.basename(line).rsplit('.', 1)[0].replace('.symbolic', '')
                  for line in listed.splitlines() if '/icons/' in line}
    if not names:
        raise Skip('no GTK library found')
    return names


def check_icons():
    """Each icon that the program names is in its own resource, so that a system without a theme shows it."""
    resource = read('app/ui/ui.gresource.xml')
    built_in = bundled_icons()
    bad = []
    for path in tracked('.c', '.ui'):
        if not path.startswith(('app/ui/', 'app/chart/')):
            continue
        for name in re.findall(r'[">]([a-z0-9-]+-symbolic)["<]', read(path)):
            if name not in built_in and f'{name}.svg' not in resource:
                bad.append(f'{path}: {name}')
    return sorted(set(bad))


def main():
    if sys.argv[1:2] == ['--list-potfiles']:
        print('\n'.join(files_with_strings()))
        return 0
    if sys.argv[1:2] == ['--template']:
        code, text = write_template(os.path.abspath(sys.argv[2]))
        print(text, end='')
        return code
    checks = {name[6:]: function for name, function in sorted(globals().items()) if name.startswith('check_')}
    chosen = sys.argv[1:] or list(checks)
    failed = 0
    print(f'1..{len(chosen)}')
    for number, name in enumerate(chosen, 1):
        try:
            bad = checks[name]()
        except Skip as skip:
            print(f'ok {number} {name} # SKIP {skip}')
            continue
        print(('not ok' if bad else 'ok'), number, name)
        for line in bad[:80]:
            print('#', line)
        failed += bool(bad)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
