#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Prints what a longer search finds: a table of doc/multicast-plan.rst.

    doc/plan-seeds-table.py FOLDER

FOLDER is where `make plan-seeds` writes: PLACEMENT-GROUPS-SEED/front.csv, seed 0 the default. Values are wasted
deliveries per frame.
"""
import csv
import os
import sys

WIDTHS = [9, 6, 7, 13, 5, 11]


def line(cells):
    print('  '.join(f'{cell:<{width}}' for cell, width in zip(cells, WIDTHS)).rstrip())


def waste(path, groups):
    """The waste of the plan with so many groups, None if there is none."""
    with open(path, encoding='utf-8', newline='') as file:
        for row in csv.DictReader(file):
            if row['mapping'] == 'plan' and int(row['groups']) == groups:
                return float(row['waste_per_frame'])
    return None


def main(folder):
    found = {}
    for name in os.listdir(folder):
        path = os.path.join(folder, name, 'front.csv')
        placement, groups, seed = name.rsplit('-', 2)
        value = waste(path, int(groups)) if os.path.exists(path) else None
        if value is not None:
            found.setdefault((placement, int(groups)), {})[int(seed)] = value
    line(['=' * width for width in WIDTHS])
    line(['placement', 'groups', 'default', 'best of seeds', 'seeds', 'improvement'])
    line(['=' * width for width in WIDTHS])
    for (placement, groups), values in sorted(found.items(), key=lambda item: (item[0][0] != 'uniform', item[0][1])):
        longer = [value for seed, value in values.items() if seed > 0]
        if 0 not in values or not longer:
            continue
        default, best = values[0], min(longer)
        gain = 0 if default <= 0 else 100 * (default - best) / default
        line([placement, str(groups), f'{default:.2f}', f'{best:.2f}', str(len(longer)), f'{gain:.1f} %'])
    line(['=' * width for width in WIDTHS])


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
