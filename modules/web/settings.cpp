// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/settings.hpp"

#include <toml++/toml.h>

#include <cstdlib>
#include <set>
#include <stdexcept>

#include "util/file.hpp"
#include "util/unreadable.hpp"

namespace web {

namespace {

// A statement that is not answered (20 s), the try on a new connection and the look for what became of a vote stay together below nginx's
// 30 s: whoever waits hears it from us.
constexpr unsigned k_connect_seconds = 3;

// The file, and which of its keys were asked for.
struct Table {
    toml::table keys;
    std::set<std::pair<std::string, std::string>, std::less<>> asked;
};

// One required or defaulted key; a wrong type is refused with its place.
template <typename T>
T read(Table& table, const std::filesystem::path& file, const char* section, const char* key,
       std::optional<T> fallback = std::nullopt) {
    table.asked.emplace(section, key);
    const auto node = table.keys[section][key];
    if (!node) {
        if (fallback) return *fallback;
        throw std::runtime_error(file.string() + ": [" + section + "] " + key + " is missing");
    }
    const auto value = node.value<T>();
    if (!value) throw std::runtime_error(file.string() + ": [" + section + "] " + key + " has the wrong type");
    return *value;
}

unsigned read_count(Table& table, const std::filesystem::path& file, const char* section, const char* key, std::int64_t fallback,
                    std::int64_t least, std::int64_t most) {
    const auto value = read<std::int64_t>(table, file, section, key, fallback);
    if (value < least || value > most)
        throw std::runtime_error(file.string() + ": [" + section + "] " + key + " must be " + std::to_string(least) + " to " +
                                 std::to_string(most));
    return static_cast<unsigned>(value);
}

std::vector<std::string> read_texts(Table& table, const std::filesystem::path& file, const char* section, const char* key) {
    table.asked.emplace(section, key);
    std::vector<std::string> texts;
    const auto node = table.keys[section][key];
    if (!node) return texts;
    const toml::array* const all = node.as_array();
    for (std::size_t i = 0; all != nullptr && i < all->size(); ++i)
        if (const auto text = all->get(i)->value<std::string>()) texts.push_back(*text);
    if (all == nullptr || texts.size() != all->size())
        throw std::runtime_error(file.string() + ": [" + section + "] " + key + " must be a list of texts");
    return texts;
}

// A key that nothing reads is a misspelt one, or one that promises what is not done.
void refuse_unread(const Table& table, const std::filesystem::path& file) {
    for (const auto& [section, content] : table.keys) {
        const std::string name(section.str());
        const toml::table* const keys = content.as_table();
        if (!keys) throw std::runtime_error(file.string() + ": " + name + " stands in no section");
        for (const auto& [key, value] : *keys)
            if (!table.asked.contains({name, std::string(key.str())}))
                throw std::runtime_error(file.string() + ": [" + name + "] " + std::string(key.str()) + " is not a setting");
    }
}

std::string cannot_read(const std::filesystem::path& path) {
    const std::string why = util::why_unreadable(path);
    return why.empty() ? path.string() + " cannot be read" : why;
}

// By Unix socket, or by TCP under TLS with a verified name: a server on another machine is never spoken to in clear.
void read_database(db::Settings& database, Table& table, const std::filesystem::path& file) {
    database.connect_timeout_seconds = k_connect_seconds;
    database.socket = read<std::string>(table, file, "database", "socket", "");
    database.host = read<std::string>(table, file, "database", "host", "");
    database.port = read_count(table, file, "database", "port", 3306, 1, 65'535);
    database.tls_ca = read<std::string>(table, file, "database", "tls_ca", "");
    if (database.socket.empty() == database.host.empty())
        throw std::runtime_error(file.string() + ": [database] wants either socket or host");
    if (database.host.empty()) return;
    if (database.tls_ca.empty())
        throw std::runtime_error(file.string() + ": [database] tls_ca is missing: the certificate that vouches for host");
    if (!util::read_file(database.tls_ca)) throw std::runtime_error("[database] tls_ca: " + cannot_read(database.tls_ca));
}

// Files laid out by templates/static/version have an address that may be kept for good.
std::string static_path_of(const std::filesystem::path& folder) {
    const auto version = folder.empty() ? std::nullopt : util::read_file(folder / "version.txt");
    if (!version) return "/static";
    const std::string digest = version->substr(0, version->find('\n'));
    if (digest.size() != 16 || digest.find_first_not_of("0123456789abcdef") != std::string::npos)
        throw std::runtime_error((folder / "version.txt").string() + " was not written by templates/static/version");
    return "/static/" + digest;
}

}  // namespace

Settings Settings::load(const std::filesystem::path& file, const std::filesystem::path& secrets, std::string_view worker) {
    const auto text = util::read_file(file);
    if (!text) throw std::runtime_error("settings: " + cannot_read(file));
    Table table;
    try {
        table.keys = toml::parse(*text);
    } catch (const toml::parse_error& error) {
        throw std::runtime_error(file.string() + ", line " + std::to_string(error.source().begin.line) + ": " +
                                 std::string(error.description()));
    }
    Settings settings;
    settings.worker = worker;
    settings.base_url = read<std::string>(table, file, "portal", "base_url");
    settings.templates = read<std::string>(table, file, "portal", "templates");
    settings.static_files = read<std::string>(table, file, "portal", "static", "");
    settings.static_path = static_path_of(settings.static_files);
    settings.known_passwords = read<std::string>(table, file, "portal", "known_passwords", "/usr/share/portail/known-passwords");
    const auto order = read<std::string>(table, file, "portal", "lists_order", "draw");
    if (order != "draw" && order != "decree")
        throw std::runtime_error(file.string() + ": [portal] lists_order must be \"draw\" or \"decree\"");
    settings.lists_by_decree = order == "decree";
    settings.attachments_bytes = std::uint64_t{read_count(table, file, "portal", "attachments_gib", 20, 1, 10'000)} << 30;
    settings.papers = read<std::string>(table, file, "portal", "papers", "");
    settings.strict_templates = read<bool>(table, file, "portal", "strict_templates", false);
    settings.threads = read_count(table, file, "worker", "threads", 16, 1, 256);
    settings.hash_threads = read_count(table, file, "worker", "hash_threads", 2, 1, 64);
    settings.hash_queue = read_count(table, file, "worker", "hash_queue", 64, 1, 10'000);
    settings.max_requests = read_count(table, file, "worker", "max_requests", 0, 0, 1'000'000'000);
    try {
        settings.networks = Networks::read(read_texts(table, file, "networks", "declared"));
    } catch (const std::runtime_error& error) {
        throw std::runtime_error(file.string() + ": [networks] declared: " + error.what());
    }
    settings.log_minimum = read_count(table, file, "log", "minimum", 10, 1, 1000);
    settings.log_every = std::chrono::seconds(read_count(table, file, "log", "every_seconds", 600, 1, 86'400));
    settings.log_folder = read<std::string>(table, file, "log", "folder", "");
    settings.log_witnesses = read_texts(table, file, "log", "witnesses");
    settings.mail_url = read<std::string>(table, file, "mail", "url", "");
    settings.mail_from = read<std::string>(table, file, "mail", "from", "");
    settings.mail_returns = read<std::string>(table, file, "mail", "returns", "");
    settings.mail_returns_socket = read<std::string>(table, file, "mail", "returns_socket", "/run/portail-courrier/retours.sock");
    settings.sms_transport = read<std::string>(table, file, "mail", "sms", "mail");
    settings.sms_domain = read<std::string>(table, file, "mail", "sms_domain", "");
    settings.sms_url = read<std::string>(table, file, "sms", "url", "");
    settings.sms_user = read<std::string>(table, file, "sms", "user", "");
    settings.sms_from = read<std::string>(table, file, "sms", "from", "");
    settings.sms_reports_port = read_count(table, file, "sms", "reports_port", 0, 0, 65'535);
    settings.sms_countries = read_texts(table, file, "sms", "countries");
    settings.secrets_ = secrets;

    // __Host- cookies and HSTS need a secure origin; browsers grant that to localhost without TLS.
    const std::string& url = settings.base_url;
    if (!url.starts_with("https://") && !url.starts_with("http://localhost") && !url.starts_with("http://127.0.0.1"))
        throw std::runtime_error(file.string() + ": [portal] base_url must begin with https:// (or be http://localhost)");
    if (url.ends_with('/')) throw std::runtime_error(file.string() + ": [portal] base_url must not end with /");

    read_database(settings.database, table, file);
    settings.database.user = "portail-" + settings.worker;
    if (read<bool>(table, file, "database", "password_files", false))
        settings.database.password = settings.secret("db_password").view();
    refuse_unread(table, file);
    return settings;
}

util::SecretText Settings::secret(std::string_view name) const {
    const auto path = secrets_ / name;
    auto content = util::read_file(path);
    if (!content) throw std::runtime_error("secret file: " + cannot_read(path));
    while (!content->empty() && (content->back() == '\n' || content->back() == '\r')) content->pop_back();
    if (content->empty()) throw std::runtime_error("secret file " + path.string() + " is empty");
    return util::SecretText(std::move(*content));
}

}  // namespace web
