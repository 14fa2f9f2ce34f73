// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/worker_main.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <thread>

#include "util/log.hpp"
#include "util/priority.hpp"
#include "web/dispatch.hpp"
#include "web/opening.hpp"
#include "web/server.hpp"
#include "web/start.hpp"
#include "web/store.hpp"

namespace web {

namespace {

constexpr int k_ok = 0, k_usage = 64;

struct Options {
    std::string config, secrets, listen, listen_guests;
    bool check = false;
};

std::optional<Options> read_options(int argc, char** argv) {
    Options options;
    if (const char* credentials = std::getenv("CREDENTIALS_DIRECTORY")) options.secrets = credentials;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        std::string* target = word == "--config"          ? &options.config
                              : word == "--secrets"       ? &options.secrets
                              : word == "--listen"        ? &options.listen
                              : word == "--listen-guests" ? &options.listen_guests
                                                          : nullptr;
        if (word == "--check") {
            options.check = true;
        } else if (target && i + 1 < argc) {
            *target = argv[++i];
        } else {
            return std::nullopt;
        }
    }
    if (options.config.empty()) return std::nullopt;
    return options;
}

// Four a core keep the machine busy where a request waits for the database alone. More share its locks and its log, and a vote costs a tenth more.
unsigned threads_for(unsigned most) { return std::min(most, 4 * std::max(1U, std::thread::hardware_concurrency())); }

int run(const Worker& worker, const Options& options) {
    util::StopSignals stop;
    const Settings settings = Settings::load(options.config, options.secrets, worker.name);
    db::Connection first(settings.database);
    const auto why_not = [&] { return domain::why_schema_unfit(store::read_schema_version(first)); };
    CrashCount crashes;
    if (options.check) {
        if (const std::string why = why_not(); !why.empty()) throw std::runtime_error(why);
    } else if (!sit_out(crashes.pause(), stop) || !wait_for_database(why_not, stop)) {
        crashes.forget();
        return k_ok;
    }
    const util::SystemClock clock;
    ServerOptions server;
    server.listen = options.listen;
    server.listen_guests = options.listen_guests;
    server.threads = worker.checks_passwords ? settings.threads : threads_for(settings.threads);
    // Where guests have threads of their own, a quarter of those is never for hashes; half of all where they share them.
    const unsigned guests = guest_threads(server);
    HashPool hash_pool(settings.hash_threads,
                       HashPool::Limits::of(guests > 0 ? guests * 3 / 4 : server.threads / 2, server.threads - guests,
                                            settings.hash_threads, settings.hash_queue));
    ElectionCache elections;
    const Router router(worker.routes(settings));
    Opening opening(settings, clock, hash_pool, elections, router);
    opening.site(first);  // a template or an edition that cannot serve is told now
    if (options.check) return k_ok;

    server.max_requests = settings.max_requests;
    for (const Route& route : router.routes()) server.max_body = std::max(server.max_body, route.max_body);
    if (const std::string why = util::why_priority_is_lost(); !why.empty())
        util::log(util::Level::warning, "hash-priority", {{"why", why}});
    crashes.begin();
    serve(server, [&]() -> RequestHandler {
        auto connection = std::make_shared<db::Connection>(settings.database);
        return [&opening, connection](const RawRequest& raw) {
            const auto site = opening.site(*connection);
            return dispatch(raw, site->shared, *connection);
        };
    });
    crashes.forget();
    return k_ok;
}

}  // namespace

int worker_main(int argc, char** argv, const Worker& worker) {
    const auto options = read_options(argc, argv);
    if (!options) {
        std::fprintf(stderr,
                     "usage: portail-%s --config FILE [--secrets DIR] [--listen SOCKET [--listen-guests SOCKET]] [--check]\n",
                     worker.name.c_str());
        return k_usage;
    }
    try {
        return run(worker, *options);
    } catch (const std::exception& error) {
        util::log(util::Level::error, "start", {{"why", error.what()}});
        return exit_code_of(error);
    }
}

}  // namespace web
