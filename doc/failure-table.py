#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Prints the failure study's tables as doc/study.md has them.

    doc/failure-table.py FOLDER TITLE [FOLDER TITLE]...

FOLDER holds failures.csv of failure-study; TITLE is what the table calls its fabric. A cell is "least / median /
most", or one number where all are equal. Kinds that have the same rows share one: a spine that is an RP.
"""
import csv
import os
import sys

DETECTIONS = ['carrier', 'bfd', 'ospf']


def number(text):
    value = float(text)
    return f'{value:,.0f}' if value == int(value) else f'{value:,.1f}'


def seconds(text):
    """Silences: milliseconds up to 10 s, then seconds."""
    value = float(text)
    return f'{value:,.0f}' if value < 10000 else f'{value / 1000:,.1f}s'


def spread(row, name, show):
    cells = [show(row[f'{name}_{which}']) for which in ('min', 'median', 'max')]
    return cells[0] if len(set(cells)) == 1 else ' / '.join(cells)


def same(rows, name):
    cells = [number(rows[d][name]) for d in DETECTIONS]
    return cells[0] if len(set(cells)) == 1 else ' / '.join(cells)


def entries(rows):
    measured = same(rows, 'entries_changed')
    predicted = same(rows, 'predicted_entries_changed')
    return measured if measured == predicted else f'{measured} ({predicted})'


def main():
    print('| fabric | fails | tree, RP | silence, ms: carrier | BFD | OSPF | frames lost: carrier | BFD | OSPF '
          '| messages | entries | groups |')
    print('| --- ' * 12 + '|')
    for folder, title in zip(sys.argv[1::2], sys.argv[2::2]):
        table = {}
        with open(os.path.join(folder, 'failures.csv'), newline='') as file:
            for row in csv.DictReader(file):
                table.setdefault((row['kind'], row['tree'], row['rp']), {})[row['detection']] = row
        lines = {}
        for (kind, tree, rp), rows in table.items():
            cells = [f'`{tree}`, {rp}' if rp else f'`{tree}`']
            cells += [spread(rows[d], 'ms', seconds) for d in DETECTIONS]
            cells += [spread(rows[d], 'lost', number) for d in DETECTIONS]
            cells += [same(rows, 'control_messages'), entries(rows), same(rows, 'groups_touched')]
            lines.setdefault(tuple(cells), []).append(kind)
        kinds = list(dict.fromkeys(kind for kind, tree, rp in table))
        for cells, of in sorted(lines.items(), key=lambda line: kinds.index(line[1][0])):
            print(f'| {title} | {", ".join(of)} | ' + ' | '.join(cells) + ' |')
            title = ''


main()
