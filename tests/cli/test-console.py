#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""plancia-cli ports and console: against the simulated terminal, and against cables of our own."""
import json
import os
import pty
import re
import signal
import subprocess
import tempfile
import threading
import time
import tty

from program import PROGRAM, Plant, equal, main, refused, run, run_json


class Cable:
    """A pty: its name, and a thread that answers."""

    def __init__(self, answer=None):
        self.answer = answer
        self.seen = b''

    def __enter__(self):
        self.master, slave = pty.openpty()
        tty.setraw(slave)
        self.name = os.ttyname(slave)
        os.close(slave)
        os.set_blocking(self.master, False)
        self.stop = False
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()
        return self

    def serve(self):
        while not self.stop:
            try:
                data = os.read(self.master, 4096)
            except (BlockingIOError, OSError):
                time.sleep(0.01)
                continue
            self.seen += data
            if self.answer:
                self.say(self.answer(data))

    def say(self, data):
        limit = time.monotonic() + 10
        while data and time.monotonic() < limit:
            try:
                data = data[os.write(self.master, data):]
            except BlockingIOError:
                time.sleep(0.01)

    def pull(self):
        self.stop = True
        self.thread.join()
        os.close(self.master)
        self.master = None

    def __exit__(self, *_):
        if self.master is not None:
            self.pull()


def run_raw(*arguments, **options):
    done = subprocess.run([PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60, check=False,
                          **({'stdin': subprocess.DEVNULL} | options))
    return done.returncode, done.stdout, done.stderr.decode()


def lists_ports():
    ports = run_json('ports')
    assert isinstance(ports, list)
    keys = {'path', 'link', 'identity', 'name', 'description', 'vendor', 'product', 'serial', 'permitted', 'group', 'holder',
            'holder_pid'}
    for port in ports:
        equal(set(port), keys)
        assert port['path'].startswith('/dev/'), port
    code, output, complaints = run('ports')
    equal((code, complaints), (0, ''))
    assert output.startswith('Port '), output
    for port in ports:
        assert port['path'] in output, output


def names_ports():
    ports = run_json('ports')
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, XDG_DATA_HOME=folder)
        code, _, complaints = run('ports', '--name', '/dev/ttyPLANCIA0=Banco', env=environment)
        equal(code, 2)
        assert '/dev/ttyPLANCIA0' in complaints, complaints
        for port in ports[:1]:
            code, output, _ = run('ports', '--name', f'{port["path"]}=CONNEXT, Rossi', env=environment)
            equal(code, 0)
            assert 'CONNEXT, Rossi' in output, output
            code, output, _ = run('ports', '--json', env=environment)
            equal(json.loads(output)[0]['name'], 'CONNEXT, Rossi')
            code, output, _ = run('ports', '--json', '--name', 'CONNEXT, Rossi=', env=environment)
            equal(json.loads(output)[0]['name'], None)


def wrong_use():
    refused(2, 'ports', 'now', say='"now"')
    refused(2, 'ports', '--name', 'x', say='PORT=NAME')
    refused(2, 'console', say='connext://')
    refused(2, 'console', 'eth-stick://192.0.2.1/1', say='serial')
    refused(2, 'console', 'no such name', say='no such name')
    refused(2, 'console', '/dev/ttyPLANCIA0', '--expect', '(', say='--expect')
    refused(2, 'console', '/dev/ttyPLANCIA0', '--send', 'x', '--hex', say='--send')
    refused(2, 'console', '/dev/ttyPLANCIA0', '--send', 'a\\x', say='--send')
    refused(2, 'console', '/dev/ttyPLANCIA0', '--ending', 'crcr', say='--ending')
    refused(2, 'console', '/dev/ttyPLANCIA0', '--timeout', '-3', say='--timeout')
    refused(2, 'console', '/dev/ttyPLANCIA0', '--expect', 'a', '--expect', 'b', say='--expect')
    refused(2, 'console', 'connext:///dev/ttyPLANCIA0?baud=1', say='baud')
    refused(1, 'console', '/dev/ttyPLANCIA0', '--send', 'x', say='/dev/ttyPLANCIA0')
    refused(1, 'console', '/etc/hostname', '--send', 'x', say='not a serial port')


def talks_to_the_simulated_terminal():
    with Plant() as plant:
        address = plant.address('CONNEXT')
        code, output, complaints = run('console', address, '--send', '*IDN?', '--expect', 'SIMULATED,CONNEXT')
        equal((code, complaints), (0, ''))
        assert 'SIMULATED,CONNEXT' in output, output
        code, output, complaints = run('console', address, '--send', 'set interval 7', '--send', 'status', '--expect',
                                       r'^interval +7 s\r?$')
        equal((code, complaints), (0, ''))
        code, output, complaints = run('console', address, '--send', 'set interval 9', '--expect', '^OK', '--send', 'power',
                                       '--expect', r'^pv -?\d+ W')
        equal((code, complaints), (0, ''))
        begin = time.monotonic()
        code, output, complaints = run('console', address, '--send', 'help', '--expect', 'no such text', '--timeout', '0.5')
        equal(code, 1)
        assert 'invented' in output and '"no such text" did not come within 0.5 s' in complaints, complaints
        assert time.monotonic() - begin < 10
        # Slow answers.
        code, _, _ = run('console', address, '--send', 'wait 1', '--expect', 'waited', '--timeout', '0.3')
        equal(code, 1)
        code, _, _ = run('console', address, '--send', 'wait 1', '--expect', 'waited', '--timeout', '10')
        equal(code, 0)


def only_what_is_told_is_sent():
    with Cable() as cable:
        code, output, complaints = run('console', cable.name, '--timeout', '0.8')
        equal((code, output, complaints), (0, '', ''))
        equal(cable.seen, b'')
        code, _, _ = run('console', cable.name, '--expect', 'x', '--timeout', '0.5')
        equal(code, 1)
        equal(cable.seen, b'')
        equal(run('console', cable.name, '--send', r'a\tb\x00\xff', '--ending', 'crlf', '--timeout', '0.2')[0], 0)
        equal(cable.seen, b'a\tb\0\xff\r\n')


def every_ending():
    for name, ending in (('none', b''), ('cr', b'\r'), ('lf', b'\n'), ('crlf', b'\r\n')):
        with Cable() as cable:
            equal(run('console', cable.name, '--send', 'x', '--ending', name, '--timeout', '0.1')[0], 0)
            equal(cable.seen, b'x' + ending)


def speaks_in_bytes():
    question, answer = bytes.fromhex('010300000002c40b'), bytes.fromhex('01030400010002 2a32')
    with Cable(lambda data: answer) as cable, tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, 'log')
        code, output, complaints = run('console', f'rs485://{cable.name}', '--hex', '--send', '01 03 00 00 00 02 c4 0b', '--expect',
                                       r'\x01\x03\x04', '--log', log)
        equal((code, complaints), (0, ''))
        equal(cable.seen, question)
        assert re.search(r'^\d\d:\d\d:\d\d\.\d{3} > 01 03 00 00 00 02 c4 0b ', output, re.M), output
        assert re.search(r'^\d\d:\d\d:\d\d\.\d{3} < 01 03 04 00 01 00 02 2a 32 ', output, re.M), output
        with open(log, encoding='utf-8') as file:
            equal(file.read(), output)


def logs_what_comes():
    data = bytes(range(256)) * 40
    with Cable(lambda _: data) as cable, tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, 'log')
        for times in (1, 2):
            code, output, complaints = run_raw('console', cable.name, '--send', 'x', '--timeout', '0.7', '--log', log)
            equal((code, complaints), (0, ''))
            equal(output, data)
            with open(log, 'rb') as file:
                equal(file.read(), data * times)
    code, _, complaints = run_raw('console', '/dev/null', '--log', '/no/such/folder/log')
    equal(code, 1)
    assert '/no/such/folder/log' in complaints, complaints


def sends_standard_input():
    with Cable(bytes.upper) as cable:
        code, output, complaints = run_raw('console', cable.name, '--timeout', '1', stdin=None, input=b'help\nstatus\nrest')
        equal((code, complaints), (0, ''))
        equal(cable.seen, b'help\nstatus\n')
        equal(output, b'HELP\nSTATUS\n')


def ends_when_interrupted():
    with Cable() as cable:
        process = subprocess.Popen([PROGRAM, 'console', cable.name], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        cable.say(b'boot\r\n')
        equal(os.read(process.stdout.fileno(), 100), b'boot\r\n')
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)
        equal(process.returncode, 0)
        # And the port is free again.
        equal(run('console', cable.name, '--timeout', '0.1')[0], 0)


def says_who_has_it():
    with Cable() as cable:
        process = subprocess.Popen([PROGRAM, 'console', cable.name], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        cable.say(b'x')
        equal(os.read(process.stdout.fileno(), 100), b'x')
        refused(1, 'console', cable.name, '--timeout', '0.1', say=f'busy: opened by plancia-cli ({process.pid})')
        process.kill()
        process.communicate()


def says_that_it_was_unplugged():
    with Cable() as cable:
        process = subprocess.Popen([PROGRAM, 'console', cable.name], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        cable.say(b'x')
        equal(os.read(process.stdout.fileno(), 100), b'x')
        begin = time.monotonic()
        cable.pull()
        _, complaints = process.communicate(timeout=10)
        assert time.monotonic() - begin < 9
        equal(process.returncode, 1)
        assert 'gone' in complaints, complaints


def waits_for_its_return():
    with Plant() as plant:
        address = plant.address('CONNEXT')
        process = subprocess.Popen([PROGRAM, 'console', address, '--reconnect', '--timeout', '20'], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(1)
        process.stdin.write('hangup 1\n')
        process.stdin.flush()
        greetings, output, limit = 0, '', time.monotonic() + 15
        while greetings < 2:
            assert time.monotonic() < limit, output
            output += os.read(process.stdout.fileno(), 1000).decode()
            greetings = output.count('invented')
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)


main(lists_ports, names_ports, wrong_use, talks_to_the_simulated_terminal, only_what_is_told_is_sent, every_ending,
     speaks_in_bytes, logs_what_comes, sends_standard_input, ends_when_interrupted, says_who_has_it, says_that_it_was_unplugged,
     waits_for_its_return)
