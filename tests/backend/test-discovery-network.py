#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""plancia-cli discover on a network of simulated hosts: each is found and named, nobody is disturbed."""
import os
import shutil
import signal
import subprocess
import sys
import time

from network import CLI, NET, SUBNET, Network, Sniffer, discover, enter

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'simulator'))
from peers import device, equal, main, scenario  # noqa: E402  pylint: disable=wrong-import-position

SYN = 2
ACK = 16
WIFI = scenario(device('wifi'), device('hybrid'))
ETH = scenario(device('eth'), device('string'))
MAGIC = scenario(device('magic'))
HUB = scenario(device('hub'), device('line'), device('first'),
               {'kind': 'line', 'name': 'Meters', 'parent': 'Hub', 'route': 'line', 'line': 'meters'})


def by_host(results):
    return {r['where'].replace(NET, ''): r for r in results}


def without(result, *keys):
    return {k: v for k, v in result.items() if k not in keys}


def finds_and_names_each():
    with Network() as network:
        network.simulate(20, WIFI)
        network.simulate(21, ETH)
        network.simulate(22, MAGIC)
        network.simulate(23, HUB)
        results = discover('--subnet', SUBNET, '--hub')
        found = by_host(results['found'])
        equal(sorted(found), ['20', '21', '22', '23'])
        for number, result in found.items():
            equal(result['mac'], mac_of(network, int(number)))
            assert 0 <= result['elapsed'] <= results['summary']['elapsed']
        equal(without(found['20'], 'mac', 'elapsed'),
              {'where': NET + '20', 'kind': 'wifi-stick', 'state': 'answered',
               'address': f'wifi-stick://{NET}20/1?serial=2712345678', 'port': 8899, 'framing': 'Solarman V5', 'unit': 1,
               'logger': 2712345678, 'model': '3PH HYD6000 ZSS', 'serial': 'ZP1ES106K00003', 'generation': 'G3',
               'map': 'zcs-3ph-hyd-g3'})
        equal(without(found['21'], 'mac', 'elapsed'),
              {'where': NET + '21', 'kind': 'eth-stick', 'state': 'answered',
               'address': f'eth-stick://{NET}21/1?framing=tcp', 'port': 8899, 'framing': 'Modbus TCP', 'unit': 1,
               'logger': None, 'model': '3PH 5.0KTL-V3', 'serial': 'ZS2ES150P00004', 'generation': 'G3',
               'map': 'zcs-3ph-ktl-v3-g3'})
        equal([found['22'][k] for k in ('kind', 'address', 'port', 'unit', 'map', 'model')],
              ['modbus', f'power-magic://{NET}22/1', 502, 1, None, None])
        equal([found['23'][k] for k in ('kind', 'address', 'port', 'lines', 'map', 'serial')],
              ['hub', f'hub://{NET}23', 55400, {'inverters': 'open', 'meters': 'open', 'chargers': 'closed'},
               'zcs-3ph-hyd-g3', 'ZP1ES110K00001'])
        equal(results['silent'], [])
        equal([results['summary'][k] for k in ('addresses', 'hosts', 'found')], [254, 5, 4])
        sentences = ' '.join(results['summary']['sentences'])
        assert '1 line of a HUB is closed: switch on Settings, Modbus Slave TCP.' in sentences, sentences
        assert 'have 55400 closed' not in sentences, sentences


def mac_of(network, number):
    text = subprocess.run(['nsenter', '-t', str(network.pids[number]), '-n', 'ip', '-o', 'link', 'show', 'eth0'],
                          stdout=subprocess.PIPE, text=True, check=True).stdout
    return text.split('link/ether ')[1].split()[0].upper()


def silent_addresses_cost_one_time_out():
    with Network() as network:
        network.simulate(20, WIFI)
        network.simulate(21, ETH)
        network.simulate(22, MAGIC)
        results = discover('--subnet', SUBNET, '--hub', '--timeout', '3')
        equal(sorted(by_host(results['found'])), ['20', '21', '22'])
        # The own address, the two sticks and the Power Magic.
        sentences = ' '.join(results['summary']['sentences'])
        assert '4 hosts have 55400 closed: if the HUB is among them, switch on Settings' in sentences, sentences
        # Five ports of 251 addresses at 3 s each would be fifteen seconds and more.
        assert results['summary']['elapsed'] < 14000, results['summary']
        assert min(r['elapsed'] for r in results['found']) < results['summary']['elapsed'], results['found']


def leaves_hubs_alone_without_consent():
    with Network() as network, Sniffer() as heard:
        network.simulate(20, WIFI)
        network.simulate(23, HUB)
        results = discover('--subnet', SUBNET)
        equal(sorted(by_host(results['found'])), ['20'])
        assert any('needs your consent' in s for s in results['summary']['sentences']), results
    ports = {port for host, port, flags, _ in heard.tcp if flags & (SYN | ACK) == SYN}
    equal(ports, {8899, 502})
    # Both words, to everybody and to the hosts that answered TCP.
    for host in (NET + '255', NET + '20', NET + '23'):
        words = {payload for to, port, payload in heard.udp if (to, port) == (host, 48899)}
        equal(words, {b'WIFIKIT-214028-READ', b'HF-A11ASSISTHREAD'})


def reads_only_and_never_unit_0():
    with Network() as network, Sniffer() as heard:
        network.simulate(21, ETH)
        network.simulate(22, MAGIC)
        network.simulate(23, HUB)
        equal(len(discover('--subnet', SUBNET, '--hub')['found']), 3)
    asked = [(host, port, payload) for host, port, _, payload in heard.tcp if payload]
    assert len(asked) >= 4, asked
    for host, port, payload in asked:
        equal(payload[2:4], b'\x00\x00')
        assert payload[6] in (1, 255), payload.hex()
        assert payload[7] == 3 or (port < 55400 and payload[7] == 4), payload.hex()
    # One request on a line: a HUB wants seconds between two.
    for line in (55400, 55401):
        equal(len([1 for _, port, _ in asked if port == line]), 1)


def explains_who_did_not_answer():
    with Network() as network:
        network.peer(30, 'takes_and_stays_silent')
        network.peer(31, 'hangs_up')
        network.peer(32, 'talks_of_something_else')
        network.peer(33, 'answers_the_call_only')
        network.simulate(34, MAGIC)
        network.peer(34, 'drops_what_comes_to_8899')
        network.simulate(35, HUB, '--fault', 'Line=takeover')
        network.host(36)
        results = discover('--subnet', SUBNET, '--hub', '--host', NET + '36', '--host', NET + '99', '--timeout', '0.4')
        silent = by_host(results['silent'])
        equal({k: r['state'] for k, r in silent.items()},
              {'30': 'silent', '31': 'hung-up', '32': 'foreign', '33': 'call-only', '36': 'refused', '99': 'absent'})
        assert all(r['address'] is None for r in silent.values()), silent
        equal((silent['33']['logger'], silent['33']['mac']), (1712345678, mac_of(network, 33)))
        found = by_host(results['found'])
        # Known to the kernel, though its first port is dumb: the others were tried.
        equal(sorted(found), ['34', '35'])
        equal(found['34']['address'], f'power-magic://{NET}34/1')
        equal(found['35']['lines'], {'inverters': 'held', 'meters': 'open', 'chargers': 'closed'})
        sentences = ' '.join(results['summary']['sentences'])
        for words in ('1 stick answered UDP but not TCP: another client may hold it.',
                      '1 line of a HUB is held by another client.', '2 places take the connection and stay silent.'):
            assert words in sentences, sentences


def tshark(path, *arguments):
    done = subprocess.run(['tshark', '-r', path, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                          timeout=60, check=True)
    return done.stdout.splitlines()


def transcript_frames(path):
    """{"protocol host:port": [(direction, unit, PDU or what went wrong)]}"""
    frames, peer = {}, None
    with open(path, encoding='utf-8') as file:
        equal(file.readline(), 'plancia-transcript 1\n')
        for line in file:
            if line.startswith('# '):
                peer = line[2:].strip()
            else:
                frames.setdefault(peer, []).append(tuple(line.split(None, 3)[1:]))
    return frames


def writes_down_what_it_asked():
    """Each probe of each host is in both files; Wireshark's own program reads them and finds nothing wrong."""
    with Network() as network:
        for number, plant in ((20, WIFI), (21, ETH), (22, MAGIC), (23, HUB)):
            network.simulate(number, plant)
        network.peer(30, 'takes_and_stays_silent')
        transcript, capture = (os.path.join(network.folder, name) for name in ('a.transcript', 'a.pcapng'))
        # Long enough for a host whose first packet was lost: the kernel asks for its address again after a second.
        results = discover('--subnet', SUBNET, '--hub', '--timeout', '3', '--transcript', transcript, '--pcapng', capture)
        equal(len(results['found']), 4)
        frames = transcript_frames(transcript)
        hosts = {'20:8899': 'solarman-v5', '21:8899': 'modbus-tcp', '22:502': 'modbus-tcp', '23:55400': 'modbus-tcp'}
        for host, protocol in hosts.items():
            told = frames.pop(f'{protocol} {NET}{host}')
            # The serial number is asked for first and answered, be it with an exception.
            equal(told[0], ('>', '01', '0304450008\n'))
            equal(told[1][:2], ('<', '01'))
            equal([way for way, _, _ in told], ['>', '<'] * (len(told) // 2))
        # Of the line that nothing hangs on there is no answer, of the silent host in no framing.
        silent = [f'modbus-tcp {NET}23:55401'] + [f'{framing} {NET}30:8899' for framing in
                                                 ('modbus-tcp', 'solarman-v5', 'rtu-over-tcp')]
        equal(sorted(frames), sorted(silent))
        for told in frames.values():
            equal([way for way, _, _ in told], ['>', '!'])
        if not shutil.which('tshark'):
            return
        for host, protocol in hosts.items():
            where = f'ip.addr == {NET}{host.split(":")[0]}'
            equal(bool(tshark(capture, '-Y', f'{where} && modbus.func_code == 3')), protocol == 'modbus-tcp')
            assert tshark(capture, '-Y', f'{where} && tcp.len > 0'), host
        equal(len(tshark(capture, '-Y', f'ip.addr == {NET}30')), 3)
        equal(len(tshark(capture, '-Y', 'mbrtu')), 1)
        equal(tshark(capture, '-Y', '_ws.malformed || _ws.expert.severity >= 8388608'), [])


def stops_at_once():
    with Network() as network:
        network.peer(30, 'takes_and_stays_silent')
        process = subprocess.Popen([CLI, 'discover', '--subnet', '10.99.0.0/20', '--timeout', '20'], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        time.sleep(0.7)
        begin = time.monotonic()
        process.send_signal(signal.SIGINT)
        output, complaints = process.communicate(timeout=10)
        # The first silent host alone would take twice that.
        assert time.monotonic() - begin < 10, output
        equal((process.returncode, complaints), (1, ''))
        assert 'The search was stopped before its end.' in output, output


def prints_for_people():
    with Network() as network:
        network.simulate(20, WIFI)
        done = subprocess.run([CLI, 'discover'], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60,
                              check=False)
        equal((done.returncode, done.stderr), (0, ''))
        lines = done.stdout.splitlines()
        equal(lines[0], '3PH HYD6000 ZSS (map G3, confirmed)')
        assert lines[1].startswith(f'    {NET}20 · ZSM-WIFI-USB, logger 2712345678, serial ZP1ES106K00003, MAC '), lines
        equal(lines[2], f'    wifi-stick://{NET}20/1?serial=2712345678')
        assert any(line.startswith('254 addresses in ') for line in lines), lines


if __name__ == '__main__':
    enter()
    main(finds_and_names_each, silent_addresses_cost_one_time_out, leaves_hubs_alone_without_consent,
         reads_only_and_never_unit_0, explains_who_did_not_answer, writes_down_what_it_asked, stops_at_once,
         prints_for_people)
