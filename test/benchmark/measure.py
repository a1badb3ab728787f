#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""What size costs: user CPU seconds and peak memory of vxlan-lab, row by row.

measure.py compare --old=BIN --new=BIN [--rows=NAME,...] [--times=5] [--output=FILE.json]
    Two programs by turns, which a busy machine treats alike: medians, spreads, ratios.
measure.py growth --new=BIN [--rows=NAME,...] [--times=1] --output=DIRECTORY
    Every size of each row, and the exponent of a straight line through the logarithms: DIRECTORY
    gets growth.csv, which grows by what is measured again, and growth.svg.
"""
import argparse
import csv
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
REC_LAB = os.path.join(HERE, '../../topologies/rec-lab.graphml')
CLOS = 'clos:pods=12,leaves=%d,hosts=%d,spines=4,cores=4'


def write_ospf(_, file):
    file.write('duration: 120s\n')


def write_unpaced_ospf(_, file):
    file.write('duration: 120s\ndefaults: {ns3::OspfRouting::FloodPacing: 0s}\n')


def write_lab(groups, file):
    file.write('duration: 800s\nevents:\n')
    for i in range(groups):
        for host in ('r2', 'r3'):
            file.write('  - {at: %.4fs, join: {node: %s, group: 239.%d.%d.%d}}\n' %
                       (5 + 15 * i / groups, host, 1 + i // 65536, i // 256 % 256, i % 256))


def write_fabric(vteps, groups, packets=0, together=False):
    def write(size, file):
        count = groups or size
        subprocess.run([sys.executable, os.path.join(HERE, 'fabric-scenario.py'),
                        '--vteps=%d' % (vteps or size), '--groups=%d' % count,
                        '--packets=%d' % packets, '--scenario=' + file.name] +
                       ['--together'] * together, check=True)
    return write


# name: (what grows, topology of a size, sizes, writer of the scenario, the size to compare at)
ROWS = {
    'ospf': ('routers', lambda n: 'grid:rows=%d,columns=%d' % (n ** 0.5, n ** 0.5),
             (64, 144, 256, 576, 1024, 2304), write_ospf, 256),
    'ospf-unpaced': ('routers', lambda n: 'grid:rows=%d,columns=%d' % (n ** 0.5, n ** 0.5),
                      (64, 144, 256, 576, 1024, 2304), write_unpaced_ospf, 256),
    'lab-groups': ('groups', lambda n: REC_LAB, (100, 1000, 10000), write_lab, 10000),
    'fabric-groups': ('groups', lambda n: 'leaf-spine:spines=8,leaves=32,hosts=32',
                      (1000, 4000, 10000), write_fabric(1024, 0), 1000),
    'fabric-together': ('groups', lambda n: 'leaf-spine:spines=8,leaves=32,hosts=32',
                        (1000, 10000, 100000), write_fabric(1024, 0, together=True), 1000),
    'vteps': ('VTEPs', lambda n: CLOS % {576: (12, 4), 2304: (24, 8), 6912: (24, 24),
                                         27648: (48, 48)}[n],
              (576, 2304, 6912, 27648), write_fabric(0, 100, 10), 576),
}


def run(program, row, size):
    """Returns (user CPU seconds, peak memory in MB, wall seconds)."""
    _, topology, _, write, _ = ROWS[row]
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, 'scenario.yaml'), 'w') as file:
            write(size, file)
        arguments = [program, '--topology=' + topology(size),
                     '--scenario=' + os.path.join(folder, 'scenario.yaml'),
                     '--output=' + os.path.join(folder, 'out')]
        start = os.times().elapsed
        child = subprocess.Popen(arguments, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        if status != 0:
            sys.exit('failed: ' + ' '.join(arguments))
        return usage.ru_utime, usage.ru_maxrss / 1024, os.times().elapsed - start


def compare(options):
    result = {'machine': platform.node() + ' ' + platform.machine(), 'rows': []}
    print('%-14s %9s %9s %6s %9s %9s %6s' % ('row', 'old s', 'new s', 'ratio', 'old MB', 'new MB',
                                              'ratio'))
    for row in options.rows:
        size = ROWS[row][4]
        old, new = [], []
        for _ in range(options.times):
            old.append(run(options.old, row, size))
            new.append(run(options.new, row, size))
        values = {'row': row, 'size': size}
        for i, unit in enumerate(('s', 'mb')):
            for name, runs in (('old', old), ('new', new)):
                values[name + '_' + unit] = statistics.median(r[i] for r in runs)
                values[name + '_' + unit + '_spread'] = max(r[i] for r in runs) - min(
                    r[i] for r in runs)
            values['ratio_' + unit] = values['new_' + unit] / values['old_' + unit]
        result['rows'].append(values)
        print('%-14s %9.2f %9.2f %6.2f %9.1f %9.1f %6.2f' % (
            row + '@' + str(size), values['old_s'], values['new_s'], values['ratio_s'],
            values['old_mb'], values['new_mb'], values['ratio_mb']), flush=True)
    if options.output:
        with open(options.output, 'w') as file:
            json.dump(result, file, indent=2)


def fit(points):
    """Returns the exponent of y = c * x ** e, by least squares of the logarithms."""
    xs = [math.log(x) for x, _ in points]
    ys = [math.log(max(y, 1e-3)) for _, y in points]
    mean_x, mean_y = statistics.mean(xs), statistics.mean(ys)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys)) / sum(
        (x - mean_x) ** 2 for x in xs)


def read_growth(path):
    if not os.path.exists(path):
        return {}
    with open(path) as file:
        return {(r['row'], int(r['size'])): (float(r['user_s']), float(r['peak_mb']),
                                             float(r['wall_s'])) for r in csv.DictReader(file)}


def growth(options):
    os.makedirs(options.output, exist_ok=True)
    path = os.path.join(options.output, 'growth.csv')
    values = read_growth(path)
    for row in options.rows:
        for size in options.sizes or ROWS[row][2]:
            runs = [run(options.new, row, size) for _ in range(options.times)]
            values[row, size] = tuple(statistics.median(r[i] for r in runs) for i in range(3))
            print(row, size, '%.2f s %.1f MB %.1f s wall' % values[row, size], flush=True)
            with open(path, 'w') as file:
                file.write('row,size,user_s,peak_mb,wall_s\n')
                for (name, n), (user, peak, wall) in sorted(values.items()):
                    file.write('%s,%d,%.2f,%.1f,%.1f\n' % (name, n, user, peak, wall))
    draw(options.output, values)


def draw(folder, values):
    rows = [row for row in ROWS if len([1 for name, _ in values if name == row]) > 1]
    script = ['set terminal svg size 760,%d font "sans,11"' % (260 * len(rows)),
              'set multiplot layout %d,2' % len(rows), 'set logscale xy', 'set grid', 'unset key']
    for row in rows:
        for unit, column in (('user CPU s', 0), ('peak MB', 1)):
            points = sorted((n, max(v[column], 0.01)) for (name, n), v in values.items()
                            if name == row)
            exponent = fit(points[-3:])
            print('%-14s %-10s exponent of the last three sizes %.2f' % (row, unit, exponent))
            script += ['set xlabel "%s"' % ROWS[row][0],
                       'set title "%s: %s, exponent %.2f"' % (row, unit, exponent),
                       'plot "-" with linespoints pt 7 lc "black"']
            script += ['%g %g' % point for point in points] + ['e']
    svg = subprocess.run(['gnuplot'], input='\n'.join(script), text=True, check=True,
                         stdout=subprocess.PIPE).stdout
    with open(os.path.join(folder, 'growth.svg'), 'w') as file:
        file.write(svg.replace('?>\n', '?>\n<!-- SPDX-License-Identifier: GPL-2.0-only -->\n', 1))


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('mode', choices=('compare', 'growth', 'draw'))
    parser.add_argument('--old')
    parser.add_argument('--new')
    parser.add_argument('--rows', type=lambda text: text.split(','), default=list(ROWS))
    parser.add_argument('--sizes', type=lambda text: [int(n) for n in text.split(',')])
    parser.add_argument('--times', type=int)
    parser.add_argument('--output')
    options = parser.parse_args()
    if options.mode == 'draw':
        draw(options.output, read_growth(os.path.join(options.output, 'growth.csv')))
        return
    options.times = options.times or (5 if options.mode == 'compare' else 1)
    compare(options) if options.mode == 'compare' else growth(options)


if __name__ == '__main__':
    main()
