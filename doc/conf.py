# SPDX-License-Identifier: GPL-2.0-only
project = 'vxlan-multicast'
copyright = 'the vxlan-multicast authors'
extensions = ['myst_parser']
html_theme = 'alabaster'
exclude_patterns = ['_build']
numfig = True
