// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"
#include "tests/support/await.h"
#include "tests/support/http_server.h"
#include "tests/support/left_over.h"
#include "tests/support/require.h"
#include "tests/support/turn_until.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <memory>

/// What every rig with an engine has: a state folder and a download folder of its own, the
/// questions of a test as plain calls, and all that was told. A test fails when its engine leaves
/// something at work behind.
class JobRig {
public:
    virtual ~JobRig()
    {
        service.reset();
        --s_alive;
        if (!turnUntil([this] { return leftOver().isEmpty(); }, std::chrono::seconds(5))) {
            QTest::qFail(qPrintable(QStringLiteral("left over: ") + leftOver().join(u' ')),
                         __FILE__, __LINE__);
        }
    }
    JobRig(const JobRig &) = delete;
    JobRig &operator=(const JobRig &) = delete;

    template <typename Message>
    core::Answer<typename Message::Reply> ask(typename Message::Request request)
    {
        const auto answer = await(service->call<Message>(std::move(request)));
        return answer ? *answer : tl::unexpected(core::Refusal{});
    }

    core::JobSpec spec(const QList<QUrl> &urls) const
    {
        core::JobSpec made;
        made.folder = folder.path();
        for (const QUrl &url : urls) {
            made.files.append({.url = url});
        }
        made.options.minRetryDelay = std::chrono::milliseconds(0);
        return made;
    }
    core::JobId add(const core::JobSpec &spec)
    {
        return ask<core::message::Add>({spec}).value_or(core::JobId{});
    }
    core::JobId download(const QList<QUrl> &urls) { return download(spec(urls)); }
    core::JobId download(const core::JobSpec &spec)
    {
        const core::JobId id = add(spec);
        resume(id);
        return id;
    }
    /// Downloads while somebody else takes the name of the first file: what is in the way is met
    /// when everything has come.
    core::JobId downloadAndPlant(HttpServer *server, const core::JobSpec &spec, const QString &name,
                                 const QByteArray &bytes)
    {
        server->holdAfter(spec.files.first().url.path().toLatin1(), 1, "name");
        const core::JobId id = download(spec);
        const QString part = folder.filePath(name + QStringLiteral(".part"));
        require(turnUntil([&part] { return QFile::exists(part); }, std::chrono::seconds(5)), name);
        plant(name, bytes);
        server->release("name");
        return id;
    }
    /// An upload of the file of that name, as it stands in the folder.
    core::JobSpec uploadSpec(const QString &name, const QUrl &to,
                             core::UploadProtocol protocol = core::UploadProtocol::Put) const
    {
        core::JobSpec made = spec({to});
        made.type = core::JobType::Upload;
        made.files.first().name = name;
        made.options.protocol = protocol;
        return made;
    }
    core::JobId upload(const core::JobSpec &spec) { return download(spec); }
    core::SetOutcome resume(core::JobId id, const core::Fixes &fixes = {})
    {
        return ask<core::message::Resume>({{id}, fixes}).value_or(core::SetOutcome{});
    }
    core::SetOutcome suspend(core::JobId id)
    {
        return ask<core::message::Suspend>({{id}}).value_or(core::SetOutcome{});
    }
    core::SetOutcome cancel(core::JobId id)
    {
        return ask<core::message::Cancel>({{id}}).value_or(core::SetOutcome{});
    }
    core::CompleteOutcome complete(core::JobId id,
                                   core::PartialFiles partial = core::PartialFiles::Remove)
    {
        return ask<core::message::Complete>({{id}, partial}).value_or(core::CompleteOutcome{});
    }
    core::JobSnapshot job(core::JobId id)
    {
        const auto jobs = ask<core::message::Jobs>({.ids = {id}});
        return jobs && !jobs->isEmpty() ? jobs->first() : core::JobSnapshot{};
    }
    QList<core::FileSnapshot> files(core::JobId id)
    {
        return ask<core::message::Files>({.job = id}).value_or(core::FilePage{}).files;
    }
    core::FileSnapshot file(core::JobId id, int index = 0) { return files(id).value(index); }
    /// What led the job from state to state, as its timeline has it.
    QList<core::JobEvent> steps(core::JobId id)
    {
        QList<core::JobEvent> made;
        const auto page = ask<core::message::Timeline>({.job = id});
        for (const core::TimelineEntry &entry :
             page ? page->entries : QList<core::TimelineEntry>()) {
            if (const auto *step = std::get_if<core::happening::StateChanged>(&entry.what)) {
                made.append(step->event);
            }
        }
        return made;
    }
    /// What its timeline has to say although nothing was stopped by it.
    QList<core::Note> notes(core::JobId id)
    {
        QList<core::Note> made;
        const auto page = ask<core::message::Timeline>({.job = id});
        for (const core::TimelineEntry &entry :
             page ? page->entries : QList<core::TimelineEntry>()) {
            if (const auto *noted = std::get_if<core::happening::Noted>(&entry.what)) {
                made.append(noted->note);
            }
        }
        return made;
    }
    bool reaches(core::JobId id, core::JobState wanted, int limitMs = 30'000)
    {
        return turnUntil([&] { return job(id).state == wanted; },
                         std::chrono::milliseconds(limitMs));
    }
    /// So many files of one job, and so many jobs, at once.
    void limitTo(int filesAtOnce, int jobsAtOnce = 4)
    {
        core::Settings settings;
        settings.filesAtOnce = filesAtOnce;
        settings.jobsAtOnce = jobsAtOnce;
        require(ask<core::message::SetSettings>({settings}).has_value(),
                QStringLiteral("the limits are not taken"));
    }

    QString path(const QString &name) const { return folder.filePath(name); }
    void plant(const QString &name, const QByteArray &bytes) const
    {
        QFile file(path(name));
        require(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size(), name);
    }
    /// Another file of these bytes stands there now: it was made while the first one was there.
    void plantInPlaceOf(const QString &name, const QByteArray &bytes) const
    {
        plant(name + QStringLiteral(".new"), bytes);
        require(QFile::remove(path(name)) &&
                    QFile::rename(path(name + QStringLiteral(".new")), path(name)),
                name);
    }
    QByteArray content(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QStringList listing() const
    {
        return QDir(folder.path())
            .entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden | QDir::System);
    }

    QTemporaryDir state;
    QTemporaryDir folder;
    std::unique_ptr<core::JobService> service;
    QList<core::JobState> states; ///< of all jobs, in the order they were told of
    QList<core::Attention> attentions;
    QList<core::Notice> notices;
    bool acceptsAttention = true;

protected:
    JobRig() { ++s_alive; }

    /// From now on what `service` tells is kept.
    void listen()
    {
        QObject::connect(service.get(), &core::JobService::jobsChanged, service.get(),
                         [this](const QList<core::JobSnapshot> &jobs) {
                             for (const core::JobSnapshot &job : jobs) {
                                 if (states.isEmpty() || states.last() != job.state) {
                                     states.append(job.state);
                                 }
                             }
                         });
        QObject::connect(service.get(), &core::JobService::attention, service.get(),
                         [this](const core::Attention &attention) {
                             attentions.append(attention);
                             if (acceptsAttention) {
                                 std::ignore = service->call<core::message::Accept>({attention.id});
                             }
                         });
        QObject::connect(service.get(), &core::JobService::notice, service.get(),
                         [this](const core::Notice &notice) { notices.append(notice); });
    }

private:
    /// Parts that are open still, and threads of an engine when there should be none.
    [[nodiscard]] QStringList leftOver() const
    {
        const QStringList threads = s_alive == 0 ? threadsOfEngines() : QStringList();
        return openFilesBelow({state.path(), folder.path()}) + threads;
    }

    static inline int s_alive = 0; ///< rigs of this process
};
