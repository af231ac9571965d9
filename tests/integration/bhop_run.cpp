// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/bhop_run.h"

#include "tests/app/cli/line_schema.h"
#include "tests/support/require.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

#include <csignal>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace {

constexpr int kLimitMs = 60'000;

/// Not QTest::qWaitFor(), which sleeps 10 ms between two turns: a server of the test has to answer
/// as fast as one in another process.
bool endsWithinMs(QProcess *process, int limitMs)
{
    QSignalSpy ended(process, &QProcess::finished);
    return process->state() == QProcess::NotRunning || ended.wait(limitMs);
}

int codeOf(QProcess *process)
{
    const bool ended = endsWithinMs(process, kLimitMs);
    return ended && process->exitStatus() == QProcess::NormalExit ? process->exitCode() : -1;
}

void endForSure(QProcess *process)
{
    if (process->state() != QProcess::NotRunning) {
        process->kill();
        process->waitForFinished();
    }
}

} // namespace

BhopRun::BhopRun(const QStringList &arguments, const QByteArray &input,
                 const QHash<QString, QString> &environment)
{
    QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
    for (auto variable = environment.begin(); variable != environment.end(); ++variable) {
        all.insert(variable.key(), variable.value());
    }
    m_process.setProcessEnvironment(all);
    m_process.start(QStringLiteral(BHOP_PROGRAM), arguments);
    m_process.write(input);
    m_process.closeWriteChannel();
}

BhopRun::~BhopRun()
{
    endForSure(&m_process);
}

int BhopRun::exitCode()
{
    return codeOf(&m_process);
}

bool BhopRun::endsWithin(std::chrono::milliseconds limit)
{
    return endsWithinMs(&m_process, int(limit.count()));
}

void BhopRun::interrupt()
{
    ::kill(pid_t(m_process.processId()), SIGINT);
}

void BhopRun::kill()
{
    m_process.kill();
}

QByteArray BhopRun::out()
{
    collect();
    return m_out;
}

QByteArray BhopRun::err()
{
    collect();
    return m_err;
}

QList<QJsonObject> BhopRun::lines()
{
    static const LineSchema schema;
    QList<QJsonObject> objects;
    const QByteArray text = out();
    for (const QByteArray &line : text.first(text.lastIndexOf('\n') + 1).split('\n')) {
        if (!line.isEmpty()) {
            objects.append(QJsonDocument::fromJson(line).object());
            require(schema.flawIn(objects.constLast()).isEmpty(),
                    schema.flawIn(objects.constLast()));
        }
    }
    return objects;
}

QList<QJsonObject> BhopRun::lines(QStringView event)
{
    QList<QJsonObject> found = lines();
    found.removeIf([event](const QJsonObject &line) {
        return line.value(QLatin1StringView("event")).toString() != event;
    });
    return found;
}

void BhopRun::collect()
{
    m_out += m_process.readAllStandardOutput();
    m_err += m_process.readAllStandardError();
}

BhopAtTerminal::BhopAtTerminal(const QStringList &arguments)
    : m_terminal(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK))
{
    ::grantpt(m_terminal);
    ::unlockpt(m_terminal);
    const QByteArray name = ::ptsname(m_terminal);
    const winsize size{.ws_row = 24, .ws_col = 100, .ws_xpixel = 0, .ws_ypixel = 0};
    ::ioctl(m_terminal, TIOCSWINSZ, &size);
    m_process.setChildProcessModifier([name] {
        ::setsid();
        const int terminal = ::open(name.constData(), O_RDWR); // becomes the controlling one
        for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
            ::dup2(terminal, descriptor);
        }
        ::close(terminal);
    });
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("TERM"), QStringLiteral("xterm"));
    m_process.setProcessEnvironment(environment);
    m_process.start(QStringLiteral(BHOP_PROGRAM), arguments);
}

BhopAtTerminal::~BhopAtTerminal()
{
    endForSure(&m_process);
    ::close(m_terminal);
}

bool BhopAtTerminal::shows(const QByteArray &text)
{
    return QTest::qWaitFor(
        [this, &text] {
            collect();
            const qsizetype at = m_shown.indexOf(text, m_seen);
            m_seen = at < 0 ? m_seen : at + text.size();
            return at >= 0;
        },
        kLimitMs);
}

void BhopAtTerminal::type(const QByteArray &text)
{
    const ssize_t wrote = ::write(m_terminal, text.constData(), std::size_t(text.size()));
    Q_ASSERT(wrote == text.size());
}

int BhopAtTerminal::exitCode()
{
    const bool ended = QTest::qWaitFor(
        [this] {
            collect(); // a full terminal would stop it
            return m_process.state() == QProcess::NotRunning;
        },
        kLimitMs);
    return ended ? codeOf(&m_process) : -1;
}

const QByteArray &BhopAtTerminal::shown()
{
    collect();
    return m_shown;
}

void BhopAtTerminal::collect()
{
    char buffer[4096];
    ssize_t got = 0;
    while ((got = ::read(m_terminal, buffer, sizeof buffer)) > 0) {
        m_shown.append(buffer, got);
    }
}
