// SPDX-License-Identifier: GPL-2.0-only
// The programs that write files, as processes: how each is started, ended, and what it leaves.
#ifndef VXLAN_MULTICAST_TEST_SURROUNDINGS_PROGRAMS_H
#define VXLAN_MULTICAST_TEST_SURROUNDINGS_PROGRAMS_H

#include "ns3/csv.h"

#include "support/lab-program.h"

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <functional>
#include <ostream>
#include <string>
#include <thread>
#include <vector>

namespace ns3
{

/** A program that writes files into --output. */
struct FileProgram
{
    std::string name;
    std::vector<std::string> brief;   //!< options of a run of a moment
    std::vector<std::string> lasting; //!< options of a run that takes longer than a test waits
    std::set<std::string> files;      //!< what a brief run leaves
    std::set<std::string> growing;    //!< files that an interrupted run may leave, whole
    /** What draws figures in a brief run: options, and the files that come with them. */
    std::vector<std::string> drawing;
};

inline std::ostream&
operator<<(std::ostream& os, const FileProgram& program)
{
    return os << program.name;
}

/** The tables of a run of vxlan-lab. */
inline std::set<std::string>
GetLabFiles()
{
    std::set<std::string> files{"transcript.txt", "summary.json"};
    for (const char* table : {"control",
                              "deliveries",
                              "drops",
                              "events",
                              "evpn",
                              "fdb",
                              "flood",
                              "flows",
                              "igmp",
                              "links",
                              "mfc",
                              "msdp",
                              "neighbors",
                              "overlay",
                              "pings",
                              "routes",
                              "rp",
                              "tib"})
    {
        files.insert(std::string(table) + ".csv");
    }
    return files;
}

/** \returns all of them. The scenarios of vxlan-lab are in \p folder. */
inline std::vector<FileProgram>
GetFilePrograms()
{
    const std::string fabric = "--topology=leaf-spine:spines=2,leaves=4,hosts=2";
    const std::string large = "--topology=clos:pods=12,leaves=48,hosts=48,spines=4,cores=4";
    const std::string scenarios = SOURCE_DIR "/test/surroundings/";
    return {
        {"vxlan-lab",
         {"--topology=rec-lab", "--scenario=" + scenarios + "brief.yaml"},
         {"--topology=rec-lab",
          "--scenario=" + scenarios + "lasting.yaml",
          "--figures",
          "--pcap=*:*",
          "--report"},
         GetLabFiles(),
         {},
         {"--figures"}},
        {"vni-group-sweep",
         {fabric, "--vnis=4", "--groups=1,4", "--members=4", "--plots=false"},
         {fabric,
          "--vnis=16",
          "--groups=1,2,4,8,16",
          "--members=2,4,8",
          "--seeds=1-50",
          "--jobs=2",
          "--plots=false"},
         {"sweep.csv", "growth.csv"},
         {"sweep.csv", "growth.csv"},
         {"--plots=true"}},
        {"multicast-state",
         {fabric, "--vnis=16", "--groups=4", "--members=4"},
         {large,
          "--tenants=3000",
          "--groups=1000000",
          "--distribution=wve",
          "--placement=fill-leaf",
          "--seed=1-20"},
         {"state.csv"},
         {},
         {}},
        {"multicast-plan",
         {fabric, "--vnis=8", "--members=4", "--groups=1,4", "--plots=false", "--seconds=20"},
         {"--topology=leaf-spine:spines=4,leaves=16,hosts=4",
          "--vnis=256",
          "--members=8",
          "--plots=false",
          "--seconds=600",
          "--effort=1000"},
         {"plan.csv", "plan.json", "front.csv"},
         {"plan.csv", "plan.json", "front.csv"},
         {"--plots=true"}},
        {"failure-study",
         {fabric, "--vnis=2", "--members=2", "--failures=spine", "--trees=spt", "--packets=false"},
         {fabric,
          "--vnis=4",
          "--members=4",
          "--failures=link,spine,rp,vtep",
          "--trees=rpt,spt",
          "--detection=ospf,carrier,bfd",
          "--jobs=2"},
         {"failures.csv"},
         {"failure-runs.csv"},
         {}},
    };
}

/** \returns those of them. */
inline std::vector<FileProgram>
GetFilePrograms(const std::set<std::string>& names)
{
    std::vector<FileProgram> programs;
    for (const FileProgram& program : GetFilePrograms())
    {
        names.count(program.name) != 0 ? programs.push_back(program) : void();
    }
    return programs;
}

/** What becomes of a process. */
struct ProcessEnd
{
    int status{-1}; //!< of exit
    int signal{0};  //!< that killed it; 0: none
    bool hung{false};
    std::string out;
    std::string err;
};

/** A process of a group of its own, with its output in files. */
class TestProcess
{
  public:
    /** \param prepare runs in the child before the program */
    TestProcess(const std::vector<std::string>& command,
                const std::function<void()>& prepare = nullptr)
        : m_process(fork())
    {
        if (m_process == 0)
        {
            setpgid(0, 0);
            Redirect(STDIN_FILENO, "/dev/null", O_RDONLY);
            Redirect(STDOUT_FILENO, m_scratch.GetPath("out"), O_WRONLY | O_CREAT);
            Redirect(STDERR_FILENO, m_scratch.GetPath("err"), O_WRONLY | O_CREAT);
            for (const int number : {SIGINT, SIGTERM, SIGHUP})
            {
                std::signal(number, SIG_DFL); // nohup, or a shell's &, may have them ignored
            }
            if (prepare)
            {
                prepare();
            }
            std::vector<char*> words;
            for (const std::string& word : command)
            {
                words.push_back(const_cast<char*>(word.c_str()));
            }
            words.push_back(nullptr);
            execv(words[0], words.data());
            _exit(127);
        }
        setpgid(m_process, m_process);
    }

    ~TestProcess()
    {
        if (m_process > 0)
        {
            kill(-m_process, SIGKILL);
            m_waited ? 0 : waitpid(m_process, nullptr, 0);
        }
    }

    TestProcess(const TestProcess&) = delete;
    TestProcess& operator=(const TestProcess&) = delete;

    pid_t GetProcess() const
    {
        return m_process;
    }

    void Signal(int number) const
    {
        kill(m_process, number);
    }

    /** \returns whether it ends within \p seconds. */
    bool EndsWithin(double seconds)
    {
        const auto patience =
            std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
        do
        {
            if (!m_waited && waitpid(m_process, &m_status, WNOHANG) == m_process)
            {
                m_waited = true;
            }
            m_waited ? void() : std::this_thread::sleep_for(std::chrono::milliseconds(2));
        } while (!m_waited && std::chrono::steady_clock::now() < patience);
        return m_waited;
    }

    /** Waits for the end; what hangs is killed. */
    ProcessEnd Wait(double seconds = 60)
    {
        ProcessEnd end;
        end.hung = !EndsWithin(seconds);
        if (end.hung)
        {
            kill(-m_process, SIGKILL);
            waitpid(m_process, &m_status, 0);
            m_waited = true;
        }
        end.status = WIFEXITED(m_status) ? WEXITSTATUS(m_status) : -1;
        end.signal = WIFSIGNALED(m_status) ? WTERMSIG(m_status) : 0;
        end.out = ReadText(m_scratch.GetPath("out"));
        end.err = ReadText(m_scratch.GetPath("err"));
        return end;
    }

    /** \returns whether soon no process of its group is left. */
    bool IsGroupGone() const
    {
        const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (kill(-m_process, 0) == 0 && std::chrono::steady_clock::now() < patience)
        {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        return kill(-m_process, 0) != 0;
    }

  private:
    static void Redirect(int file, const std::string& path, int flags)
    {
        const int opened = open(path.c_str(), flags, 0600);
        dup2(opened, file);
        close(opened);
    }

    ScratchFolder m_scratch;
    pid_t m_process;
    int m_status{0};
    bool m_waited{false};
};

/** In a child: 2 GB at most, except where a sanitizer's shadow takes more. */
inline void
LimitMemory()
{
#ifndef __SANITIZE_ADDRESS__
    const rlimit limit{rlim_t(2) << 30, rlim_t(2) << 30};
    setrlimit(RLIMIT_AS, &limit);
#endif
}

/** \returns a command line of \p program. */
inline std::vector<std::string>
MakeCommand(const FileProgram& program,
            const std::vector<std::string>& options,
            const std::string& output,
            const std::vector<std::string>& more = {})
{
    std::vector<std::string> command{BIN_DIR "/" + program.name, "--output=" + output};
    command.insert(command.end(), options.begin(), options.end());
    command.insert(command.end(), more.begin(), more.end());
    return command;
}

/** \returns the files in \p folder, in its folders too; none if it is not there. */
inline std::set<std::string>
ListFiles(const std::string& folder)
{
    std::set<std::string> files;
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator it(folder, error), end; !error && it != end;
         it.increment(error))
    {
        if (!it->is_directory())
        {
            files.insert(it->path().lexically_relative(folder).string());
        }
    }
    return files;
}

/** \returns whether a name is that of a file that is not whole, or in a folder of such. */
inline bool
IsPartial(const std::string& file)
{
    return file.find(".partial") != std::string::npos;
}

/** \returns what is wrong with a file that should be whole; empty if nothing is. */
inline std::string
FindTear(const std::string& path)
{
    const std::string text = ReadText(path);
    const std::string kind = std::filesystem::path(path).extension();
    const auto endsIn = [&text](const std::string& end) {
        return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
    };
    if (kind == ".csv")
    {
        const CsvRows rows = ParseCsv(text);
        const bool even =
            !rows.empty() && std::all_of(rows.begin(), rows.end(), [&rows](const auto& row) {
                return row.size() == rows.front().size();
            });
        return endsIn("\n") && even ? "" : path + ": rows of different length, or a torn one";
    }
    if (kind == ".json")
    {
        return nlohmann::json::accept(text) ? "" : path + ": no JSON";
    }
    if (kind == ".svg")
    {
        return endsIn("</svg>\n") || endsIn("</svg>\n\n") ? "" : path + ": no end of SVG";
    }
    if (kind == ".html")
    {
        return text.find("</html>") != std::string::npos ? "" : path + ": no end of HTML";
    }
    if (kind == ".png")
    {
        return text.size() > 12 && text.substr(text.size() - 8, 4) == "IEND" ? ""
                                                                             : path + ": no IEND";
    }
    if (kind == ".pcap")
    {
        constexpr std::size_t FILE_HEADER = 24;
        constexpr std::size_t RECORD_HEADER = 16;
        std::size_t at = FILE_HEADER;
        while (at + RECORD_HEADER <= text.size())
        {
            uint32_t length;
            text.copy(reinterpret_cast<char*>(&length), sizeof length, at + 8);
            at += RECORD_HEADER + length;
        }
        return at == text.size() ? "" : path + ": a torn packet";
    }
    return "";
}

/** Expects that what a run left in \p folder is whole, and nothing is partial. */
inline void
ExpectWhole(const std::string& folder)
{
    for (const std::string& file : ListFiles(folder))
    {
        EXPECT_FALSE(IsPartial(file)) << file;
        EXPECT_EQ(FindTear(folder + "/" + file), "");
    }
}

/** Expects \p text to be one line that begins with \p beginning. */
inline void
ExpectOneLine(const std::string& text, const std::string& beginning)
{
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1) << text;
    EXPECT_EQ(text.rfind(beginning, 0), 0u) << text;
}

/** The programs, one test each. */
class Surroundings : public ::testing::TestWithParam<FileProgram>
{
  protected:
    std::string GetOutput() const
    {
        return m_scratch.GetPath("out");
    }

    /** Runs the brief run to its end. */
    ProcessEnd RunBrief(const std::vector<std::string>& more = {},
                        const std::function<void()>& prepare = nullptr) const
    {
        return TestProcess(MakeCommand(GetParam(), GetParam().brief, GetOutput(), more), prepare)
            .Wait();
    }

    /** Expects an ordinary run to work in the folder, and to leave its files and no others. */
    void ExpectNextRunWorks() const
    {
        const ProcessEnd end = RunBrief();
        EXPECT_EQ(end.status, 0) << end.err;
        EXPECT_EQ(ListFiles(GetOutput()), GetParam().files);
        ExpectWhole(GetOutput());
    }

    ScratchFolder m_scratch;
};

/** \returns the name of a test of one program. */
inline std::string
NameProgram(const ::testing::TestParamInfo<FileProgram>& info)
{
    std::string name = info.param.name;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

} // namespace ns3

#endif
