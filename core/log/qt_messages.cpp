// SPDX-License-Identifier: Apache-2.0
#include "core/log/qt_messages.h"

#include "core/log/log.h"

#include <QMutex>
#include <QMutexLocker>

#include <atomic>
#include <utility>

namespace core {

namespace {

/// A message handler is a plain function, so what it needs can only stand here.
struct Destination {
    QMutex mutex;
    Log *log = nullptr;                             // guarded by mutex
    std::atomic<QtMessageHandler> before = nullptr; // set once, before any other thread runs
};

Destination &destination()
{
    static Destination only;
    return only;
}

LogLevel levelOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
    case QtInfoMsg:
        return LogLevel::Info;
    case QtWarningMsg:
        return LogLevel::Warning;
    case QtCriticalMsg:
    case QtFatalMsg:
        return LogLevel::Error;
    }
    Q_UNREACHABLE();
}

void handle(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    thread_local bool isInside = false; // a message about writing a message is not written
    const QtMessageHandler before = destination().before;
    if (!std::exchange(isInside, true)) {
        Destination &to = destination();
        const QMutexLocker lock(&to.mutex);
        if (to.log != nullptr) {
            to.log->write(levelOf(type), context.category != nullptr ? context.category : "qt",
                          text);
        }
        isInside = false;
    }
    if (before != nullptr && type == QtFatalMsg) {
        before(type, context, text); // does not come back
    }
}

} // namespace

QtMessages::QtMessages(Log *log)
{
    const QMutexLocker lock(&destination().mutex);
    destination().log = log;
    destination().before = qInstallMessageHandler(handle);
}

QtMessages::~QtMessages()
{
    const QMutexLocker lock(&destination().mutex);
    qInstallMessageHandler(destination().before);
    destination().log = nullptr;
}

} // namespace core
