// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/in_process_service.h"
#include "tests/support/await.h"
#include "tests/support/http_server.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <memory>

/// An engine in this process with a state folder and a download folder of its own, and all that it
/// told. Can be ended and begun again on the same folders, as after a restart.
class EngineRig {
public:
    explicit EngineRig(core::RunPolicy policy = core::RunPolicy::Everything)
        : EngineRig(core::EngineConfig{.run = policy})
    {
    }
    /// With its own folder for the state, whatever the configuration says.
    explicit EngineRig(core::EngineConfig config)
        : m_config(std::move(config))
    {
        m_config.stateFolder = state.path();
        start();
    }

    void start()
    {
        service = std::make_unique<core::InProcessService>(m_config);
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
                         [this](const core::Notice &notice) { notices.append(notice.text); });
        const auto started = await(service->start());
        QVERIFY(started.has_value());
        QVERIFY2(started->has_value(),
                 qPrintable(started->has_value() ? QString() : started->error().explanation));
    }
    void restart() { restart(m_config.run); }
    void restart(core::RunPolicy policy)
    {
        service.reset();
        m_config.run = policy;
        start();
    }

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
    core::JobId download(const QList<QUrl> &urls)
    {
        const core::JobId id = add(spec(urls));
        resume(id);
        return id;
    }
    core::SetOutcome resume(core::JobId id, const core::Fixes &fixes = {})
    {
        return ask<core::message::Resume>({{id}, fixes}).value_or(core::SetOutcome{});
    }
    core::JobSnapshot job(core::JobId id)
    {
        const auto jobs = ask<core::message::Jobs>({.ids = {id}});
        return jobs && !jobs->isEmpty() ? jobs->first() : core::JobSnapshot{};
    }
    core::FileSnapshot file(core::JobId id, int index = 0)
    {
        const auto page = ask<core::message::Files>({.job = id});
        return page && page->files.size() > index ? page->files.at(index) : core::FileSnapshot{};
    }
    bool reaches(core::JobId id, core::JobState wanted, int limitMs = 10'000)
    {
        return QTest::qWaitFor([&] { return job(id).state == wanted; }, limitMs);
    }

    QString path(const QString &name) const { return folder.filePath(name); }
    QByteArray content(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QStringList listing() const
    {
        return QDir(folder.path())
            .entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden);
    }

    QTemporaryDir state;
    QTemporaryDir folder;
    std::unique_ptr<core::InProcessService> service;
    QList<core::JobState> states; ///< of all jobs, in the order they were told of
    QList<core::Attention> attentions;
    QStringList notices;
    bool acceptsAttention = true;

private:
    core::EngineConfig m_config;
};
