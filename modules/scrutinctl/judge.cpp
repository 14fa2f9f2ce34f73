// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/judge.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "auditor/verify_words.hpp"
#include "crypto/archive/verify.hpp"
#include "scrutinctl/archive_file.hpp"
#include "scrutinctl/foreign_judge.hpp"
#include "scrutinctl/store_count.hpp"
#include "util/bytes.hpp"
#include "util/digest.hpp"

namespace scrutinctl {

using namespace cli;

namespace {

namespace fs = std::filesystem;
constexpr std::size_t k_failures_told = 5;

// A folder in $TMPDIR that goes with the object.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string name = (fs::temp_directory_path() / "portail-archive.XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::system_error(errno, std::generic_category(), name);
        path_ = name;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

std::string failures_of(const crypto::VerifyReport& report) {
    if (report.unreadable) return "archive illisible : " + auditor::verify_words(*report.unreadable);
    std::string text;
    for (std::size_t i = 0; i < std::min(report.failures.size(), k_failures_told); ++i)
        text += "\n    " + auditor::failure_line(report.failures[i]);
    return counted(report.failures.size() + report.further_failures, "contrôle refusé", "contrôles refusés") + " :" + text;
}

}  // namespace

util::Result<Judged> judge_archive(Office& office, const store::Scrutin& scrutin, const SealKeeper::Sealed& sealed,
                                   const std::string& result) {
    const std::string which = "scrutin " + scrutin.code + " : ";
    const std::string what =
        "\n  Le dépouillement de ce scrutin s’arrête, les autres continuent. À faire : garder une copie des bases "
        "de données, prévenir le bureau de vote";
    const TemporaryFolder folder;
    const auto written = write_archive(office, scrutin, sealed, folder.path(), ArchivePart::all, result);
    if (!written) return written.error();
    const fs::path& path = written->path;

    crypto::VerifyOptions options;
    options.attendance = store::attendance(office.db(), scrutin.id).emargements;
    options.credentials_fingerprint = util::to_base64_unpadded(*util::from_hex(sealed.seal.public_creds));
    const auto report = crypto::verify_archive(path, options);
    if (!report.all_passed()) return refused(which + "l’archive ne se vérifie pas : " + failures_of(report) + what);
    if (report.uuid != sealed.seal.uuid || report.finished == result.empty())
        return refused(which + "l’archive n’est pas celle de ce scrutin à cette étape" + what);
    const auto foreign = ask_foreign_judge(path.parent_path(), sealed.seal.group);
    if (!foreign) return refused(which + foreign.error().detail + what);
    return Judged{util::sha256_hex_of_file(path).value(), report.ballots,
                  report.result.empty() ? std::vector<std::uint64_t>() : report.result.front(), "scrutin-verify" + *foreign};
}

}  // namespace scrutinctl
