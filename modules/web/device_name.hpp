// SPDX-License-Identifier: AGPL-3.0-or-later
// What a browser calls itself, in the words of the list of open connections.
#pragma once

#include <string>
#include <string_view>

namespace web {

// « Firefox sur Android ».
std::string device_name(std::string_view user_agent);

}  // namespace web
