// SPDX-License-Identifier: Apache-2.0
#include "core/notify/notify_command.h"

#include "core/job/job_fields.h"

#include <QCoroFuture>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QPromise>

#include <algorithm>
#include <csignal>
#include <pwd.h>
#include <unistd.h>

namespace core {

namespace {

/// What leads to the person's own session, and is the same in all of its programs.
constexpr std::array kOfTheSession{"XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"};

/// The job as `bhop show --json` has it, but with what happened as the event, and with the error as
/// it was met: without the explanation and the repairs, which are for people. Files are numbered
/// from 1 in all that is printed.
QByteArray lineOf(const JobSnapshot &job, const char *event)
{
    QJsonObject line = toJson(job);
    line.remove(QStringLiteral("id"));
    line.insert(QStringLiteral("event"), QLatin1StringView(event));
    line.insert(QStringLiteral("job"), job.id.value);
    if (job.error) {
        QJsonObject error = toJson(*job.error);
        error.insert(QStringLiteral("file"), job.error->fileIndex + 1);
        line.insert(QStringLiteral("error"), error);
    }
    return QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace

QStringList notifyEnvironment()
{
    QStringList environment{QStringLiteral("PATH=/usr/local/bin:/usr/bin:/bin"),
                            QStringLiteral("LANG=C.UTF-8")};
    if (const passwd *person = ::getpwuid(::getuid())) {
        const QString name = QString::fromLocal8Bit(person->pw_name);
        environment << QStringLiteral("HOME=") + QString::fromLocal8Bit(person->pw_dir)
                    << QStringLiteral("USER=") + name << QStringLiteral("LOGNAME=") + name;
    }
    for (const char *variable : kOfTheSession) {
        if (qEnvironmentVariableIsSet(variable)) {
            environment << QLatin1StringView(variable) + QLatin1Char('=') +
                               qEnvironmentVariable(variable);
        }
    }
    return environment;
}

/// One program under way.
class NotifyCommand::Run {
public:
    Run(Clock *clock, const QString &program)
        : m_limit(clock)
    {
        m_process.setProgram(program);
        m_process.setEnvironment(notifyEnvironment());
        m_process.setWorkingDirectory(QStringLiteral("/"));
        m_process.setStandardOutputFile(QProcess::nullDevice());
        m_process.setStandardErrorFile(QProcess::nullDevice());
        m_process.setChildProcessModifier([] { ::setsid(); });
        m_answer.start();
    }
    ~Run()
    {
        kill();
        if (m_process.state() != QProcess::NotRunning) {
            m_process.kill(); // where it has no session of its own yet
            m_process.waitForFinished();
        }
    }
    Run(const Run &) = delete;
    Run &operator=(const Run &) = delete;

    QFuture<Delivery> begin(const QByteArray &line)
    {
        m_limit.setIn(kLongest, [this] { kill(); });
        m_process.start();
        m_process.write(line);
        m_process.closeWriteChannel();
        return m_answer.future();
    }
    void answer(Delivery delivery)
    {
        m_answer.addResult(delivery);
        m_answer.finish();
    }
    /// With all that it started: they are of its session.
    void kill()
    {
        // It may run already when nobody has taken note of it yet.
        if (const qint64 process = m_process.processId(); process > 0) {
            ::kill(-pid_t(process), SIGKILL);
        }
    }
    [[nodiscard]] QProcess *process() { return &m_process; }

private:
    QProcess m_process;
    QPromise<Delivery> m_answer;
    Alarm m_limit;
};

NotifyCommand::NotifyCommand(Clock *clock)
    : m_clock(clock)
{
}

NotifyCommand::~NotifyCommand()
{
    for (const auto &each : m_runs) {
        each->process()->disconnect(this);
    }
}

QFuture<Delivery> NotifyCommand::run(const JobSnapshot &job, const char *event)
{
    m_runs.push_back(std::make_unique<Run>(m_clock, job.notifyCommand));
    Run *const under = m_runs.back().get();
    const auto end = [this, under, id = job.id](const QString &refusal) {
        if (!refusal.isEmpty()) {
            Q_EMIT refused(id, refusal);
        }
        under->process()->disconnect(this);
        under->answer(refusal.isEmpty() ? Delivery::Accepted : Delivery::Refused);
        // Not from inside a signal of the process that goes with it.
        QMetaObject::invokeMethod(
            this,
            [this, under] {
                std::erase_if(m_runs, [under](const auto &each) { return each.get() == under; });
            },
            Qt::QueuedConnection);
    };
    const QString program = job.notifyCommand;
    connect(under->process(), &QProcess::finished, this,
            [end, program](int code, QProcess::ExitStatus status) {
                const bool isCrash = status == QProcess::CrashExit;
                end(isCrash     ? program + QStringLiteral(" was killed")
                    : code != 0 ? program + QStringLiteral(" ended with %1").arg(code)
                                : QString());
            });
    connect(under->process(), &QProcess::errorOccurred, this,
            [end, under, program](QProcess::ProcessError error) {
                if (error == QProcess::FailedToStart) {
                    end(program + QStringLiteral(": ") + under->process()->errorString());
                }
            });
    return under->begin(lineOf(job, event));
}

QCoro::Task<Delivery> NotifyCommand::jobTransferred(JobSnapshot job)
{
    const auto answer = run(job, "jobTransferred");
    co_return co_await answer;
}

QCoro::Task<Delivery> NotifyCommand::jobError(JobSnapshot job, JobError /*in the job*/)
{
    const auto answer = run(job, "jobError");
    co_return co_await answer;
}

QCoro::Task<Delivery> NotifyCommand::jobModified(JobSnapshot /*job*/)
{
    co_return Delivery::Accepted;
}

} // namespace core
