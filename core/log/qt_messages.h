// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

namespace core {

class Log;

/// While it lives, what Qt and we say by qWarning() and the like is written to a log as well as to
/// where it went before. For main(), which makes one; Qt knows one handler for the whole program.
class QtMessages {
public:
    explicit QtMessages(Log *log);
    ~QtMessages();
    QtMessages(const QtMessages &) = delete;
    QtMessages &operator=(const QtMessages &) = delete;
};

} // namespace core
