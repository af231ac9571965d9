// SPDX-License-Identifier: Apache-2.0
#include "core/store/store_thread.h"

#include "tests/support/memory_store.h"
#include "tests/support/test_program.h"

#include <QSemaphore>
#include <QTest>
#include <QThread>

#include <memory>

using namespace core;

namespace {

/// What the store was asked for, as seen from its own thread.
struct Gate {
    QSemaphore entered; ///< a save has begun
    QSemaphore leave;   ///< lets it go on
    QMutex mutex;
    QList<QList<qint64>> groups; ///< ids of the deltas of each save
    QThread *madeOn = nullptr;
    QThread *savedOn = nullptr;
    QThread *destroyedOn = nullptr;
};

/// Halts in each save until the test lets it go on.
class GatedStore final : public JobStore {
public:
    GatedStore(std::shared_ptr<Gate> gate, std::shared_ptr<StoreMedium> medium)
        : m_gate(std::move(gate))
        , m_memory(std::move(medium))
    {
        m_gate->madeOn = QThread::currentThread();
    }
    ~GatedStore() override { m_gate->destroyedOn = QThread::currentThread(); }

    StoreResult<StoredState> load() override { return m_memory.load(); }
    StoreResult<> save(const QList<StoreDelta> &deltas) override
    {
        m_gate->entered.release();
        m_gate->leave.acquire();
        const QMutexLocker lock(&m_gate->mutex);
        m_gate->savedOn = QThread::currentThread();
        QList<qint64> ids;
        for (const StoreDelta &delta : deltas) {
            ids.append(delta.id.value);
        }
        m_gate->groups.append(ids);
        return m_memory.save(deltas);
    }
    StoreResult<TimelinePage> timeline(JobId job, int first, int count) override
    {
        return m_memory.timeline(job, first, count);
    }

private:
    std::shared_ptr<Gate> m_gate;
    MemoryStore m_memory;
};

StoreDelta job(qint64 id)
{
    StoreDelta delta;
    delta.id = {id};
    delta.job = JobRecord{.id = {id}};
    return delta;
}

constexpr int kMany = 1'000'000; // permits that no test uses up

} // namespace

class StoreThreadTest : public QObject {
    Q_OBJECT

private:
    std::shared_ptr<Gate> m_gate;
    std::shared_ptr<StoreMedium> m_medium;

    std::unique_ptr<StoreThread> begin()
    {
        return std::make_unique<StoreThread>([gate = m_gate, medium = m_medium] {
            return std::make_unique<GatedStore>(gate, medium);
        });
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_gate = std::make_shared<Gate>();
        m_medium = std::make_shared<StoreMedium>();
    }

    void theStoreLivesOnOneThreadOfItsOwn()
    {
        m_gate->leave.release(kMany);
        {
            const auto thread = begin();
            QVERIFY(thread->load().result());
            QVERIFY(thread->save(job(1)).result());
        }
        QVERIFY(m_gate->madeOn);
        QVERIFY(m_gate->madeOn != QThread::currentThread());
        QCOMPARE(m_gate->savedOn, m_gate->madeOn);
        QCOMPARE(m_gate->destroyedOn, m_gate->madeOn);
    }

    void allThatWaitGoIntoOneTransaction()
    {
        const auto thread = begin();
        const auto first = thread->save(job(1));
        m_gate->entered.acquire(); // while it is at work, three more come
        const auto second = thread->save(job(2));
        const auto third = thread->save(job(3));
        const auto fourth = thread->save(job(2));
        QVERIFY(!first.isFinished());
        m_gate->leave.release(kMany);
        for (const auto &future : {first, second, third, fourth}) {
            QVERIFY(future.result());
        }
        QCOMPARE(m_gate->groups, QList<QList<qint64>>({{1}, {2, 3, 2}}));
        QCOMPARE(m_medium->saveCount(), 2);
    }

    void aLoadSeesWhatWasSavedBeforeItAndNotAfter()
    {
        const auto thread = begin();
        const auto first = thread->save(job(1));
        m_gate->entered.acquire();
        const auto second = thread->save(job(2));
        const auto load = thread->load();
        const auto third = thread->save(job(3));
        m_gate->leave.release(kMany);
        QCOMPARE(load.result()->jobs.size(), 2);
        QVERIFY(third.result());
        QCOMPARE(m_gate->groups, QList<QList<qint64>>({{1}, {2}, {3}}));
    }

    void isReadyOnlyAfterTheCommit()
    {
        const auto thread = begin();
        const auto save = thread->save(job(1));
        m_gate->entered.acquire();
        QVERIFY(!save.isFinished());
        QVERIFY(m_medium->state().jobs.isEmpty());
        m_gate->leave.release(kMany);
        QVERIFY(save.result());
        QCOMPARE(m_medium->state().jobs.size(), 1);
    }

    void aFailureIsToldToAllOfTheGroupAndToNobodyElse()
    {
        const StoreError full{StoreFault::CannotSave, QStringLiteral("/x"), QStringLiteral("full")};
        const auto thread = begin();
        const auto first = thread->save(job(1));
        m_gate->entered.acquire();
        const auto second = thread->save(job(2));
        const auto third = thread->save(job(3));
        m_gate->leave.release();
        QVERIFY(first.result());
        m_gate->entered.acquire();
        m_medium->failNextSaves(full);
        m_gate->leave.release(kMany);
        QCOMPARE(second.result().error(), full);
        QCOMPARE(third.result().error(), full);
        QVERIFY(thread->save(job(4)).result());
        QCOMPARE(m_medium->state().jobs.size(), 2);
    }

    void savesWhatIsWaitingBeforeItEnds()
    {
        QList<QFuture<StoreResult<>>> futures;
        {
            const auto thread = begin();
            for (qint64 id = 1; id <= 100; ++id) {
                futures.append(thread->save(job(id)));
            }
            m_gate->leave.release(kMany);
        }
        for (const auto &future : std::as_const(futures)) {
            QVERIFY(future.isFinished());
            QVERIFY(future.result());
        }
        QCOMPARE(m_medium->state().jobs.size(), 100);
    }

    void endsWithoutEverHavingBeenUsed()
    {
        begin().reset();
        QVERIFY(m_gate->destroyedOn);
    }
};

BELLHOP_TEST(StoreThreadTest)
#include "tst_store_thread.moc"
