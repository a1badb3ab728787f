# SPDX-License-Identifier: GPL-2.0-only
# Two uses of this file:
#  * a module of a waf-based ns-3 (3.35 and before) in src/ or contrib/: ns-3's own wscript, which has
#    put create_ns3_module on the context, recurses into build();
#  * a project of its own, against an installed ns-3: waf configure build check. That builds the library,
#    the programs and the test suite that an ns-3 tree has, and runs the latter and the article's lab;
#    with --enable-tests, as in ns-3, all tests. CXXFLAGS=-O0 compiles in half the time.
# Sources are found by the same patterns as in CMakeLists.txt.
import os

APPNAME = 'vxlan-multicast'
VERSION = '0.1'
top = '.'
out = 'build-waf'

NS3_MODULES = ('core network internet csma point-to-point bridge applications traffic-control '
               'virtual-net-device').split()
LIBRARIES = ['yaml-cpp', 'expat', 'nettle', 'boost_iostreams', 'boost_system', 'boost_filesystem',
             'pthread']
SOURCES = ['model/*/*.cc', 'helper/*.cc', 'helper/*/*.cc', 'helper/*/*/*.cc']
HEADERS = ['model/*/*.h', 'helper/*.h', 'helper/*/*.h', 'helper/*/*/*.h']


def _write(node, text):
    """writes a file unless it holds that text, so that nothing is rebuilt for it"""
    if not node.exists() or node.read() != text:
        node.write(text)


def _unity(bld, sources, count=24):
    """what CMakeLists.txt does: so many files of a folder in one translation unit"""
    folders, units = {}, []
    for source in sources:
        folders.setdefault(source.parent.srcpath(), []).append(source)
    for folder, files in folders.items():
        for i in range(0, len(files), count):
            name = '%s_%d.cc' % (folder.replace('/', '_'), i // count)
            unit = bld.path.get_bld().make_node('unity/' + name)
            unit.parent.mkdir()
            _write(unit, ''.join('#include "%s"\n' % s.path_from(unit.parent)
                                 for s in files[i:i + count]))
            units.append(unit)
    return units


def _in_tree(ctx):
    # Context.g_module is the top wscript: ns-3's when we are a module, this file when stand-alone.
    from waflib import Context
    return os.path.dirname(Context.g_module.root_path) != ctx.path.abspath()


def options(opt):
    if _in_tree(opt):
        return
    opt.load('compiler_cxx')
    opt.add_option('--cxx-standard', default='c++17')
    opt.add_option('--enable-tests', action='store_true', default=False, help='all tests')
    opt.add_option('--werror', action='store_true', default=False, help='warnings are errors')


def configure(conf):
    if _in_tree(conf):
        return
    conf.load('compiler_cxx')
    # NS3_LOG_ENABLE: Debian builds with it, and ns-3's udp-client.h has a member that depends on it.
    # In front of those of the environment, which are to win.
    conf.env.prepend_value('CXXFLAGS', ['-std=' + conf.options.cxx_standard, '-O2', '-fPIC', '-Wall',
                                        '-Wextra', '-Wpedantic', '-Wshadow', '-DNS3_LOG_ENABLE'])
    conf.env.ALL_TESTS = conf.options.enable_tests
    if conf.env.CXX_NAME == 'gcc':
        # CMakeLists.txt, vxm_unity_options, has the reasons.
        conf.env.append_value('CXXFLAGS', ['-Wno-subobject-linkage', '--param',
                                           'ggc-min-heapsize=1000000'])
    if conf.options.werror:
        conf.env.append_value('CXXFLAGS', '-Werror')
    # Debian's .pc files carry "-I/usr;" and a libgsl.so that need not be there: ask for places only.
    conf.find_program('pkg-config', var='PKGCONFIG')

    def ask(*what):
        return conf.cmd_and_log(conf.env.PKGCONFIG + list(what) + ['ns3-core']).strip().strip('"')

    conf.msg('ns-3 version', ask('--modversion'))
    if ask('--variable=includedir') != '/usr/include':
        conf.env.append_value('INCLUDES_NS3', [ask('--variable=includedir')])
    conf.env.append_value('LIBPATH_NS3', [ask('--variable=libdir')])
    conf.env.append_value('LIB_NS3', ['ns3-' + m for m in NS3_MODULES])
    conf.check_cxx(fragment='#include <ns3/node.h>\nint main(){ns3::Ptr<ns3::Node> n; return 0;}\n',
                   use='NS3', msg='Checking that ns-3 links')
    conf.check_cxx(header_name='boost/graph/adjacency_list.hpp')
    conf.check_cxx(header_name='nlohmann/json.hpp')
    for library in LIBRARIES:
        conf.check_cxx(lib=library, uselib_store='THIRD')
    # Debian keeps lp_solve's shared library in a folder of its own.
    conf.check_cxx(lib='lpsolve55', uselib_store='THIRD', libpath=['/usr/lib/lp_solve'],
                   rpath=['/usr/lib/lp_solve'])
    conf.check_cxx(lib=['gtest', 'pthread'], header_name='gtest/gtest.h', uselib_store='GTEST',
                   mandatory=conf.options.enable_tests)
    if conf.env.LIB_GTEST:
        # What is tested has its assertions; a plain build has none, as in ns-3's optimized profile.
        conf.env.append_value('CXXFLAGS', '-DNS3_ASSERT_ENABLE')
    conf.check_cxx(lib='rapidcheck', header_name='rapidcheck.h', uselib_store='RAPIDCHECK',
                   mandatory=False)


def build(bld):
    if hasattr(bld, 'create_ns3_module'):
        _build_in_tree(bld)
        return
    # <ns3/NAME.h> must resolve out of tree too: forward headers in the build folder.
    include = bld.path.get_bld().make_node('include/ns3')
    include.mkdir()
    for header in bld.path.ant_glob(HEADERS):
        _write(include.make_node(header.name), '#include "%s"\n' % header.path_from(include))
    bld.stlib(target='vxlan-multicast', source=_unity(bld, bld.path.ant_glob(SOURCES)),
              use='NS3 THIRD', includes=[include.parent], export_includes=[include.parent])
    for program in bld.path.ant_glob('examples/*.cc'):
        bld.program(target='bin/' + program.name[:-3], source=[program],
                    use='vxlan-multicast NS3 THIRD')
    if not bld.env.LIB_GTEST:
        return
    # What CMakeLists.txt does with the same file.
    paths = bld.path.find_node('test/support/paths.h.in').read()
    paths = paths.replace('@CMAKE_CURRENT_SOURCE_DIR@', bld.path.abspath())
    paths = paths.replace('@CMAKE_RUNTIME_OUTPUT_DIRECTORY@',
                          bld.path.get_bld().make_node('bin').abspath())
    support = bld.path.get_bld().make_node('test-paths/support')
    support.mkdir()
    _write(support.make_node('paths.h'), paths)
    # test/<folder>/*.cc is one program, test-<folder>.
    for folder in bld.path.ant_glob('test/*', dir=True, src=False):
        sources = folder.ant_glob('*.cc')
        if folder.name == 'property' and not bld.env.LIB_RAPIDCHECK:
            continue
        if folder.name != 'ns-3' and not bld.env.ALL_TESTS:
            continue
        if sources and folder.name not in ('benchmark', 'install'): # CMake installs
            bld.program(target='bin/test-' + folder.name, source=_unity(bld, sources, 32),
                        use='vxlan-multicast NS3 THIRD RAPIDCHECK GTEST', lib=['gtest_main'],
                        includes=['test', support.parent])


def check(ctx):
    """runs the tests (after build)"""
    import subprocess
    from waflib.ConfigSet import ConfigSet
    here = ctx.path.abspath()
    bin = os.path.join(here, out, 'bin')
    # Not by what is there: an earlier build with --enable-tests may have left its tests.
    env = ConfigSet(os.path.join(here, out, 'c4che', '_cache.py'))
    if env.ALL_TESTS:
        commands = [[os.path.join(here, 'test/run-tests.sh'), bin]]
    else:
        commands = [[os.path.join(bin, 'vxlan-lab'),
                     '--topology=%s/topologies/rec-lab.graphml' % here,
                     '--scenario=%s/examples/scenarios/article.yaml' % here,
                     '--output=%s/%s/article' % (here, out)]]
        if env.LIB_GTEST:
            commands.append([os.path.join(bin, 'test-ns-3')])
    for command in commands:
        if subprocess.call(command):
            ctx.fatal('%s failed' % command[0])


def _build_in_tree(bld):
    module = bld.create_ns3_module('vxlan-multicast', NS3_MODULES)
    module.source = [n.path_from(bld.path) for n in bld.path.ant_glob(SOURCES)]
    module.env.append_value('LIB', LIBRARIES + ['lpsolve55'])
    # Debian keeps lp_solve's shared library in a folder of its own.
    for place in ('LIBPATH', 'RPATH'):
        module.env.append_value(place, ['/usr/lib/lp_solve'])
    tests = bld.create_ns3_module_test_library('vxlan-multicast')
    tests.source = ['test/ns-3/vxlan-multicast-test-suite.cc']
    headers = bld(features='ns3header')
    headers.module = 'vxlan-multicast'
    headers.source = [n.path_from(bld.path) for n in bld.path.ant_glob(HEADERS)]
    if bld.env.ENABLE_EXAMPLES:
        bld.recurse('examples')
