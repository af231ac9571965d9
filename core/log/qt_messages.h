// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

namespace core {

class Log;

/// While it lives, what Qt and we say by qWarning() and the like is written to a log, and not to
/// standard error, which is for people. What ends the program goes where it went before as well.
/// For main(), which makes one before the application; Qt knows one handler for the whole program.
class QtMessages {
public:
    explicit QtMessages(Log *log);
    ~QtMessages();
    QtMessages(const QtMessages &) = delete;
    QtMessages &operator=(const QtMessages &) = delete;
};

} // namespace core
