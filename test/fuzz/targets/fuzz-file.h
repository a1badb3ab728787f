// SPDX-License-Identifier: GPL-2.0-only
// Files for readers that take a file's name, in a folder in memory that goes with the program; and
// what every refusal of a file must look like.
#ifndef VXLAN_MULTICAST_FUZZ_FILE_H
#define VXLAN_MULTICAST_FUZZ_FILE_H

#include "fuzz-target.h"

#include <string>

namespace ns3
{

/** \returns the folder of this process, which is made when it is asked for first. */
const std::string& GetFuzzFolder();

/** Writes \p bytes to \p name in the folder. \returns the path */
std::string WriteFuzzFile(const std::string& name, const std::string& text);

/** \returns the bytes as text. */
std::string ToFuzzText(const FuzzBytes& bytes);

/** \throws FuzzFailure unless \p message is one line "FILE:LINE: …" with a line that \p text has */
void CheckRefusal(const std::string& message, const std::string& file, const std::string& text);

} // namespace ns3

#endif
