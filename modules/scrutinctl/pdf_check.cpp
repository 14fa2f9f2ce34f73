// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/pdf_check.hpp"

#include <fcntl.h>
#include <poll.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <set>
#include <system_error>

#include "cli/sentence.hpp"

namespace scrutinctl {

namespace {

constexpr int k_answer_fd = 3;
constexpr rlim_t k_cpu_seconds = 5, k_memory = 512UL * 1024 * 1024;
constexpr int k_patience_ms = 30'000;
constexpr int k_deepest = 200;  // nesting of arrays and dictionaries

// What the child found: its whole answer, as bytes. Each number is believed for what it is; none is an address or a length.
struct PdfFindings {
    unsigned char magic = 0, is_encrypted = 0, has_script = 0, has_action = 0, has_files = 0, has_form = 0;
    unsigned pages = 0, without_text = 0;
};
constexpr unsigned char k_magic = 0x5a;

const std::set<std::string>& actions_refused() {
    static const std::set<std::string> all{"/Launch", "/SubmitForm", "/ImportData", "/GoToR",     "/GoToE",
                                           "/Movie",  "/Sound",      "/Rendition",  "/ResetForm", "/RichMediaExecute"};
    return all;
}

void judge_entry(const std::string& key, QPDFObjectHandle value, PdfFindings& found) {
    if (key == "/JS" || key == "/JavaScript") found.has_script = 1;
    if (key == "/S" && value.isName()) {
        if (value.getName() == "/JavaScript") found.has_script = 1;
        if (actions_refused().contains(value.getName())) found.has_action = 1;
    }
    if (key == "/AA") found.has_action = 1;
    if (key == "/Subtype" && value.isName() &&
        (value.getName() == "/RichMedia" || value.getName() == "/3D" || value.getName() == "/Screen"))
        found.has_action = 1;
    if (key == "/EF" || key == "/EmbeddedFiles" || (value.isName() && value.getName() == "/EmbeddedFile")) found.has_files = 1;
    if (key == "/XFA" || (key == "/Fields" && value.isArray() && value.getArrayNItems() > 0)) found.has_form = 1;
}

// Within one object; what is referred to is an object of its own, and comes by itself.
void judge_object(QPDFObjectHandle object, PdfFindings& found, int depth) {
    if (depth > k_deepest) throw std::runtime_error("too deep");
    if (object.isStream()) object = object.getDict();
    if (object.isDictionary()) {
        for (const std::string& key : object.getKeys()) {
            QPDFObjectHandle value = object.getKey(key);
            judge_entry(key, value, found);
            if (!value.isIndirect()) judge_object(value, found, depth + 1);
        }
    } else if (object.isArray()) {
        for (int i = 0; i < object.getArrayNItems(); ++i) {
            QPDFObjectHandle value = object.getArrayItem(i);
            if (!value.isIndirect()) judge_object(value, found, depth + 1);
        }
    }
}

// Whether something writes text: operators Tj, TJ, ' and " after a string that is not empty.
class TextSeeker : public QPDFObjectHandle::ParserCallbacks {
public:
    void handleObject(QPDFObjectHandle object) override {
        if (object.isOperator()) {
            const std::string name = object.getOperatorValue();
            if (has_string_ && (name == "Tj" || name == "TJ" || name == "'" || name == "\"")) found_ = true;
            has_string_ = false;
        } else {
            note(object);
        }
    }
    void handleEOF() override {}
    bool found() const { return found_; }

private:
    void note(QPDFObjectHandle object) {
        if (object.isString() && !object.getStringValue().empty()) has_string_ = true;
        if (object.isArray())
            for (int i = 0; i < object.getArrayNItems(); ++i) {
                QPDFObjectHandle item = object.getArrayItem(i);
                if (item.isString() && !item.getStringValue().empty()) has_string_ = true;
            }
    }
    bool has_string_ = false, found_ = false;
};

bool has_text(QPDFPageObjectHelper page) {
    TextSeeker seeker;
    page.parseContents(&seeker);
    if (seeker.found()) return true;
    page.forEachFormXObject(true, [&](QPDFObjectHandle& form, QPDFObjectHandle&, const std::string&) {
        if (!seeker.found()) QPDFPageObjectHelper(form).parseContents(&seeker);
    });
    return seeker.found();
}

PdfFindings read_pdf(std::string_view bytes) {
    PdfFindings found;
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    // A broken file is mended by each reader in its own way: what is checked must be what is shown.
    pdf.setAttemptRecovery(false);
    pdf.processMemoryFile("profession", bytes.data(), bytes.size());
    found.is_encrypted = pdf.isEncrypted() ? 1 : 0;
    for (QPDFObjectHandle& object : pdf.getAllObjects()) judge_object(object, found, 0);
    judge_object(pdf.getTrailer(), found, 0);
    for (QPDFPageObjectHelper& page : QPDFPageDocumentHelper(pdf).getAllPages()) {
        ++found.pages;
        if (!has_text(page)) ++found.without_text;
    }
    found.magic = k_magic;
    return found;
}

bool limit_to(int resource, rlim_t most) {
    const rlimit limit{most, most};
    return ::setrlimit(static_cast<__rlimit_resource>(resource), &limit) == 0;
}

// From here on: memory, the answer, the end.
bool lock_in() {
    if (::prctl(PR_SET_DUMPABLE, 0) != 0 || !limit_to(RLIMIT_CORE, 0) || !limit_to(RLIMIT_CPU, k_cpu_seconds)) return false;
#ifndef __SANITIZE_ADDRESS__  // whose shadow memory is larger than any limit
    if (!limit_to(RLIMIT_DATA, k_memory)) return false;
#endif
    scmp_filter_ctx filter = ::seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (filter == nullptr) return false;
    bool good = true;
    for (const int call : {SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(brk), SCMP_SYS(mmap), SCMP_SYS(munmap), SCMP_SYS(mremap),
                           SCMP_SYS(madvise), SCMP_SYS(mprotect), SCMP_SYS(futex), SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),
                           SCMP_SYS(getrandom), SCMP_SYS(rt_sigreturn)})
        good = good && ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
    good = good && ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1,
                                      SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(k_answer_fd))) == 0;
    good = good && ::seccomp_load(filter) == 0;
    ::seccomp_release(filter);
    return good;
}

// The child's whole life. Its answer stays empty where the file cannot be read.
[[noreturn]] void answer_in_child(std::string_view pdf, int pipe_end) {
    if (pipe_end != k_answer_fd && ::dup2(pipe_end, k_answer_fd) < 0) ::_exit(1);
    // The database, the terminal, the files of the office: none stays within reach.
    if (::close_range(k_answer_fd + 1, ~0U, 0) != 0 || ::close_range(0, k_answer_fd - 1, 0) != 0 || !lock_in()) ::_exit(1);
    PdfFindings found;
    try {
        found = read_pdf(pdf);
    } catch (...) {
        ::_exit(2);
    }
    const auto written = ::write(k_answer_fd, &found, sizeof found);
    ::_exit(written == static_cast<ssize_t>(sizeof found) ? 0 : 1);
}

// Waits for its end, and ends it where it does not end by itself. False: it did not end well.
bool await_child(pid_t child, int pipe_end, PdfFindings& found) {
    std::array<unsigned char, sizeof(PdfFindings)> bytes{};
    std::size_t got = 0;
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds{k_patience_ms};
    while (got < bytes.size()) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()).count();
        pollfd one{pipe_end, POLLIN, 0};
        const int ready = left > 0 ? ::poll(&one, 1, static_cast<int>(left)) : 0;
        if (ready < 0 && errno == EINTR) continue;
        const ssize_t piece = ready > 0 ? ::read(pipe_end, bytes.data() + got, bytes.size() - got) : 0;
        if (piece <= 0) break;
        got += static_cast<std::size_t>(piece);
    }
    if (got < bytes.size()) ::kill(child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    std::memcpy(&found, bytes.data(), sizeof found);
    return got == bytes.size() && found.magic == k_magic;
}

}  // namespace

std::vector<std::string> faults_of_pdf(std::string_view pdf, unsigned most_pages) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
    const pid_t child = ::fork();
    if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (child == 0) answer_in_child(pdf, ends[1]);
    ::close(ends[1]);
    PdfFindings found;
    const bool is_read = await_child(child, ends[0], found);
    ::close(ends[0]);
    if (!is_read) return {"la profession de foi ne se lit pas comme un PDF, ou demande trop de calcul"};
    std::vector<std::string> faults;
    const auto note = [&](bool is_so, std::string sentence) {
        if (is_so) faults.push_back("profession de foi : " + std::move(sentence));
    };
    note(found.is_encrypted != 0, "elle est protégée par un mot de passe ou des droits");
    note(found.pages == 0, "elle n’a aucune page");
    note(found.pages > most_pages, cli::counted(found.pages, "page", "pages") + ", " + std::to_string(most_pages) + " au plus");
    note(found.without_text > 0,
         cli::counted(found.without_text, "page n’a", "pages n’ont") + " aucun texte (une image seule ne se lit pas à voix haute)");
    note(found.has_script != 0, "elle contient un programme (JavaScript)");
    note(found.has_action != 0, "elle ouvre, envoie ou joue autre chose (action, média)");
    note(found.has_files != 0, "elle contient des fichiers");
    note(found.has_form != 0, "elle contient un formulaire");
    return faults;
}

}  // namespace scrutinctl
