// SPDX-License-Identifier: GPL-2.0-only
// libFuzzer's entry into the targets of one program. Options with two dashes are ours: --target=NAME
// chooses one, --targets lists them.
#include "targets/fuzz-target.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace ns3;

namespace
{

const FuzzTarget* g_target = nullptr;

} // namespace

extern "C" int
LLVMFuzzerInitialize(int* argc, char*** argv)
{
    std::string name;
    for (int i = 1; i < *argc; ++i)
    {
        const std::string argument = (*argv)[i];
        if (argument == "--targets")
        {
            for (const FuzzTarget* target : FuzzTarget::GetAll())
            {
                std::puts(target->GetName().c_str());
            }
            std::exit(0);
        }
        if (argument.compare(0, 9, "--target=") == 0)
        {
            name = argument.substr(9);
        }
    }
    for (const FuzzTarget* target : FuzzTarget::GetAll())
    {
        if (target->GetName() == name)
        {
            g_target = target;
            return 0;
        }
    }
    std::fprintf(stderr, "no target '%s', expected one that --targets lists\n", name.c_str());
    std::exit(2);
}

extern "C" int
LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    try
    {
        g_target->Run(FuzzBytes(data, data + size));
    }
    catch (const FuzzFailure& failure)
    {
        std::fprintf(stderr, "does not hold: %s\n", failure.what.c_str());
        std::abort();
    }
    return 0;
}
