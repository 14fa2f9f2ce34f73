// SPDX-License-Identifier: AGPL-3.0-or-later
// One connection to the server, its prepared statements, and whole-transaction retries. Knows no table.
// A connection belongs to one thread, whose life the client library follows. Texts travel as UTF-8; times as SQL DATETIME texts (util::to_sql).
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "util/clock.hpp"

namespace db {

// Where and as whom. `password` empty: the server's unix_socket authentication.
struct Settings {
    std::string socket;  // path of the server's socket; or empty, and `host`
    std::string host;    // by TCP: always TLS, and the certificate must bear this name
    unsigned port = 3306;
    std::string tls_ca;  // PEM file of who vouches for that certificate
    std::string user;    // "portail-vote"
    std::string password;
    std::string schema = "portail";  // default database; other tables are written urne.x
    unsigned connect_timeout_seconds = 5;
    unsigned read_timeout_seconds = 20;
};

// What no handler can mend; caught at the request's boundary. `code` is the server's, 0 if none.
class Error : public std::runtime_error {
public:
    Error(int code, const std::string& what) : std::runtime_error(what), code_(code) {}
    int code() const { return code_; }
    bool is_duplicate_key() const { return code_ == 1062; }
    // A deadlock, or a lock waited for in vain: the statement changed nothing, and a transaction may be run again from its start.
    bool is_retryable() const;
    // No server behind this connection that serves, so that the next try is on a new one; a COMMIT that ends so may have happened.
    bool is_connection_lost() const;
    // A node of a cluster that the portal does not write to (sql/writing-node.sql); nothing was changed.
    bool is_other_node() const;
    // The same asked again later may be answered: the two above, a full disk, a server that only reads, one with no room left.
    bool is_temporary() const;

private:
    int code_;
};

// A placeholder's value: text or blob, integer, or NULL. bool goes as 0 or 1.
class Param {
public:
    Param(std::string_view text) : value_(std::string(text)) {}
    Param(const std::string& text) : value_(text) {}
    Param(const char* text) : value_(std::string(text)) {}
    Param(bool flag) : value_(static_cast<std::int64_t>(flag)) {}
    Param(int number) : value_(static_cast<std::int64_t>(number)) {}
    Param(unsigned number) : value_(static_cast<std::int64_t>(number)) {}
    Param(long number) : value_(static_cast<std::int64_t>(number)) {}
    Param(unsigned long number) : value_(static_cast<std::int64_t>(number)) {}
    Param(long long number) : value_(static_cast<std::int64_t>(number)) {}
    Param(std::nullopt_t) : value_(std::monostate{}) {}
    template <typename T>
    Param(const std::optional<T>& maybe) : value_(maybe ? Param(*maybe).value_ : Value(std::monostate{})) {}

    using Value = std::variant<std::monostate, std::int64_t, std::string>;
    const Value& value() const { return value_; }

private:
    Value value_;
};

using Params = std::vector<Param>;

// One row, copied out of the result set. Columns count from 0.
class Row {
public:
    explicit Row(std::vector<std::optional<std::string>> columns) : columns_(std::move(columns)) {}
    bool is_null(std::size_t column) const { return !columns_.at(column).has_value(); }
    // NULL reads as an empty text, or 0.
    const std::string& text(std::size_t column) const;
    std::int64_t number(std::size_t column) const;
    bool flag(std::size_t column) const { return number(column) != 0; }
    // A DATETIME column (UTC). Throws std::runtime_error on anything else, and `instant` also on NULL.
    util::Instant instant(std::size_t column) const;
    std::optional<util::Instant> instant_or_null(std::size_t column) const;

private:
    std::vector<std::optional<std::string>> columns_;
};

class Connection {
public:
    // Connects at the first statement; connects again after a loss, with no old statement: those of a lost
    // connection are dead.
    explicit Connection(Settings settings);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // `sql` must be a literal with ? placeholders: statements are prepared once per connection and kept by their text.
    std::vector<Row> select(std::string_view sql, const Params& params = {});
    std::optional<Row> select_one(std::string_view sql, const Params& params = {});
    // Row by row, for what does not fit memory; the row dies after each call.
    void select_each(std::string_view sql, const Params& params, const std::function<void(const Row&)>& each);

    // INSERT, UPDATE, DELETE: the number of rows changed. Outside a transaction a statement that met a deadlock is run again, as
    // transaction() does it: the server has undone it whole.
    std::uint64_t execute(std::string_view sql, const Params& params = {});
    // An INSERT that may meet its unique key: false then, and nothing is written.
    bool insert_unique(std::string_view sql, const Params& params = {});
    std::uint64_t last_insert_id();

    // Statements of schema files and imports, not prepared. Never with outside data.
    void run(const std::string& sql);

    // Runs `work` in one transaction and commits if it returns true, rolls back if false or on an exception. The whole
    // of it is run again on deadlock or lock timeout (at most 5 times in 15 s, with jitter): `work` must recompute its values.
    // Inside a transaction a nested call joins it. Returns what `work` returned.
    bool transaction(const std::function<bool()>& work);
    // As transaction(), of a compound statement that opens and commits it itself (« BEGIN NOT ATOMIC START TRANSACTION; … COMMIT; END »; or several,
    // the first of which opens it), so that nobody waits for one answer after another. `work` gives whether it has committed; if not, and on an
    // exception, all is rolled back. After a lost connection the outcome is unknown: the server goes on by itself. Never inside another transaction.
    bool transaction_of_statements(const std::function<bool()>& work);

    bool is_alive();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace db
