#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Sets the article's output beside the transcript of examples/scenarios/article.yaml.

    doc/article-page.py TRANSCRIPT > doc/article.rst

Each block of the transcript is looked up by its prompt. Its lines are compared, in order, with what the
article prints there: labels and the shape of values, not its text. A line that the article has and
the transcript lacks ends the program with status 1. `make article` writes the page again; test-scenario
compares it with a run of the built program.
"""
import re
import sys

ADDRESS = r'\d+\.\d+\.\d+\.\d+'
SET = r'[O.]{4}'  # a letter per interface, the Register tunnel last


class Line:
    """A line of the article: how it is shown, and what matches it in the transcript."""

    def __init__(self, shown, pattern, least=1, most=1):
        self.shown = shown
        self.pattern = re.compile(pattern)
        self.least = least
        self.most = most


def many(shown, pattern, least):
    return Line(shown, pattern, least, 1000)


def label(text, pattern, shown=None):
    """A line of `show pim join`."""
    value = {SET: 'SET', ADDRESS: 'A.B.C.D', r'-?\d+': 'SECONDS'}.get(pattern, pattern)
    gap = ' ' * max(1, 27 - len(text))
    return Line('    ' + text + gap + (shown or value),
                r'    ' + re.escape(text) + r' +' + pattern)


def sets(*labels):
    return [label(text, SET) for text in labels]


STAR_G = [
    Line('Group           Source          RP              Flags', r'Group +Source +RP +Flags'),
    Line('GROUP           0.0.0.0         RP              WC', ADDRESS + r' +0\.0\.0\.0 +' + ADDRESS + ' +WC'),
    label('Upstream interface (RP):', r'eth\d', 'ethN'),
    label('Upstream MRIB next hop (RP):', ADDRESS),
    label("Upstream RPF'(*,G):", ADDRESS),
    label('Upstream state:', 'Joined'),
    label('Join timer:', r'-?\d+'),
] + sets('Local receiver include WC:', 'Joins RP:', 'Joins WC:', 'Join state:', 'Prune state:',
         'Prune pending state:', 'I am assert winner state:', 'I am assert loser state:',
         'Assert winner WC:', 'Assert lost WC:', 'Assert tracking WC:', 'Could assert WC:', 'I am DR:',
         'Immediate olist RP:', 'Immediate olist WC:', 'Inherited olist SG:', 'Inherited olist SG_RPT:',
         'PIM include WC:')

S_G = [
    Line('Group           Source          RP              Flags', r'Group +Source +RP +Flags'),
    Line('GROUP           SOURCE          RP              SG SPT DirectlyConnectedS',
         ADDRESS + ' +' + ADDRESS + ' +' + ADDRESS + ' +SG SPT DirectlyConnectedS'),
    label('Upstream interface (S):', r'eth\d', 'ethN'),
    label('Upstream interface (RP):', r'eth\d', 'ethN'),
    label('Upstream MRIB next hop (RP):', ADDRESS),
    label('Upstream MRIB next hop (S):', 'UNKNOWN'),
    label("Upstream RPF'(S,G):", 'UNKNOWN'),
    label('Upstream state:', 'Joined'),
    label('Register state:', 'RegisterPrune RegisterCouldRegister'),
    label('Join timer:', r'-?\d+'),
    label('KAT(S,G) running:', 'true'),
] + sets('Local receiver include WC:', 'Local receiver include SG:', 'Local receiver exclude SG:',
         'Joins RP:', 'Joins WC:', 'Joins SG:', 'Join state:', 'Prune state:', 'Prune pending state:',
         'I am assert winner state:', 'I am assert loser state:', 'Assert winner WC:', 'Assert winner SG:',
         'Assert lost WC:', 'Assert lost SG:', 'Assert lost SG_RPT:', 'Assert tracking SG:',
         'Could assert WC:', 'Could assert SG:', 'I am DR:', 'Immediate olist RP:', 'Immediate olist WC:',
         'Immediate olist SG:', 'Inherited olist SG:', 'Inherited olist SG_RPT:', 'PIM include WC:',
         'PIM include SG:', 'PIM exclude SG:')

RULER = '-' * 60
UDP = r'\d\d:\d\d:\d\d\.\d{6} IP ' + ADDRESS + r'\.\d+ > ' + ADDRESS + r'\.\d+: '
VXLAN_UDP = [many('TIME IP VTEP.PORT > VTEP.PORT: UDP, length 106', UDP + 'UDP, length 106', 4)]

# Prompt in the article, pattern of the prompt in the transcript, lines, what differs.
STEPS = [
    ('Unicast routing', [
        ('c1> show ospf4 neighbor', r'c1> show ospf4 neighbor',
         [Line('  Address         Interface             State      ID              Pri  Dead',
               r'  Address +Interface +State +ID +Pri +Dead'),
          many('ADDRESS          ethN/ethN              Full      ROUTER ID          1 SECONDS',
               ADDRESS + r' +(eth\d)/\1 +Full +' + ADDRESS + r' +1 +\d+', 4)],
         ''),
        ('c1> show route table ipv4 unicast ospf', r'c1> show route table ipv4 unicast ospf',
         [many('PREFIX [ospf(110)/COST]', ADDRESS + r'/24\s+\[ospf\(110\)/\d\]', 8),
          many('                > to NEXTHOP via ethN/ethN', r' +> to ' + ADDRESS + r' via (eth\d)/\1', 8)],
         'Where two ways cost the same the lab has both; XORP kept one.'),
    ]),
    ('The RP', [
        ('e1> show pim rps', r'e1> show pim rps 239\.0\.0\.10',
         [Line('RP              Type      Pri Holdtime Timeout ActiveGroups GroupPrefix',
               r'RP +Type +Pri +Holdtime +Timeout +ActiveGroups +GroupPrefix'),
          Line('C3\'s ADDRESS    bootstrap 100      150     135            0 239.0.0.0/8',
               r'192\.168\.101\.133 bootstrap 100 +150 +\d+ +0 239\.0\.0\.0/8')],
         'Without a group the command lists all three candidates, as C1 and C2 offer themselves too, with '
         'the priority that nobody takes; with a group it gives the RP that serves it.'),
    ]),
    ('Members', [
        ('r2# iperf -u -s -l 1000 -i 1 -B GROUP', r'r2# iperf -u -s -l 1000 -i 1 -B 239\.0\.0\.10',
         [Line(RULER, '-{60}'),
          Line('Server listening on UDP port 5001', 'Server listening on UDP port 5001'),
          Line('Binding to local address GROUP', 'Binding to local address ' + ADDRESS),
          Line('Joining multicast group  GROUP', 'Joining multicast group  ' + ADDRESS),
          Line('Receiving 1000 byte datagrams', 'Receiving 1000 byte datagrams'),
          Line('UDP buffer size: SIZE KByte (default)', r'UDP buffer size: +\d+ KByte \(default\)'),
          Line(RULER, '-{60}')],
         'The buffer is that of ns-3\'s sockets.'),
        ('e2> show igmp group', r'e2> show igmp group',
         [Line('Interface    Group           Source          LastReported Timeout V State',
               'Interface +Group +Source +LastReported +Timeout +V +State'),
          Line('eth0         GROUP           0.0.0.0         R2                SEC  3     E',
               r'eth0 +' + ADDRESS + r' +0\.0\.0\.0 +192\.168\.2\.2 +\d+ 3 +E')],
         ''),
        ('e3> show pim join', r'e3> show pim join', STAR_G,
         'SET stands for a letter per interface, O or a dot, the Register tunnel last. The lines that end in RP: tell of '
         '(\\*,\\*,RP) state, which RFC 7761 has no longer: nowhere.'),
    ]),
    ('The first packet', [
        ('r1# iperf -c GROUP -u -b 10k -t 30 -T 10', r'r1# iperf -c 239\.0\.0\.10 -u -b 10k -t \d+ -T 10',
         [Line(RULER, '-{60}'),
          Line('Client connecting to GROUP, UDP port 5001', 'Client connecting to ' + ADDRESS + ', UDP port 5001'),
          Line('Sending 1470 byte datagrams', 'Sending 1470 byte datagrams'),
          Line('Setting multicast TTL to 10', 'Setting multicast TTL to 10'),
          Line('UDP buffer size: SIZE KByte (default)', r'UDP buffer size: +\d+ KByte \(default\)'),
          Line(RULER, '-{60}')],
         'The lab sends for 50 s, to show the steady state too.'),
        ('e1# tcpdump -pni eth0', r'e1# tcpdump .*-pni eth0 udp',
         [Line('TIME IP R1.PORT > GROUP.5001: UDP, length 1470', UDP.replace(r'\d+: ', '5001: ') + 'UDP, length 1470')],
         ''),
        ('c3# tcpdump -pni eth0', r'c3# tcpdump .*-pni eth\d .*',
         [Line('TIME IP E1 > C3: PIMv2, Register, length 1480',
               r'\d\d:\d\d:\d\d\.\d{6} IP ' + ADDRESS + ' > ' + ADDRESS + r': PIMv2, Register, length 1480')],
         'A Register is too long for one frame, so this is its first fragment. E1 has two ways of equal cost to '
         'C3\'s address on network 101; the one taken here leads over C1 and comes in on eth2.'),
        ('e2# tcpdump -pni eth0', r'e2# tcpdump .*-pni eth0 udp',
         [Line('TIME IP R1.PORT > GROUP.5001: UDP, length 1470', UDP + 'UDP, length 1470')], ''),
        ('e3# tcpdump -pni eth0', r'e3# tcpdump .*-pni eth0 udp',
         [Line('TIME IP R1.PORT > GROUP.5001: UDP, length 1470', UDP + 'UDP, length 1470')], ''),
    ]),
    ('The shortest path', [
        ('e1> show pim join', r'e1> show pim join 239\.0\.0\.11', S_G,
         'The lab has a group that stays on the RP tree, 239.0.0.10, and one that leaves it, 239.0.0.11. -1 is a timer '
         'that does not run: E1 has no router to join towards a source on its own link.'),
        ('e1> show pim mfc', r'e1> show pim mfc',
         [Line('Group           Source          RP', 'Group +Source +RP'),
          many('GROUP           SOURCE          RP', ADDRESS + ' +' + ADDRESS + ' +' + ADDRESS, 1),
          many('    Incoming interface :      eth0', ' +Incoming interface : +eth0', 1),
          many('    Outgoing interfaces:      .OO.', r' +Outgoing interfaces: +\.OO\.', 1),
          ],
         'The second entry is the article\'s.'),
        ('e1# ip mroute', r'e1# ip mroute',
         [many('(SOURCE, GROUP)   Iif: eth0       Oifs: eth1 eth2',
               r'\(' + ADDRESS + ', ' + ADDRESS + r'\) +Iif: eth0 +Oifs: eth1 eth2', 1)],
         ''),
    ]),
    ('VXLAN', [
        ('rX# ip link add vxlan42 type vxlan id 42 group GROUP ttl 10 dev eth0',
         r'r1# ip link add vxlan42 type vxlan id 42 group 239\.0\.0\.42 ttl 10 dev eth0 .*', [],
         'The lab gives the port by name: 4789, VXLAN\'s own since RFC 7348, where Linux\'s default is 8472. R2 '
         'and R3 do the same.'),
        ('rX# ip link set up dev vxlan42', r'r1# ip link set up dev vxlan42', [], ''),
        ('rX# ip addr add ADDRESS/24 dev vxlan42', r'r1# ip addr add 192\.168\.99\.1/24 dev vxlan42', [], ''),
        ('rX# ip -d link show vxlan42', r'r1# ip -d link show vxlan42',
         [Line('N: vxlan42: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1460 …',
               r'\d+: vxlan42: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 .*'),
          Line('    link/ether MAC brd ff:ff:ff:ff:ff:ff', r'    link/ether [0-9a-f:]{17} brd ff:ff:ff:ff:ff:ff.*'),
          Line('    vxlan id 42 group GROUP dev eth0 port 32768 61000 ttl 10 ageing 300',
               r'    vxlan id 42 group 239\.0\.0\.42 dev eth0 srcport 0 0 dstport 4789 ttl 10 ageing 300.*')],
         'The words are iproute2 6.1\'s: an MTU of 1450 since Linux counts all headers, source ports as '
         '``srcport``, of which 0 0 stands for the local range.'),
        ('r1# ping ADDRESS', r'r1# ping -c 3 192\.168\.99\.2',
         [Line('PING ADDRESS (ADDRESS) 56(84) bytes of data.',
               'PING ' + ADDRESS + r' \(' + ADDRESS + r'\) 56\(84\) bytes of data\.'),
          many('64 bytes from ADDRESS: icmp_req=N ttl=64 time=T ms',
               '64 bytes from ' + ADDRESS + r': icmp_seq=\d ttl=64 time=[\d.]+ ms', 3),
          Line('--- ADDRESS ping statistics ---', '--- ' + ADDRESS + ' ping statistics ---'),
          Line('3 packets transmitted, 3 received, 0% packet loss, time T ms',
               r'3 packets transmitted, 3 received, 0% packet loss, time \d+ms'),
          Line('rtt min/avg/max/mdev = T/T/T/T ms', r'rtt min/avg/max/mdev = ([\d.]+/){3}[\d.]+ ms')],
         'iputils has called it ``icmp_seq`` since 2012.'),
        ('r1# tcpdump -pni eth0', r'r1# tcpdump -c 4 -qpni eth0 udp', VXLAN_UDP,
         'tcpdump of today looks into VXLAN on port 4789, which ``-q`` forbids it.'),
        ('r1# tcpdump -pni eth0', r'r1# tcpdump -c 4 -pni eth0 udp',
         [many('', r'.*VXLAN, flags \[I\] \(0x08\), vni 42', 4)],
         'The same without ``-q``, at the first ping: the request for R2\'s address, to the group; the reply; the '
         'first ping and its reply.'),
        ('r1# ping -b BROADCAST', r'r1# ping -b -c 3 192\.168\.99\.255',
         [Line('WARNING: pinging broadcast address', 'WARNING: pinging broadcast address')], ''),
        ('r1# tcpdump -pni eth0', r'r1# tcpdump -c 2 -qpni eth0 src 192\.168\.1\.1 and dst 239\.0\.0\.42',
         [many('TIME IP VTEP.PORT > GROUP.PORT: UDP, length 106',
               UDP.replace('> ' + ADDRESS, r'> 239\.0\.0\.42') + 'UDP, length 106', 2)], ''),
        ('r1# bridge fdb show vxlan42', r'r1# bridge fdb show vxlan42',
         [many('MAC dev vxlan42 dst VTEP self', r'[0-9a-f:]{17} dev vxlan42 dst 192\.168\.[23]\.[23] self *', 2)],
         'The line of the all-zeros address, where floods go, came with later kernels.'),
    ]),
]

FIGURES = [
    ('topology', 'The lab: nine nodes, twelve networks.'),
    ('rp-election', 'C3 has been elected, and why.'),
    ('rp-tree', 'The RP tree of 239.0.0.10.'),
    ('via-rp', 'The first packet, by way of the RP: two fragments of a Register, then down the tree.'),
    ('spt', 'The way of 239.0.0.11 after the switch.'),
    ('overlay', 'What the article tells of VXLAN without a picture: who has learned whom, and where floods go.'),
]

HEAD = '''.. SPDX-License-Identifier: GPL-2.0-only
.. Written by doc/article-page.py from a run of examples/scenarios/article.yaml: `make article`.

The article, line by line
=========================

`Network virtualization with VXLAN <https://vincent.bernat.ch/en/blog/2012-multicast-vxlan>`_ (Vincent Bernat,
2012) shows what its lab of real routers prints, step by step. Here each command has the article's lines
at the left, as shapes: capitals stand for values that differ from run to run, and lines that a tool has
got since then are left empty. At the right is what ``make lab`` leaves in ``transcript.txt``. The right
column was written by the program; a test compares it with a run, and fails when the left column has a line
that the right one lacks.
'''

WIDTH = 84


class Missing(Exception):
    pass


def read_blocks(transcript):
    """Returns prompt and lines of each command of the transcript, in its order."""
    blocks = []
    prompt = re.compile(r'\[(\d[\d.]*s(?: to \d[\d.]*s)?)\] (\w+[>#] .*)')
    for line in transcript.split('\n'):
        match = prompt.fullmatch(line)
        if match:
            blocks.append((match.group(1), match.group(2), []))
        elif re.match(r'\[\d[\d.]*s\] ', line):
            blocks.append(('', '', []))  # a note
        elif blocks:
            blocks[-1][2].append(line)
    return [(time, command, strip(lines)) for time, command, lines in blocks if command]


def strip(lines):
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def find_block(blocks, pattern, wanted):
    """Returns the block whose command matches: of several, that which has most of the wanted lines."""
    found = [block for block in blocks if re.fullmatch(pattern, block[1])]
    if not found:
        raise Missing('no command matches ' + pattern)
    return max(found, key=lambda block: sum(
        1 for line in block[2] if any(each.pattern.fullmatch(line) for each in wanted)))


def wrap(line):
    """Returns a line in pieces that a page is wide enough for."""
    pieces = []
    while len(line) > WIDTH:
        cut = line.rfind(' ', 20, WIDTH)
        cut = WIDTH if cut < 0 else cut
        pieces.append(line[:cut])
        line = '        ' + line[cut:].lstrip()
    return pieces + [line.rstrip()]


def align(step, block):
    """Returns pairs of lines, the article's and the transcript's."""
    shown, _, wanted, _ = step
    time, command, lines = block
    pairs = [(shown, piece) for piece in wrap('[%s] %s' % (time, command))]
    pairs = [(left if i == 0 else '', right) for i, (left, right) in enumerate(pairs)]
    counts = [0] * len(wanted)
    for line in lines:
        left = ''
        for i, each in enumerate(wanted):
            if counts[i] < each.most and each.pattern.fullmatch(line):
                counts[i] += 1
                left = each.shown
                break
        pieces = wrap(line)
        pairs += [(left if i == 0 else '', piece) for i, piece in enumerate(pieces)]
    for count, each in zip(counts, wanted):
        if count < each.least:
            raise Missing('%s: %d of %d lines such as\n    %s' % (command, count, each.least, each.shown))
    return pairs


def print_cells(pairs):
    for bullet, side in (('   * - ', 0), ('     - ', 1)):
        print(bullet + '.. code-block:: text\n')
        for pair in pairs:
            print(('          ' + pair[side]).rstrip())
        print()


def main():
    if len(sys.argv) != 2:
        sys.exit('usage: article-page.py TRANSCRIPT')
    with open(sys.argv[1], encoding='utf-8') as transcript:
        blocks = read_blocks(transcript.read())
    print(HEAD)
    for title, steps in STEPS:
        print(title + '\n' + '-' * len(title) + '\n')
        for step in steps:
            print('.. list-table::\n   :class: beside\n   :header-rows: 1\n   :widths: 45 55\n   :width: 100%\n')
            print('   * - the article\n     - this lab')
            print_cells(align(step, find_block(blocks, step[1], step[2])))
            if step[3]:
                print(step[3] + '\n')
    print('Figures\n-------\n')
    for name, caption in FIGURES:
        print('.. figure:: figures/%s.svg\n   :width: 100%%\n\n   %s\n' % (name, caption))


if __name__ == '__main__':
    try:
        main()
    except Missing as missing:
        sys.exit('article-page.py: ' + str(missing))
