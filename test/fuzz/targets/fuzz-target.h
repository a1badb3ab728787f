// SPDX-License-Identifier: GPL-2.0-only
// What libFuzzer and the tests run: functions that take any bytes and throw FuzzFailure where a
// property does not hold (doc/fuzzing.rst). To add a target: one FuzzTarget at namespace scope in
// a file of this folder, and seeds in test/fuzz/corpus/NAME/.
#ifndef VXLAN_MULTICAST_FUZZ_TARGET_H
#define VXLAN_MULTICAST_FUZZ_TARGET_H

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace ns3
{

using FuzzBytes = std::vector<uint8_t>;

/** A property that does not hold. No std::exception, so that nobody catches it by mistake. */
struct FuzzFailure
{
    std::string what;
};

/** \throws FuzzFailure with \p what unless \p holds */
void RequireFuzz(bool holds, const std::string& what);

/** What a codec makes of bytes that it accepts. */
struct Rewritten
{
    FuzzBytes bytes;     //!< what it writes of the value that it read
    std::string shown{}; //!< the value in words
    /** Nothing in the bytes is reserved, padding or left out on reading: they are written again. */
    bool isExact{false};
};

/** Reads bytes and writes what was read; nothing if they are refused. */
using FuzzRewrite = std::function<std::optional<Rewritten>(const FuzzBytes& bytes)>;
/** Makes lengths and checksums right, which random changes hardly ever do. */
using FuzzSeal = std::function<void(FuzzBytes& bytes)>;
/** Looks into bytes. \throws FuzzFailure */
using FuzzBody = std::function<void(const FuzzBytes& bytes)>;

/** One target. It lives as long as the program, which finds it by its name. */
class FuzzTarget
{
  public:
    /**
     * \param function a FuzzRewrite: a codec, which reads again what it has written, as the same
     *        value; or a FuzzBody, which checks by itself all that there is to check
     */
    template <typename Function>
    FuzzTarget(const char* name, Function function, FuzzSeal seal = nullptr)
        : m_name(name),
          m_seal(std::move(seal))
    {
        if constexpr (std::is_void_v<std::invoke_result_t<Function, const FuzzBytes&>>)
        {
            m_body = function;
        }
        else
        {
            m_rewrite = function;
        }
        Add();
    }

    FuzzTarget(const FuzzTarget&) = delete;
    FuzzTarget& operator=(const FuzzTarget&) = delete;

    /** \throws FuzzFailure */
    void Run(const FuzzBytes& bytes) const;
    /** \returns what a codec makes of \p bytes; nothing if it refuses them, or is none. */
    std::optional<Rewritten> Rewrite(const FuzzBytes& bytes) const;

    const std::string& GetName() const
    {
        return m_name;
    }

    /** \returns all targets of the program, by name. */
    static std::vector<const FuzzTarget*> GetAll();

  private:
    void Add() const;
    bool CheckRewritten(const FuzzBytes& bytes) const;

    std::string m_name;
    FuzzRewrite m_rewrite;
    FuzzSeal m_seal;
    FuzzBody m_body;
};

} // namespace ns3

#endif
