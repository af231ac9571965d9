// SPDX-License-Identifier: Apache-2.0
#include "core/service/in_process_service.h"

#include "core/service/engine.h"
#include "core/system/sleep_inhibitor.h"
#include "core/system/system_network.h"

#include <QThread>

#include <utility>

namespace core {

class InProcessService::Private {
public:
    explicit Private(EngineConfig config)
        : patience(config.patience)
    {
        thread.setObjectName(QStringLiteral("engine"));
        thread.start();
        // All that the engine is made of has to be made on its thread: timers, notifiers,
        // connections.
        QObject doorstep;
        doorstep.moveToThread(&thread);
        QMetaObject::invokeMethod(
            &doorstep,
            [this, &doorstep, &config] {
                engine = new Engine(std::move(config));
                doorstep.moveToThread(nullptr);
            },
            Qt::BlockingQueuedConnection);
        QObject::connect(&thread, &QThread::finished, engine, &QObject::deleteLater);
    }

    SystemNetwork network;
    SleepInhibitor sleep;
    QThread thread;
    Engine *engine = nullptr; ///< of the thread; goes with it
    const std::chrono::milliseconds patience;
    bool isEnding = false;
    bool isSaved = true; ///< once it has gone
};

InProcessService::InProcessService(EngineConfig config, QObject *parent)
    : JobService(parent)
    , d(nullptr)
{
    qRegisterMetaType<QList<JobSnapshot>>();
    qRegisterMetaType<JobIds>("core::JobIds");
    qRegisterMetaType<Attention>();
    qRegisterMetaType<Notice>();
    qRegisterMetaType<Settings>();
    d = std::make_unique<Private>(std::move(config));
    connect(d->engine, &Engine::jobsChanged, this, &JobService::jobsChanged);
    connect(d->engine, &Engine::jobsRemoved, this, &JobService::jobsRemoved);
    connect(d->engine, &Engine::attention, this, &JobService::attention);
    connect(d->engine, &Engine::notice, this, &JobService::notice);
    connect(d->engine, &Engine::settingsChanged, this, &JobService::settingsChanged);
    connect(&d->network, &SystemNetwork::changed, d->engine, &Engine::setConnectivity);
    connect(d->engine, &Engine::awakeNeeded, &d->sleep, &SleepInhibitor::keepAwake);
    QMetaObject::invokeMethod(d->engine,
                              [engine = d->engine, connectivity = d->network.connectivity()] {
                                  engine->setConnectivity(connectivity);
                              });
}

InProcessService::~InProcessService()
{
    std::ignore = endsBefore(QDeadlineTimer::Forever);
}

Ending InProcessService::close()
{
    if (!endsBefore(QDeadlineTimer(d->patience))) {
        return Ending::Unfinished;
    }
    return d->isSaved ? Ending::Saved : Ending::Unsaved;
}

bool InProcessService::endsBefore(QDeadlineTimer deadline)
{
    if (d->thread.isRunning() && !std::exchange(d->isEnding, true)) {
        QMetaObject::invokeMethod(d->engine, [parts = d.get()] {
            QCoro::connect(parts->engine->shutdown(), parts->engine, [parts] {
                parts->isSaved = parts->engine->isSaved();
                parts->thread.quit();
            });
        });
    }
    return d->thread.wait(deadline);
}

QFuture<JobService::Started> InProcessService::start()
{
    auto promise = std::make_shared<QPromise<Engine::Started>>();
    promise->start();
    QMetaObject::invokeMethod(d->engine, [engine = d->engine, promise] {
        QCoro::connect(engine->start(), engine, [promise](const Engine::Started &started) {
            promise->addResult(started);
            promise->finish();
        });
    });
    return promise->future();
}

void InProcessService::post(AnyCall call)
{
    if (d->isEnding) {
        return; // EngineGone
    }
    auto boxed = std::make_shared<AnyCall>(std::move(call));
    QMetaObject::invokeMethod(d->engine,
                              [engine = d->engine, boxed] { engine->take(std::move(*boxed)); });
}

} // namespace core
