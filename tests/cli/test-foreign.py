#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""plancia-cli console at one end of a cable, a terminal program that we did not write at the other; and mbpoll overheard."""
import concurrent.futures
import itertools
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import termios
import threading
import time
import tty

from program import PROGRAM, Plant, equal, main, refused

# Every byte that no terminal program keeps for itself; neither do XON and XOFF belong to it.
PAYLOAD = bytes(range(0x20, 0x100))
END = b'<END>'
LIMIT = 20
NAMES = {'N': 'none', 'E': 'even', 'O': 'odd', 'M': 'mark', 'S': 'space'}


def picocom(device, baud, bits, parity, stop, flow):
    return ['picocom', '--quiet', '--nolock', '--baud', str(baud), '--databits', str(bits), '--parity', NAMES[parity][0],
            '--stopbits', str(stop), '--flow', {'none': 'n', 'xon-xoff': 'x', 'rts-cts': 'h'}[flow], device]


def tio(device, baud, bits, parity, stop, flow):
    return ['tio', '--no-autoconnect', '--color', 'none', '-b', str(baud), '-d', str(bits), '-p', NAMES[parity], '-s', str(stop),
            '-f', {'none': 'none', 'xon-xoff': 'soft', 'rts-cts': 'hard'}[flow], device]


class Cable:
    """Two ptys with socat in between."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.ends = [os.path.join(self.folder.name, name) for name in ('ours', 'theirs')]
        self.process = subprocess.Popen(['socat'] + [f'pty,raw,echo=0,link={end}' for end in self.ends])
        limit = time.monotonic() + LIMIT
        while not all(os.path.exists(end) for end in self.ends):
            assert time.monotonic() < limit
            time.sleep(0.01)
        return self.ends

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.folder.cleanup()


class Foreign:
    """A terminal program on a terminal of its own, with us as the person in front of it."""

    def __init__(self, command):
        self.screen, keyboard = pty.openpty()
        tty.setraw(keyboard, termios.TCSANOW)
        self.process = subprocess.Popen(command, stdin=keyboard, stdout=keyboard, stderr=keyboard, start_new_session=True,
                                        env=dict(os.environ, TERM='dumb', HOME='/nonexistent'))
        os.close(keyboard)
        self.shown = b''

    def look(self, text):
        """Waits until the screen has shown it."""
        limit = time.monotonic() + LIMIT
        while text not in self.shown:
            assert time.monotonic() < limit, (text, self.shown)
            if select.select([self.screen], [], [], 0.1)[0]:
                self.shown += os.read(self.screen, 4096)

    def type(self, text):
        while text:
            text = text[os.write(self.screen, text[:64]):]
            time.sleep(0.002)

    def wait_open(self, device):
        """Until it has the port: its descriptors say so."""
        path, folder, limit = os.path.realpath(device), f'/proc/{self.process.pid}/fd', time.monotonic() + LIMIT
        while True:
            assert time.monotonic() < limit and self.process.poll() is None, self.shown
            try:
                if path in [os.readlink(os.path.join(folder, name)) for name in os.listdir(folder)]:
                    return
            except OSError:
                pass
            time.sleep(0.01)

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.screen)


def escape(data):
    return ''.join(f'\\x{byte:02x}' for byte in data)


def talk(make, baud, bits, parity, stop, flow):
    """Both ways, every byte of the payload."""
    address = f'connext://{{}}?baud={baud}&format={bits}{parity}{stop}&flow={flow}'
    theirs_stop = 2 if stop == '1.5' else stop
    with Cable() as (ours, theirs):
        foreign = Foreign(make(theirs, baud, bits, parity, theirs_stop, 'none' if flow == 'dsr-dtr' else flow))
        try:
            foreign.wait_open(theirs)
            time.sleep(0.15)
            console = subprocess.Popen([PROGRAM, 'console', address.format(ours), '--send', escape(PAYLOAD + END), '--ending',
                                        'none', '--expect', END.decode(), '--timeout', str(LIMIT)],
                                       stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            foreign.look(PAYLOAD + END)
            foreign.type(PAYLOAD[::-1] + END)
            output, complaints = console.communicate(timeout=LIMIT * 2)
            equal((console.returncode, complaints.decode()), (0, ''))
            equal(output, PAYLOAD[::-1] + END)
        finally:
            foreign.close()


def talk_all(make, cases):
    assert shutil.which(make.__name__), f'no {make.__name__}'
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        for case, done in [(case, pool.submit(talk, make, *case)) for case in cases]:
            try:
                done.result()
            except Exception as error:
                raise AssertionError(f'{make.__name__} {case}: {error}') from error


def picocom_in_every_format():
    talk_all(picocom, [(9600, *c, 'none') for c in itertools.product((5, 6, 7, 8), 'NEO', ('1', '1.5', '2'))])


def tio_in_every_format():
    talk_all(tio, [(115200, *c, 'none') for c in itertools.product((5, 6, 7, 8), 'NEOMS', ('1', '2'))])


def every_flow_control():
    talk_all(picocom, [(9600, 8, 'N', '1', flow) for flow in ('none', 'xon-xoff', 'rts-cts', 'dsr-dtr')])
    talk_all(tio, [(9600, 8, 'N', '1', flow) for flow in ('xon-xoff', 'rts-cts')])


def every_speed():
    talk_all(picocom, [(baud, 8, 'N', '1', 'none') for baud in (300, 1200, 4800, 19200, 38400, 57600, 230400, 250000, 460800,
                                                              921600, 12345)])


def who_is_first_has_the_port():
    with Cable() as (ours, _):
        for make in ('picocom', 'tio'):
            command = ['picocom', '--quiet', ours] if make == 'picocom' else tio(ours, 9600, 8, 'N', 1, 'none')
            foreign = Foreign(command)
            try:
                foreign.wait_open(ours)
                time.sleep(0.2)
                refused(1, 'console', ours, '--timeout', '0.1', say=f'busy: opened by {make} ({foreign.process.pid})')
            finally:
                foreign.close()
        console = subprocess.Popen([PROGRAM, 'console', ours], stdin=subprocess.DEVNULL)
        limit = time.monotonic() + LIMIT
        while os.path.realpath(ours) not in [os.path.realpath(f'/proc/{console.pid}/fd/{d}')
                                             for d in os.listdir(f'/proc/{console.pid}/fd')]:
            assert time.monotonic() < limit
            time.sleep(0.01)
        time.sleep(0.2)
        done = subprocess.run(['picocom', '--quiet', '--exit', ours], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=LIMIT, check=False)
        assert done.returncode != 0, done.stdout
        console.send_signal(signal.SIGINT)
        equal(console.wait(LIMIT), 0)


# --- mbpoll, overheard ------------------------------------------------------------------------------

def raw_pty():
    master, slave = pty.openpty()
    tty.setraw(slave)
    name = os.ttyname(slave)
    os.close(slave)
    return master, name


class Tee(threading.Thread):
    """A line between mbpoll and a device, with a third plug at which one can listen."""

    def __init__(self, device, spoil=lambda data: data):
        super().__init__()
        self.device = os.open(device, os.O_RDWR | os.O_NOCTTY)
        self.asking, self.name = raw_pty()
        self.tap, self.tap_name = raw_pty()
        self.spoil = spoil
        self.stop = False
        self.start()

    def run(self):
        while not self.stop:
            for source in select.select([self.asking, self.device], [], [], 0.05)[0]:
                try:
                    data = os.read(source, 4096)
                except OSError:  # nobody has the other end open
                    time.sleep(0.01)
                    continue
                if source == self.device:
                    time.sleep(0.06)  # a real device takes its time, and the line is silent meanwhile
                os.write(self.device if source == self.asking else self.asking, data)
                os.write(self.tap, self.spoil(data))

    def close(self):
        self.stop = True
        self.join()
        for descriptor in (self.device, self.asking, self.tap):
            os.close(descriptor)


def listen_to(tee, seconds, work):
    """The lines of plancia-cli console --modbus while the work is done."""
    console = subprocess.Popen([PROGRAM, 'console', f'rs485://{tee.tap_name}', '--modbus', '--timeout', str(seconds)],
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(0.7)
    work()
    time.sleep(0.3)
    console.send_signal(signal.SIGINT)
    output, complaints = console.communicate(timeout=LIMIT)
    equal((console.returncode, complaints), (0, ''))
    return [line.split(' ', 1)[1] for line in output.splitlines()]


def poll(tee, *options):
    done = subprocess.run(['mbpoll', '-m', 'rtu', '-b', '9600', '-P', 'none', '-a', '1', '-1', '-o', '2', '-0', *options, tee.name],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=LIMIT, check=False)
    return done.stdout


SCENARIO = 'rs485'


def serial_device(plant):
    return next(d for d in plant.served['devices'] if d['address'].startswith('rs485://'))


def overheard(spoil=lambda data: data):
    """What mbpoll showed, and what was overheard: registers 0x50 and on."""
    with Plant() as plant:
        device = serial_device(plant)
        path, unit = device['address'].split('://')[1].split('?')[0].rsplit('/', 1)
        tee = Tee(path, spoil)
        shown = []
        try:
            def work():
                for options in (('-r', '80', '-c', '3', '-t', '4:hex'), ('-r', '60000', '-c', '1', '-t', '4:hex')):
                    shown.append(poll(tee, '-a', unit, *options))
                    time.sleep(0.1)
            lines = listen_to(tee, LIMIT, work)
        finally:
            tee.close()
    return unit, shown, lines


def mbpoll_is_overheard():
    unit, shown, lines = overheard()
    words = re.findall(r'\]:\s+0x([0-9A-F]{4})', shown[0])
    equal(len(words), 3)
    equal(len(lines), 4)
    equal(lines[0], f'request unit {unit} function 03 address 0x0050 count 3 crc right')
    values = ' '.join(f'{word[:2]} {word[2:]}'.lower() for word in words)
    equal(lines[1], f'answer unit {unit} function 03 address 0x0050 count 3 crc right values {values}')
    equal(lines[2], f'request unit {unit} function 03 address 0xEA60 count 1 crc right')
    assert re.fullmatch(rf'answer unit {unit} function 03 exception 2 .*crc right.*', lines[3]), lines


def a_wrong_crc_is_told():
    def spoil(data):
        return data[:-1] + bytes([data[-1] ^ 0x40])

    _, shown, lines = overheard(spoil)
    assert re.search(r'\]:\s+0x', shown[0]), shown
    assert lines and all('crc right' not in line for line in lines), lines
    assert any('crc wrong' in line for line in lines), lines


main(picocom_in_every_format, tio_in_every_format, every_flow_control, every_speed, who_is_first_has_the_port, mbpoll_is_overheard,
     a_wrong_crc_is_told)
