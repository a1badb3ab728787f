#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Prints the tables of doc/cross-over.rst, and what a day costs as doc/multicast-plan.rst has it.

    doc/cross-over-table.py FOLDER

FOLDER is where `make atlas` writes: small/sweep.csv, large/sweep.csv, churn-PLACEMENT/plan.json. Cells are
copies per frame of bidirectional trees; in bold the last number of VNIs per group at which these cross fewer links
than head-end replication.
"""
import csv
import json
import os
import sys

RATIOS = [1, 2, 4, 8, 16]
COLUMNS = [10, 7, 8] + [9] * len(RATIOS)
PLACEMENTS = ['uniform', 'fill-leaf']


def line(cells):
    print('  '.join(f'{cell:<{width}}' for cell, width in zip(cells, COLUMNS)).rstrip())


def rule():
    line(['=' * width for width in COLUMNS])


def copies(folder):
    """Copies per frame by placement, members, tree, ratio. Every tier's row has the same."""
    with open(os.path.join(folder, 'sweep.csv'), encoding='utf-8', newline='') as file:
        return {(row['placement'], int(row['members_per_vni']), row['tree'], int(row['ratio'])):
                float(row['copies_per_frame']) for row in csv.DictReader(file)}


def table(cost):
    rule()
    line(['placement', 'members', 'head-end'] + [f'r = {ratio}' for ratio in RATIOS])
    rule()
    for placement in PLACEMENTS:
        name = placement
        for members in sorted({key[1] for key in cost}):
            head_end = cost[placement, members, 'head-end', 1]
            trees = [cost[placement, members, 'bidir', ratio] for ratio in RATIOS]
            cells = [f'{value:.1f}' for value in trees]
            cheaper = [i for i, value in enumerate(trees) if value < head_end]
            if cheaper:
                cells[cheaper[-1]] = f'**{cells[cheaper[-1]]}**'
            line([name, str(members), f'{head_end:.1f}'] + cells)
            name = '\\'
    rule()


def day(folder, placement):
    with open(os.path.join(folder, f'churn-{placement}', 'plan.json'), encoding='utf-8') as file:
        churn = json.load(file)['churn']
    print(placement, json.dumps(churn))


def main():
    folder = sys.argv[1]
    for name, title in (('small', '16 leaves of 4 VTEPs'), ('large', '40 leaves of 30 VTEPs')):
        print(f'{title}\n')
        table(copies(os.path.join(folder, name)))
        print()
    for placement in PLACEMENTS:
        day(folder, placement)


if __name__ == '__main__':
    main()
