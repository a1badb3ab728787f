// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/partial-file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <stdexcept>

namespace ns3
{

PartialFile::PartialFile(const std::string& path)
    : m_path(path),
      m_partial(path + PARTIAL_SUFFIX),
      m_stream(m_partial.GetPath(), std::ios::binary | std::ios::trunc)
{
    if (!m_stream)
    {
        Fail();
    }
}

PartialFile::~PartialFile()
{
    if (!m_committed)
    {
        m_stream.close();
        std::remove(m_partial.GetPath().c_str());
    }
}

std::ostream&
PartialFile::GetStream()
{
    return m_stream;
}

void
PartialFile::Check() const
{
    if (!m_stream)
    {
        Fail();
    }
}

void
PartialFile::Close()
{
    if (m_stream.is_open())
    {
        m_stream.close();
    }
    Check();
}

void
PartialFile::Commit()
{
    Close();
    if (std::rename(m_partial.GetPath().c_str(), m_path.c_str()) != 0)
    {
        Fail();
    }
    m_committed = true;
}

void
PartialFile::Fail() const
{
    throw std::runtime_error(m_path + ": cannot be written, " + std::strerror(errno));
}

} // namespace ns3
