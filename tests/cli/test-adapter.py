#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""USB adapters that are pulled out and come back, seen by plancia-cli: /dev and /sys/class/tty are made up in a mount
namespace of this user, each adapter is a pty with a small Modbus device behind it."""
import json
import os
import pty
import queue
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
import tty

from program import PROGRAM, equal, main, run

from peers import read_pdu, rtu  # the tests of the simulator are on the path now

INSIDE = 'PLANCIA_TEST_ADAPTER'
SYSTEM = '/sys/class/tty'
NODES = ('null', 'zero', 'full', 'random', 'urandom', 'tty')
LIMIT = 30


def enter():
    """Runs this script again in a mount namespace; ends as skipped where that is not permitted."""
    if os.environ.get(INSIDE):
        return
    trial = subprocess.run(['unshare', '-rm', 'mount', '-t', 'tmpfs', 'tmpfs', SYSTEM], stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL, check=False)
    if trial.returncode != 0:
        print('1..0 # SKIP mount namespaces are not permitted here')
        sys.exit(0)
    os.environ[INSIDE] = '1'
    os.execvp('unshare', ['unshare', '-rm', sys.executable] + sys.argv)


def mount(*arguments):
    subprocess.run(['mount', *arguments], check=True, timeout=10)


def make_up_system():
    """A computer without serial ports."""
    mount('-t', 'tmpfs', 'tmpfs', SYSTEM)
    folder = tempfile.mkdtemp()
    mount('-t', 'tmpfs', 'tmpfs', folder)
    for node in NODES:
        with open(f'{folder}/{node}', 'w', encoding='utf-8'):
            pass
        mount('--bind', f'/dev/{node}', f'{folder}/{node}')
    os.mkdir(f'{folder}/pts')
    mount('-t', 'devpts', '-o', 'newinstance,ptmxmode=0666', 'devpts', f'{folder}/pts')
    os.symlink('pts/ptmx', f'{folder}/ptmx')
    os.symlink('/proc/self/fd', f'{folder}/fd')
    mount('--rbind', folder, '/dev')


class Adapter(threading.Thread):
    """An adapter under a name, and a device on its line: unit 1, whose registers from 0x10 on hold a value. As context manager it is
    plugged in."""

    def __init__(self, name, serial, value, vendor='0403', product='6001'):
        super().__init__(daemon=True)
        self.name_of_port, self.value = name, value
        self.facts = {'busnum': '1', 'devnum': '4', 'idVendor': vendor, 'idProduct': product, 'serial': serial,
                      'product': 'USB Serial', 'manufacturer': 'FTDI'}
        self.asked = 0
        self.pulled = False

    def __enter__(self):
        self.master, slave = pty.openpty()
        tty.setraw(slave)
        self.node = f'/dev/{self.name_of_port}'
        with open(self.node, 'w', encoding='utf-8'):
            pass
        mount('--bind', os.ttyname(slave), self.node)
        self.keep = slave  # or reading from the master would fail while nobody has the port open
        where = f'usb1/1-{self.facts["serial"]}'
        os.makedirs(f'{SYSTEM}/devices/{where}/interface/{self.name_of_port}')
        os.symlink('..', f'{SYSTEM}/devices/{where}/interface/{self.name_of_port}/device')
        for fact, text in self.facts.items():
            with open(f'{SYSTEM}/devices/{where}/{fact}', 'w', encoding='utf-8') as file:
                file.write(text + '\n')
        os.symlink(f'devices/{where}/interface/{self.name_of_port}', f'{SYSTEM}/{self.name_of_port}')
        self.folder = f'{SYSTEM}/devices/{where}'
        self.start()
        return self

    def run(self):
        data = b''
        while not self.pulled:
            if not select.select([self.master], [], [], 0.02)[0]:
                continue
            data += os.read(self.master, 64)
            while len(data) >= 8:
                request, data = data[:8], data[8:]
                # After a time-out a line is asked for another number of registers.
                count = request[5]
                equal(request, rtu(1, read_pdu(0x10, count)))
                self.asked += 1
                os.write(self.master, rtu(1, bytes([3, 2 * count]) + self.value.to_bytes(2, 'big') * count))

    def __exit__(self, *_):
        os.unlink(f'{SYSTEM}/{self.name_of_port}')
        subprocess.run(['rm', '-r', self.folder], check=True)
        subprocess.run(['umount', '-l', self.node], check=True, timeout=10)
        os.unlink(self.node)
        self.pulled = True
        self.join()
        os.close(self.keep)
        os.close(self.master)


class Watch:
    """plancia-cli read --watch as context manager."""

    def __init__(self, address):
        self.address = address

    def __enter__(self):
        self.process = subprocess.Popen([PROGRAM, 'read', self.address, '--range', '0x10+1', '--watch', '0.1', '--json'],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.values, self.complaints = queue.Queue(), queue.Queue()
        self.threads = [threading.Thread(target=self.follow, args=pair, daemon=True) for pair in
                        ((self.process.stdout, self.values), (self.process.stderr, self.complaints))]
        for thread in self.threads:
            thread.start()
        return self

    @staticmethod
    def follow(stream, into):
        for line in stream:
            into.put(line)

    def next_value(self):
        return json.loads(self.values.get(timeout=LIMIT))['readings'][0]['value']

    def skip_values(self):
        while not self.values.empty():
            self.values.get()

    def wait_complaint(self, words):
        limit = time.monotonic() + LIMIT
        while words not in (line := self.complaints.get(timeout=LIMIT)):
            assert time.monotonic() < limit, line

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(LIMIT)
        for thread in self.threads:
            thread.join(LIMIT)


def ports():
    code, output, complaints = run('ports', '--json')
    equal((code, complaints), (0, ''))
    return {port['path']: port['identity'] for port in json.loads(output)}


def lists_what_is_plugged_in():
    with Adapter('ttyUSB0', 'A1', 7), Adapter('ttyACM0', 'B2', 8, '1a86', '55d4'):
        equal(ports(), {'/dev/ttyUSB0': '0403:6001:A1', '/dev/ttyACM0': '1a86:55d4:B2'})
    equal(ports(), {})


def comes_back_under_another_name():
    with Adapter('ttyUSB0', 'A1', 7):
        watch = Watch('rs485:///dev/ttyUSB0/1').__enter__()
        equal(watch.next_value(), 7)
    try:
        watch.wait_complaint('unplugged')
        watch.skip_values()
        with Adapter('ttyUSB3', 'A1', 9):
            equal(watch.next_value(), 9)
    finally:
        watch.__exit__()


def another_adapter_under_the_old_name_is_left_alone():
    with Adapter('ttyUSB0', 'A1', 7):
        watch = Watch('rs485:///dev/ttyUSB0/1').__enter__()
        equal(watch.next_value(), 7)
    try:
        with Adapter('ttyUSB0', 'Z9', 666) as other:
            watch.wait_complaint('0403:6001:A1 is unplugged')
            watch.skip_values()
            watch.wait_complaint('0403:6001:A1 is unplugged')
            with Adapter('ttyUSB1', 'A1', 11):
                equal(watch.next_value(), 11)
            equal(other.asked, 0)
    finally:
        watch.__exit__()


def comes_back_under_its_own_name():
    watch = None
    for value in (1, 2, 3):
        with Adapter('ttyUSB0', 'A1', value):
            watch = watch or Watch('rs485:///dev/ttyUSB0/1').__enter__()
            while watch.next_value() != value:
                pass
    watch.__exit__()


if __name__ == '__main__':
    enter()
    make_up_system()
    main(lists_what_is_plugged_in, comes_back_under_another_name, another_adapter_under_the_old_name_is_left_alone,
         comes_back_under_its_own_name)
