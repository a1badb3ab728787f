# SPDX-License-Identifier: GPL-2.0-only
project = 'vxlan-multicast'
copyright = 'the vxlan-multicast authors'
extensions = ['myst_parser']
html_theme = 'alabaster'
html_theme_options = {'page_width': '1240px', 'body_max_width': '980px', 'fixed_sidebar': True}
html_static_path = ['_static']
html_css_files = ['manual.css']
exclude_patterns = ['_build', 'classes.md'] # the latter is Doxygen's
numfig = True
