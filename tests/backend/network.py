# SPDX-License-Identifier: GPL-3.0-or-later
"""A network of its own with simulated hosts, each in a network namespace behind a bridge. Needs no root: only that
this user may make namespaces. The computer that searches is 10.99.0.1."""
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time

BUILD = os.path.join(os.environ['PLANCIA_TEST_BUILD_DIR'], 'app')
CLI = os.path.join(BUILD, 'plancia-cli')
SIMULATOR = os.path.join(BUILD, 'plancia-simulator')
NET = '10.99.0.'
SUBNET = NET + '0/24'
INSIDE = 'PLANCIA_TEST_NETWORK'
START_LIMIT = 60


def enter():
    """Runs this script again in a network namespace; ends as skipped where that is not permitted."""
    if os.environ.get(INSIDE):
        return
    for name in ('unshare', 'nsenter', 'ip'):
        if not shutil.which(name, path=os.environ['PATH'] + ':/usr/sbin:/sbin'):
            print(f'1..0 # SKIP no {name}')
            sys.exit(0)
    os.environ['PATH'] += ':/usr/sbin:/sbin'
    trial = subprocess.run(['unshare', '-rn', 'ip', 'link', 'add', 'bridge0', 'type', 'bridge'], stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL, check=False)
    if trial.returncode != 0:
        print('1..0 # SKIP network namespaces are not permitted here')
        sys.exit(0)
    os.environ[INSIDE] = '1'
    os.execvp('unshare', ['unshare', '-rn', sys.executable] + sys.argv)


def ip(*arguments, pid=None):
    prefix = ['nsenter', '-t', str(pid), '-n'] if pid else []
    subprocess.run([*prefix, 'ip', *arguments], check=True, timeout=10)


def wait_until(condition, what):
    limit = time.monotonic() + START_LIMIT
    while not condition():
        if time.monotonic() > limit:
            raise RuntimeError(f'waited in vain for {what}')
        time.sleep(0.01)


class Network:
    """As context manager; hosts are added by their last number."""

    def __enter__(self):
        self.processes = []
        self.pids = {}
        self.folder = tempfile.mkdtemp()
        ip('link', 'set', 'lo', 'up')
        ip('link', 'add', 'bridge0', 'type', 'bridge')
        ip('addr', 'add', NET + '1/24', 'brd', '+', 'dev', 'bridge0')
        ip('link', 'set', 'bridge0', 'up')
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        ip('link', 'del', 'bridge0')
        shutil.rmtree(self.folder)

    def host(self, number):
        """Somebody at this address, without anything that listens."""
        process = subprocess.Popen(['unshare', '-n', 'sleep', '600'])
        pid = process.pid
        self.processes.append(process)
        self.pids[number] = pid
        own = os.readlink('/proc/self/ns/net')
        wait_until(lambda: os.readlink(f'/proc/{pid}/ns/net') != own, 'a namespace')
        ip('link', 'add', f'host{number}', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', str(pid))
        ip('link', 'set', f'host{number}', 'master', 'bridge0', 'up')
        ip('link', 'set', 'lo', 'up', pid=pid)
        ip('addr', 'add', f'{NET}{number}/24', 'brd', '+', 'dev', 'eth0', pid=pid)
        ip('link', 'set', 'eth0', 'up', pid=pid)
        return pid

    def start(self, number, *command, **options):
        """A program on the host."""
        pid = self.pids.get(number) or self.host(number)
        process = subprocess.Popen(['nsenter', '-t', str(pid), '-n', *command], **options)
        self.processes.append(process)
        return process

    def simulate(self, number, scenario, *options):
        """plancia-simulator on the ports of the real devices."""
        path = os.path.join(self.folder, f'{number}.json')
        ports = os.path.join(self.folder, f'{number}-ports.json')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(scenario, file)
        self.start(number, SIMULATOR, '--address', f'{NET}{number}', '--standard-ports', '--scenario', path, '--ports',
                   ports, *options, stdout=subprocess.DEVNULL)
        wait_until(lambda: os.path.exists(ports), 'the simulator')

    def peer(self, number, deed):
        """network.py as a program on the host, until it says that it is ready."""
        process = self.start(number, sys.executable, __file__, deed, f'{NET}{number}', stdout=subprocess.PIPE, text=True)
        assert process.stdout.readline() == 'ready\n'


def discover(*arguments, code=0):
    """What plancia-cli discover finds, as the JSON that it prints."""
    done = subprocess.run([CLI, 'discover', '--json', *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          timeout=60, check=False)
    assert (done.returncode, done.stderr) == (code, ''), (done.returncode, done.stderr)
    return json.loads(done.stdout)


class Sniffer:
    """Everything that leaves the bridge, as context manager: TCP as (host, port, flags, payload), UDP as (host, port,
    payload)."""

    def __enter__(self):
        self.tcp, self.udp = [], []
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
        self.socket.bind(('bridge0', 0))
        self.socket.settimeout(0.1)
        self.open = True
        self.thread = threading.Thread(target=self.listen)
        self.thread.start()
        return self

    def listen(self):
        while self.open:
            try:
                frame, origin = self.socket.recvfrom(65535)
            except socket.timeout:
                continue
            if origin[2] == socket.PACKET_OUTGOING and frame[12:14] == b'\x08\x00':
                self.take(frame[14:])

    def take(self, packet):
        length = struct.unpack('>H', packet[2:4])[0]
        body = packet[(packet[0] & 15) * 4:length]
        host, port = socket.inet_ntoa(packet[16:20]), struct.unpack('>H', body[2:4])[0]
        if packet[9] == socket.IPPROTO_TCP:
            self.tcp.append((host, port, body[13], body[(body[12] >> 4) * 4:]))
        elif packet[9] == socket.IPPROTO_UDP:
            self.udp.append((host, port, body[8:]))

    def __exit__(self, *_):
        time.sleep(0.2)
        self.open = False
        self.thread.join()
        self.socket.close()


# --- peers that misbehave, as programs ------------------------------------------------------------

def takes_and_stays_silent(address):
    server = socket.create_server((address, 8899))
    kept = []
    print('ready', flush=True)
    while True:
        kept.append(server.accept())


def hangs_up(address):
    server = socket.create_server((address, 8899))
    print('ready', flush=True)
    while True:
        server.accept()[0].close()


def talks_of_something_else(address):
    server = socket.create_server((address, 502))
    print('ready', flush=True)
    while True:
        connection = server.accept()[0]
        try:
            if connection.recv(100):
                connection.sendall(b'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
        except OSError:
            pass
        connection.close()


def answers_the_call_only(address):
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(('0.0.0.0', 48899))
    print('ready', flush=True)
    while True:
        word, sender = server.recvfrom(200)
        if word == b'WIFIKIT-214028-READ':
            # Garbage, another's address, then the right one, twice.
            for answer in ('+ok', '10.99.0.77,34EAE7001122,17', f'{address},34EAE7112233,1712345678\r\n',
                           f'{address},34EAE7112233,1712345678'):
                server.sendto(answer.encode(), sender)


def drops_what_comes_to_8899(address):
    """A queue that is full: the kernel drops whoever comes next."""
    server = socket.socket()
    server.bind((address, 8899))
    server.listen(0)
    kept = [socket.socket() for _ in range(4)]
    for connection in kept:
        connection.setblocking(False)
        connection.connect_ex((address, 8899))
    time.sleep(0.3)
    print('ready', flush=True)
    signal.pause()


if __name__ == '__main__':
    globals()[sys.argv[1]](sys.argv[2])
