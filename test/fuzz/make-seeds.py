#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""make-seeds.py CORPUS FILE.pcap...: seeds of test/fuzz/corpus/ from captures.

Takes from the captures a few messages of every kind, of different sizes, and names them by what they
are. `exact-` begins the names of those that our codecs must write again as they came: rename one where
that cannot be, as of options that are skipped.
"""
import hashlib
import os
import struct
import sys

LARGEST = 1500
PER_KIND = 5
EXACT = {'bfd', 'bgp', 'igmp', 'map-server', 'msdp', 'openflow', 'ospf', 'ospf-lsa', 'pim'}
TCP_PORTS = {179: 'bgp', 639: 'msdp', 6633: 'openflow', 6653: 'openflow', 6640: 'ovsdb'}


def frames(path):
    with open(path, 'rb') as file:
        data = file.read()
    order = '<' if data[:4] in (b'\xd4\xc3\xb2\xa1', b'\x4d\x3c\xb2\xa1') else '>'
    link = struct.unpack(order + 'I', data[20:24])[0]
    at = 24
    while at + 16 <= len(data):
        size = struct.unpack(order + 'I', data[at + 8:at + 12])[0]
        frame = data[at + 16:at + 16 + size]
        at += 16 + size
        if link == 1:
            yield frame
        elif link == 9 and frame[:2] == b'\x00\x21':  # PPP, as on ns-3's links
            yield bytes(12) + b'\x08\x00' + frame[2:]
        elif link == 113:  # Linux cooked: the type ends it, as it ends Ethernet's header
            yield bytes(12) + frame[14:]


def cut_bgp(stream):
    while len(stream) >= 19 and stream[:16] == b'\xff' * 16:
        size = struct.unpack('>H', stream[16:18])[0]
        if size < 19 or len(stream) < size:
            return
        yield 'type%d' % stream[18], stream[:size]
        stream = stream[size:]


def cut_openflow(stream):
    while len(stream) >= 8 and stream[0] in (1, 4, 5, 6):
        size = struct.unpack('>H', stream[2:4])[0]
        if size < 8 or len(stream) < size:
            return
        yield 'type%d' % stream[1], stream[:size]
        stream = stream[size:]


def cut_msdp(stream):
    while len(stream) >= 3:
        size = struct.unpack('>H', stream[1:3])[0]
        if size < 3 or len(stream) < size:
            return
        yield 'type%d' % stream[0], stream[:size]
        stream = stream[size:]


def cut_ovsdb(stream):
    if stream[:1] == b'{':
        yield 'text', stream


CUTS = {'bgp': cut_bgp, 'openflow': cut_openflow, 'msdp': cut_msdp, 'ovsdb': cut_ovsdb}


def messages(frame):
    """The messages in a frame: target, kind, bytes."""
    kind = 'type%04x' % struct.unpack('>H', frame[12:14])[0]
    if frame[12:14] == b'\x08\x00':
        kind = 'ip%d' % frame[23]
    elif frame[12:14] == b'\x08\x06':
        yield 'openflow-frame', 'arp%d' % frame[21], frame
    yield 'packet-line', kind, b'\x00' + frame
    if frame[12:14] != b'\x08\x00':
        return
    ip = frame[14:]
    header, total = (ip[0] & 15) * 4, struct.unpack('>H', ip[2:4])[0]
    yield 'ipv4-datagram', kind, ip[:total]
    if struct.unpack('>H', ip[6:8])[0] & 0x3fff:
        return
    body = ip[header:total]
    if ip[9] == 2 and body:
        yield 'igmp', 'type%02x' % body[0], body
        yield 'openflow-frame', 'igmp%02x' % body[0], frame
    elif ip[9] == 89 and len(body) > 24:
        body = body[:struct.unpack('>H', body[2:4])[0]]
        yield 'ospf', 'type%d' % body[1], body
        if body[1] == 4:
            at = 28
            while at + 20 <= len(body):
                size = struct.unpack('>H', body[at + 18:at + 20])[0]
                yield 'ospf-lsa', 'type%d' % body[at + 3], body[at:at + size]
                at += max(size, 20)
    elif ip[9] == 103 and body:
        kind = 'type%d' % (body[0] & 15)
        yield 'pim', kind, body
        if body[0] & 15 == 4:
            rest = body[4:]
            yield 'pim-bootstrap', kind, b'\x10\x01' + struct.pack('>H', len(rest)) + rest
    elif ip[9] == 47:
        yield 'gre', 'frame', body[:96]
    elif ip[9] == 17:
        ports = struct.unpack('>HH', body[:4])
        if 3784 in ports:
            yield 'bfd', 'state%d' % (body[9] >> 6), body[8:]
        elif 4342 in ports and len(body) > 8:
            yield 'map-server', 'type%d' % (body[8] >> 4), body[8:]
        elif {4789, 8472} & set(ports):
            yield 'vxlan', 'frame', body[8:104]
    elif ip[9] == 6:
        ports = struct.unpack('>HH', body[:4])
        data = body[(body[12] >> 4) * 4:]
        for port in ports:
            target = TCP_PORTS.get(port)
            if not target or not data:
                continue
            if target == 'ovsdb':
                for also in ('ovsdb-server', 'ovsdb-client'):
                    yield also, 'text', data
                yield target, 'text', b'\x20' + data
                continue
            yield target + '-stream', 'stream', b'\x20' + data
            for kind, message in CUTS[target](data):
                yield target, kind, message
                if target == 'bgp' and kind == 'type2':
                    size = struct.unpack('>H', message[21:23])[0]
                    yield 'bgp-two-octet-update', kind, message[19:]
                    yield 'bgp-attributes', kind, message[23:23 + size]


def main():
    corpus, taken, kinds = sys.argv[1], set(), {}
    for path in sys.argv[2:]:
        for frame in frames(path):
            if len(frame) < 34:
                continue
            for target, kind, data in messages(frame):
                key = (target, kind)
                sizes = kinds.setdefault(key, set())
                if not data or len(data) > LARGEST or len(data) in sizes or len(sizes) >= PER_KIND:
                    continue
                sizes.add(len(data))
                name = '%s%s-%s' % ('exact-' if target in EXACT else '', kind, hashlib.sha1(data).hexdigest()[:8])
                if (target, data) in taken:
                    continue
                taken.add((target, data))
                os.makedirs(os.path.join(corpus, target), exist_ok=True)
                with open(os.path.join(corpus, target, name), 'wb') as file:
                    file.write(data)


main()
