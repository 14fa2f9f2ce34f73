// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/worker_main.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>

#include "util/log.hpp"
#include "web/dispatch.hpp"
#include "web/server.hpp"
#include "web/store.hpp"

namespace web {

namespace {

constexpr int k_ok = 0, k_failed = 1, k_usage = 64, k_config = 78;

struct Options {
    std::string config, secrets, listen;
    bool check = false;
};

std::optional<Options> read_options(int argc, char** argv) {
    Options options;
    if (const char* credentials = std::getenv("CREDENTIALS_DIRECTORY")) options.secrets = credentials;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        std::string* target = word == "--config"    ? &options.config
                              : word == "--secrets" ? &options.secrets
                              : word == "--listen"  ? &options.listen
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

void check_schema(db::Connection& db) {
    const unsigned version = store::read_schema_version(db);
    if (version != store::k_schema_version)
        throw std::runtime_error("schema version is " + std::to_string(version) + ", this worker needs " +
                                 std::to_string(store::k_schema_version) + ": run the migrations");
}

int run(const Worker& worker, const Options& options) {
    const Settings settings = Settings::load(options.config, options.secrets, worker.name);
    const util::SystemClock clock;
    ElectionCache elections;
    db::Connection first(settings.database);
    check_schema(first);
    const auto election = elections.get(first);
    const domain::Edition edition = domain::Edition::load(settings.templates, election->edition);
    const domain::Places places = domain::Places::load(settings.templates);
    const Renderer renderer(settings.templates, election->edition, settings.strict_templates);
    const Router router(worker.routes(settings));
    if (options.check) return k_ok;

    HashPool hash_pool(settings.hash_threads, settings.hash_queue);
    const Shared shared{settings, clock, hash_pool, edition, places, renderer, elections, router};
    ServerOptions server;
    server.listen = options.listen;
    server.threads = settings.threads;
    server.max_requests = settings.max_requests;
    for (const Route& route : router.routes()) server.max_body = std::max(server.max_body, route.max_body);
    serve(server, [&]() -> RequestHandler {
        auto connection = std::make_shared<db::Connection>(settings.database);
        return [&shared, connection](const RawRequest& raw) { return dispatch(raw, shared, *connection); };
    });
    return k_ok;
}

}  // namespace

int worker_main(int argc, char** argv, const Worker& worker) {
    const auto options = read_options(argc, argv);
    if (!options) {
        std::fprintf(stderr, "usage: portail-%s --config FILE [--secrets DIR] [--listen SOCKET] [--check]\n",
                     worker.name.c_str());
        return k_usage;
    }
    try {
        return run(worker, *options);
    } catch (const db::Error& error) {  // the server may come back: worth a restart
        util::log(util::Level::error, "start", {{"why", error.what()}, {"code", std::to_string(error.code())}});
        return k_failed;
    } catch (const std::exception& error) {
        util::log(util::Level::error, "start", {{"why", error.what()}});
        return k_config;
    }
}

}  // namespace web
