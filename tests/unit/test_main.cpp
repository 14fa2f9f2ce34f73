// SPDX-License-Identifier: AGPL-3.0-or-later
// The one main of each Boost.Test program; suites live in <source>_tests.cpp.
#define BOOST_TEST_MODULE portail
#include <boost/test/unit_test.hpp>
