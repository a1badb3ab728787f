#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Writes the scenarios of the growth rows in doc/performance.md.

fabric-scenario.py --vteps=N --groups=G [--members=16] [--packets=0] [--seed=1] [--duration=100]
                   [--together] [--scenario=FILE] [--list=FILE]

FILE of --scenario is for vxlan-lab: VTEPs vtep0 ... join between 5 s and 20 s, with --together those of
a group at once and in one line, and the first of each group sends its packets from 40 s on, one a
second. FILE of --list says the same to stock-clos: a
line for each group, its address and the numbers of its VTEPs.
"""
import argparse
import random


def main():
    parser = argparse.ArgumentParser()
    for name, default in (('vteps', 0), ('groups', 0), ('members', 16), ('packets', 0), ('seed', 1),
                          ('duration', 100)):
        parser.add_argument('--' + name, type=int, default=default)
    parser.add_argument('--together', action='store_true')
    parser.add_argument('--scenario', default='/dev/stdout')
    parser.add_argument('--list', default='/dev/null')
    options = parser.parse_args()
    draw = random.Random(options.seed)
    groups = [('239.%d.%d.%d' % (1 + i // 65536, i // 256 % 256, i % 256),
               draw.sample(range(options.vteps), options.members)) for i in range(options.groups)]
    with open(options.scenario, 'w') as scenario, open(options.list, 'w') as plain:
        scenario.write('duration: %ds\nunderlay: static\n' % options.duration)
        scenario.write('events:\n' if groups else '')
        for group, members in groups:
            plain.write(group + ' ' + ' '.join(map(str, members)) + '\n')
            if options.together:
                scenario.write('  - {at: %.6fs, join: {nodes: [%s], group: %s}}\n' % (
                    draw.uniform(5, 20), ', '.join('vtep%d' % vtep for vtep in members), group))
            for vtep in [] if options.together else members:
                scenario.write('  - {at: %.6fs, join: {node: vtep%d, group: %s}}\n' %
                               (draw.uniform(5, 20), vtep, group))
        for i, (group, members) in enumerate(groups if options.packets else []):
            scenario.write('  - {at: %.6fs, send: {node: vtep%d, group: %s, interval: 1s, size: 100, '
                           'ttl: 16, packets: %d, name: f%d}}\n' %
                           (40 + i / len(groups), members[0], group, options.packets, i))


if __name__ == '__main__':
    main()
