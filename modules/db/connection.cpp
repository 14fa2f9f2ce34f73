// SPDX-License-Identifier: AGPL-3.0-or-later
// MySQL Connector/C++ 1.1 behind our own words; nothing outside this file names it.
#include "db/connection.hpp"

#include <cppconn/connection.h>
#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <sstream>
#include <thread>
#include <unordered_map>

#include "util/ensure.hpp"
#include "util/log.hpp"
#include "util/random.hpp"

namespace db {

namespace {

constexpr int k_attempts = 5;
// No attempt begins later: nginx waits 30 s for an answer, and a lock is waited for 10 s.
constexpr std::chrono::seconds k_longest_retry{15};

// The server's numbers (mariadbd's errmsg), and the client library's from 2000 on.
constexpr int k_connection_lost[] = {
    1040,  // no room for another connection
    1047,  // this node of a cluster is not ready
    1053,  // the server is stopping
    1180,  // the COMMIT failed in the engine or the cluster: a full disk, a node cut off
    1927,  // the connection was killed
    2002, 2003, 2006, 2013, 2030,
};
constexpr int k_retryable[] = {1205, 1213};
constexpr int k_temporary[] = {
    3,    1021, 1026, 1114,  // no space left: for a temporary file, a log, a table
    1037, 1038, 1041, 1135,  // no memory, no thread
    1203, 1226, 1461,        // one account's connections, its limits, all prepared statements
    1290, 1836,              // a server that only reads, or a node that the portal does not write to, until its place is taken
    1317, 1969,              // the statement was stopped, or took too long
};

template <std::size_t n>
bool is_one_of(int code, const int (&codes)[n]) {
    return std::find(std::begin(codes), std::end(codes), code) != std::end(codes);
}

// « Got error 28 "No space left on device" from storage engine »: the number alone would say any trouble of the engine.
bool is_engine_without_space(int code, std::string_view what) {
    return code == 1030 &&
           (what.find("error 28 ") != std::string_view::npos || what.find("No space left") != std::string_view::npos);
}

sql::Driver& driver() {
    static sql::Driver* const instance = get_driver_instance();  // not thread safe by itself; a local static is
    return *instance;
}

// The client library wants its own life per thread.
void enter_thread() {
    struct ThreadLife {
        ThreadLife() { driver().threadInit(); }
        ~ThreadLife() { driver().threadEnd(); }
    };
    static thread_local ThreadLife life;
    static_cast<void>(life);
}

Row read_row(sql::ResultSet& results, unsigned columns) {
    std::vector<std::optional<std::string>> values(columns);
    for (unsigned i = 0; i < columns; ++i) {
        std::string value = results.getString(i + 1).asStdString();
        if (!results.wasNull()) values[i] = std::move(value);
    }
    return Row(std::move(values));
}

// Runs `work` again while it ends in a deadlock, each time after a longer pause drawn by lot.
template <typename Work>
auto retried(std::string_view event, Work&& work) -> decltype(work()) {
    const auto started = std::chrono::steady_clock::now();
    for (int attempt = 1;; ++attempt) {
        try {
            return work();
        } catch (const Error& error) {
            const bool late = std::chrono::steady_clock::now() - started > k_longest_retry;
            if (!error.is_retryable() || attempt == k_attempts || late) throw;
            util::log(util::Level::warning, event, {{"code", std::to_string(error.code())}, {"attempt", std::to_string(attempt)}});
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(util::random_below(20u << attempt)));
    }
}

}  // namespace

bool Error::is_retryable() const { return is_one_of(code_, k_retryable); }
bool Error::is_other_node() const {
    return code_ == 1290 && std::string_view(what()).find("writing-node") != std::string_view::npos;
}
bool Error::is_connection_lost() const { return is_one_of(code_, k_connection_lost); }
bool Error::is_temporary() const {
    return is_retryable() || is_connection_lost() || is_one_of(code_, k_temporary) || is_engine_without_space(code_, what());
}

const std::string& Row::text(std::size_t column) const {
    static const std::string k_empty;
    const auto& value = columns_.at(column);
    return value ? *value : k_empty;
}

std::int64_t Row::number(std::size_t column) const {
    const auto& value = columns_.at(column);
    return value ? std::stoll(*value) : 0;
}

util::Instant Row::instant(std::size_t column) const {
    const auto at = util::from_sql(text(column));
    if (!at) throw std::runtime_error("column " + std::to_string(column) + " is not a DATETIME: " + text(column));
    return *at;
}

std::optional<util::Instant> Row::instant_or_null(std::size_t column) const {
    return is_null(column) ? std::nullopt : std::optional(instant(column));
}

struct Connection::State {
    Settings settings;
    // Statements die before the connection that made them: members are destroyed in reverse order.
    std::unique_ptr<sql::Connection> connection;
    std::unordered_map<std::string, std::unique_ptr<sql::PreparedStatement>> statements;
    // A parameter bound as a stream must outlive the execution.
    std::vector<std::unique_ptr<std::istringstream>> streams;
    bool in_transaction = false;

    void drop() {
        statements.clear();
        connection.reset();
    }

    void connect() {
        if (connection) return;
        enter_thread();
        sql::ConnectOptionsMap options;
        if (settings.host.empty()) {
            options["hostName"] = sql::SQLString("unix://" + settings.socket);
        } else {
            options["hostName"] = sql::SQLString("tcp://" + settings.host + ":" + std::to_string(settings.port));
            options["sslCA"] = sql::SQLString(settings.tls_ca);
            options["sslVerify"] = true;  // alone refuses a server without TLS: sslCA and sslEnforce go on in clear
        }
        options["userName"] = sql::SQLString(settings.user);
        options["password"] = sql::SQLString(settings.password);
        options["schema"] = sql::SQLString(settings.schema);
        options["OPT_CHARSET_NAME"] = sql::SQLString("utf8mb4");
        options["OPT_CONNECT_TIMEOUT"] = static_cast<int>(settings.connect_timeout_seconds);
        options["OPT_READ_TIMEOUT"] = static_cast<int>(settings.read_timeout_seconds);
        connection.reset(driver().connect(options));
        std::unique_ptr<sql::Statement> setup(connection->createStatement());
        setup->execute(
            "SET NAMES utf8mb4 COLLATE utf8mb4_bin, time_zone = '+00:00', "
            "group_concat_max_len = 1048576, "  // a server set lower would cut an elector's rolls short, in silence
            "sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO', "
            "tx_isolation = 'READ-COMMITTED'");
    }

    // A rollback that fails leaves the connection in doubt: a new one has no open transaction.
    void roll_back() {
        in_transaction = false;
        if (!connection) return;
        try {
            std::unique_ptr<sql::Statement> statement(connection->createStatement());
            statement->execute("ROLLBACK");
        } catch (const sql::SQLException&) {
            drop();
        }
    }

    sql::PreparedStatement& prepared(std::string_view sql, const Params& params) {
        connect();
        auto& statement = statements[std::string(sql)];
        if (!statement) statement.reset(connection->prepareStatement(sql::SQLString(std::string(sql))));
        streams.clear();
        unsigned index = 0;
        for (const Param& param : params) {
            ++index;
            if (const auto* number = std::get_if<std::int64_t>(&param.value())) {
                statement->setInt64(index, *number);
            } else if (const auto* text = std::get_if<std::string>(&param.value())) {
                if (text->size() < 60'000) {
                    statement->setString(index, sql::SQLString(*text));
                } else {  // setString sends one packet; long values go as a stream
                    streams.push_back(std::make_unique<std::istringstream>(*text));
                    statement->setBlob(index, streams.back().get());
                }
            } else {
                statement->setNull(index, 0);
            }
        }
        return *statement;
    }

    // Runs one use of the server. A loss outside a transaction is tried once more on a new connection only for what
    // changes nothing; a write whose answer was lost may have happened, so its error goes to the caller.
    template <typename Work>
    auto guarded(bool repeatable, Work&& work) -> decltype(work()) {
        for (int attempt = 0;; ++attempt) {
            const bool was_connected = connection != nullptr;
            try {
                return work();
            } catch (const sql::SQLException& e) {
                const Error error(e.getErrorCode(), e.what());
                if (!error.is_connection_lost()) throw Error(error);
                drop();
                if (in_transaction || !repeatable || attempt > 0 || !was_connected) throw Error(error);
                util::log(util::Level::warning, "database-reconnect", {{"code", std::to_string(error.code())}});
            }
        }
    }
};

Connection::Connection(Settings settings) : state_(std::make_unique<State>()) { state_->settings = std::move(settings); }

Connection::~Connection() {
    if (state_) state_->drop();
}

std::vector<Row> Connection::select(std::string_view sql, const Params& params) {
    return state_->guarded(true, [&] {
        std::unique_ptr<sql::ResultSet> results(state_->prepared(sql, params).executeQuery());
        const unsigned columns = results->getMetaData()->getColumnCount();
        std::vector<Row> rows;
        rows.reserve(results->rowsCount());
        while (results->next()) rows.push_back(read_row(*results, columns));
        return rows;
    });
}

std::optional<Row> Connection::select_one(std::string_view sql, const Params& params) {
    auto rows = select(sql, params);
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
}

void Connection::select_each(std::string_view sql, const Params& params, const std::function<void(const Row&)>& each) {
    state_->guarded(false, [&] {
        std::unique_ptr<sql::ResultSet> results(state_->prepared(sql, params).executeQuery());
        const unsigned columns = results->getMetaData()->getColumnCount();
        while (results->next()) each(read_row(*results, columns));
        return true;
    });
}

std::uint64_t Connection::execute(std::string_view sql, const Params& params) {
    const auto once = [&] {
        return state_->guarded(false, [&] { return static_cast<std::uint64_t>(state_->prepared(sql, params).executeUpdate()); });
    };
    // Inside a transaction a deadlock has undone all that came before, too.
    return state_->in_transaction ? once() : retried("statement-retry", once);
}

bool Connection::insert_unique(std::string_view sql, const Params& params) {
    try {
        execute(sql, params);
        return true;
    } catch (const Error& error) {
        if (error.is_duplicate_key()) return false;
        throw;
    }
}

std::uint64_t Connection::last_insert_id() { return static_cast<std::uint64_t>(select_one("SELECT LAST_INSERT_ID()")->number(0)); }

void Connection::run(const std::string& sql) {
    state_->guarded(false, [&] {
        state_->connect();
        std::unique_ptr<sql::Statement> statement(state_->connection->createStatement());
        statement->execute(sql::SQLString(sql));
        return true;
    });
}

bool Connection::transaction(const std::function<bool()>& work) {
    if (state_->in_transaction) return work();
    return retried("transaction-retry", [&] {
        try {
            state_->guarded(true, [&] {  // nothing is lost if it is asked twice
                state_->connect();
                std::unique_ptr<sql::Statement> statement(state_->connection->createStatement());
                statement->execute("START TRANSACTION");
                return true;
            });
            state_->in_transaction = true;
            const bool keep = work();
            run(keep ? "COMMIT" : "ROLLBACK");
            state_->in_transaction = false;
            return keep;
        } catch (...) {
            state_->roll_back();
            throw;
        }
    });
}

bool Connection::transaction_of_statements(const std::function<bool()>& work) {
    ENSURE(!state_->in_transaction);  // START TRANSACTION would commit what is open
    return retried("transaction-retry", [&] {
        try {
            state_->in_transaction = true;
            const bool committed = work();
            if (!committed) run("ROLLBACK");
            state_->in_transaction = false;
            return committed;
        } catch (...) {
            state_->roll_back();
            throw;
        }
    });
}

bool Connection::is_alive() {
    try {
        return select_one("SELECT 1").has_value();
    } catch (const std::exception&) {
        return false;
    }
}

}  // namespace db
