# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of plancia-cli share: the program, a pymodbus server, a simulated plant. Every wait is bounded."""
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), 'simulator'))
from peers import equal, main  # noqa: E402,F401  pylint: disable=unused-import,wrong-import-position

TOP = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.path.join(os.environ['PLANCIA_TEST_BUILD_DIR'], 'app', 'plancia-cli')
START_LIMIT = 60
# Whatever is written is kept in a journal of the test's own.
DATA = tempfile.TemporaryDirectory()
os.environ['XDG_DATA_HOME'] = DATA.name
RUN_LIMIT = 60


def run(*arguments, **options):
    """(exit code, standard output, standard error) of plancia-cli without a terminal."""
    done = subprocess.run([PROGRAM, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, timeout=RUN_LIMIT, check=False, **options)
    return done.returncode, done.stdout, done.stderr


def run_json(*arguments):
    code, output, complaints = run(*arguments, '--json')
    equal((code, complaints), (0, ''))
    return json.loads(output)


def refused(code, *arguments, say):
    """Ends with this code, prints nothing, and says one sentence with these words."""
    found, output, complaints = run(*arguments)
    equal((found, output), (code, ''))
    equal(complaints.count('\n'), 1)
    assert complaints.startswith('plancia-cli: ') and say in complaints, complaints


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


class Server:
    """pymodbus as context manager; its writes are a list of lines."""

    def __init__(self, *options):
        self.options = options

    def __enter__(self):
        self.port = free_port()
        self.address = f'modbus-tcp://127.0.0.1:{self.port}/1'
        self.log = tempfile.TemporaryFile('w+')
        self.process = subprocess.Popen(['/usr/bin/python3', os.path.join(HERE, 'modbus-server.py'), str(self.port),
                                         *self.options], stdout=self.log, stderr=subprocess.DEVNULL)
        limit = time.monotonic() + START_LIMIT
        while 'ready' not in self.lines():
            if self.process.poll() is not None or time.monotonic() > limit:
                raise RuntimeError('the pymodbus server did not start')
            time.sleep(0.05)
        return self

    def lines(self):
        self.log.seek(0)
        return self.log.read().splitlines()

    def writes(self):
        return self.lines()[1:]

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.log.close()


class Plant:
    """plancia-cli simulate as context manager."""

    def __init__(self, *options):
        self.options = options

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        ports = os.path.join(self.folder.name, 'ports.json')
        self.process = subprocess.Popen([PROGRAM, 'simulate', '--ports', ports, *self.options], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        limit = time.monotonic() + START_LIMIT
        while not os.path.exists(ports):
            if self.process.poll() is not None or time.monotonic() > limit:
                self.process.kill()
                raise RuntimeError(f'the simulator did not start: {self.process.communicate()[1]}')
            time.sleep(0.02)
        with open(ports, encoding='utf-8') as file:
            self.served = json.load(file)
        return self

    def address(self, name):
        return next(d['address'] for d in self.served['devices'] if d['name'] == name)

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        self.output, self.complaints = self.process.communicate(timeout=10)
        self.folder.cleanup()
