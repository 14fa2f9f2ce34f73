// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/passphrase.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <set>

#include "cli/sentence.hpp"
#include "util/text.hpp"

namespace cli {

namespace {

constexpr std::size_t k_most_passphrase = 1024;  // bytes

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number() const { return number_; }

private:
    int number_;
};

volatile std::sig_atomic_t interrupted = 0;
void note_interruption(int) { interrupted = 1; }

// What a keyboard or a closed window sends to end or to suspend a program.
constexpr std::array k_interruptions{SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};

// Echo off, and on again whatever happens: an interrupt ends the reading, not the program with a silent terminal.
class SilentTerminal {
public:
    explicit SilentTerminal(int terminal) : terminal_(terminal) {
        interrupted = 0;
        struct sigaction action = {};
        action.sa_handler = note_interruption;
        for (std::size_t i = 0; i < old_actions_.size(); ++i) ::sigaction(k_interruptions[i], &action, &old_actions_[i]);
        ::tcgetattr(terminal_, &old_);
        termios silent = old_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(terminal_, TCSAFLUSH, &silent);
    }
    ~SilentTerminal() {
        ::tcsetattr(terminal_, TCSAFLUSH, &old_);
        for (std::size_t i = 0; i < old_actions_.size(); ++i) ::sigaction(k_interruptions[i], &old_actions_[i], nullptr);
    }
    SilentTerminal(const SilentTerminal&) = delete;
    SilentTerminal& operator=(const SilentTerminal&) = delete;

private:
    int terminal_;
    termios old_ = {};
    std::array<struct sigaction, k_interruptions.size()> old_actions_ = {};
};

void write_words(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written <= 0) return;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

// The first line, without its end. Nothing when interrupted, unreadable or too long.
std::optional<util::SecretText> read_line(int descriptor) {
    char buffer[k_most_passphrase + 1];
    std::size_t length = 0;
    bool whole = false, failed = false;
    while (!whole && !failed && length < sizeof buffer) {
        const ssize_t got = ::read(descriptor, buffer + length, 1);
        if (got < 0 && errno == EINTR && interrupted == 0) continue;
        if (got < 0) failed = true;
        else if (got == 0 || buffer[length] == '\n') whole = true;
        else ++length;
    }
    if (length > 0 && buffer[length - 1] == '\r') --length;
    std::optional<util::SecretText> line;
    if (whole) line.emplace(std::string(buffer, length));
    sodium_memzero(buffer, sizeof buffer);
    return line;
}

util::Result<util::SecretText> read_passphrase_file(const std::string& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat about = {};
    if (file.number() < 0 || ::fstat(file.number(), &about) != 0)
        return bad_input("le fichier de la phrase de passe ne peut pas être lu : " + path);
    if (S_ISREG(about.st_mode) && (about.st_mode & 077) != 0)
        return bad_input("le fichier de la phrase de passe peut être lu par d’autres que vous (chmod 600 " + path + ")");
    auto line = read_line(file.number());
    if (!line) return bad_input("la phrase de passe de " + path + " ne peut pas être lue ou dépasse 1 024 octets");
    return std::move(*line);
}

util::Result<util::SecretText> ask_terminal(const Descriptor& terminal, std::string_view question) {
    const SilentTerminal silent(terminal.number());  // before the question: who sees it may type at once
    write_words(terminal.number(), std::string(question) + " (rien ne s’affiche pendant la frappe) : ");
    auto line = read_line(terminal.number());
    write_words(terminal.number(), "\n");
    if (!line) return refused("saisie interrompue ; rien n’est changé");
    return std::move(*line);
}

util::Failure no_terminal(std::string_view option) {
    return bad_input("il n’y a pas de clavier pour demander la phrase de passe : donnez " + std::string(option) + " FICHIER");
}

}  // namespace

std::string passphrase_fault(std::string_view passphrase) {
    if (!util::is_utf8(passphrase)) return "la phrase de passe n’est pas un texte UTF-8";
    if (util::trim(passphrase) != passphrase) return "la phrase de passe commence ou finit par une espace : on l’oublierait";
    if (util::count_code_points(passphrase) < k_least_passphrase)
        return "la phrase de passe est trop courte : " + std::to_string(k_least_passphrase) + " caractères au moins";
    const std::string folded = util::fold(passphrase);
    if (std::set<char>(folded.begin(), folded.end()).size() < 8)
        return "la phrase de passe répète trop les mêmes caractères : prenez cinq ou six mots";
    return "";
}

util::Result<util::SecretText> ask_passphrase(const Arguments& arguments, std::string_view question, std::string_view option) {
    ::prctl(PR_SET_DUMPABLE, 0);  // from here on memory holds secrets: no core file, no other process looking in
    if (const auto path = arguments.get(option)) return read_passphrase_file(*path);
    const Descriptor terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC));
    if (terminal.number() < 0) return no_terminal(option);
    return ask_terminal(terminal, question);
}

util::Result<util::SecretText> choose_passphrase(const Arguments& arguments, std::string_view question, std::string_view option) {
    ::prctl(PR_SET_DUMPABLE, 0);
    const auto judged = [](util::Result<util::SecretText> given) -> util::Result<util::SecretText> {
        if (!given) return given;
        if (const std::string fault = passphrase_fault(given->view()); !fault.empty()) return bad_input(fault);
        return given;
    };
    if (const auto path = arguments.get(option)) return judged(read_passphrase_file(*path));
    const Descriptor terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC));
    if (terminal.number() < 0) return no_terminal(option);
    write_words(terminal.number(),
                "\nVotre phrase de passe protège votre part de la clé. Choisissez cinq ou six mots sans rapport entre eux, tirés\n"
                "au hasard (un dé, une page de dictionnaire) : 16 caractères au moins, de préférence sans accent, car tous les\n"
                "claviers ne les font pas. Ne la dites à personne. Personne ne peut la retrouver ni la remplacer pour vous :\n"
                "oubliée, votre part est perdue.\n\n");
    for (int attempts = 0; attempts < 3; ++attempts) {
        auto first = ask_terminal(terminal, question);
        if (!first) return first;
        if (const std::string fault = passphrase_fault(first->view()); !fault.empty()) {
            write_words(terminal.number(), "Non : " + fault + ".\n");
            continue;
        }
        const auto second = ask_terminal(terminal, "La même, une seconde fois");
        if (!second) return second.error();
        if (second->view() == first->view()) return first;
        write_words(terminal.number(), "Les deux saisies diffèrent. Recommencez.\n");
    }
    return bad_input("trois essais sans phrase de passe convenable ; rien n’est changé");
}

util::Result<std::string> ask_line(std::string_view question, std::string_view without) {
    const Descriptor terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC));
    if (terminal.number() < 0) return refused(std::string(without));
    write_words(terminal.number(), question);
    const auto line = read_line(terminal.number());
    if (!line) return refused("saisie interrompue ; rien n’est changé");
    return std::string(util::trim(line->view()));
}

}  // namespace cli
