// SPDX-License-Identifier: Apache-2.0
#include "core/disk/volumes.h"
#include "core/transfer/file/flowing_hash.h"
#include "tests/support/pattern_bytes.h"
#include "tests/support/require.h"
#include "tests/support/run_task.h"
#include "tests/support/test_program.h"
#include "tests/support/turn_until.h"

#include <QCryptographicHash>
#include <QFile>
#include <QTemporaryDir>

#include <sys/stat.h>

using namespace core;
using namespace std::chrono_literals;

namespace {

constexpr auto kSha256 = ExpectedHash::Algorithm::Sha256;
constexpr qint64 kStep = 64 * 1024;
constexpr qint64 kAll = 5 * kStep + 123;

QByteArray sha256Of(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

} // namespace

/// The checksum of a file that is worked out while it comes.
class FlowingHashTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Volumes> m_volumes;
    std::unique_ptr<FlowingHash> m_hash;

    [[nodiscard]] QString path() const { return m_folder->filePath(QStringLiteral("film.part")); }
    [[nodiscard]] PartIdentity written(qint64 offset, const QByteArray &bytes) const
    {
        QFile file(path());
        require(file.open(QIODevice::ReadWrite) && file.seek(offset) &&
                    file.write(bytes) == bytes.size() && file.flush(),
                QStringLiteral("cannot write"));
        struct stat facts = {};
        require(::stat(QFile::encodeName(path()).constData(), &facts) == 0,
                QStringLiteral("cannot look at it"));
        return {.path = path(), .device = facts.st_dev, .inode = facts.st_ino};
    }
    [[nodiscard]] bool hasRead(qint64 bytes) const
    {
        return turnUntil([&] { return m_hash->bytesRead() == bytes; }, 10s);
    }
    [[nodiscard]] QByteArray finished(const PartIdentity &part,
                                      ExpectedHash::Algorithm algorithm = kSha256)
    {
        const auto digest = runFor(m_hash->finish(part, algorithm), 10s);
        return digest && *digest ? **digest : QByteArray("none");
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_folder = std::make_unique<QTemporaryDir>();
        m_volumes = std::make_unique<Volumes>();
        m_hash = std::make_unique<FlowingHash>(m_volumes.get(), m_folder->path(), kStep);
    }
    void cleanup()
    {
        m_hash.reset();
        m_volumes.reset();
    }

    void whatHasComeIsReadOnlyOnce()
    {
        const QByteArray film = patternBytes(1, 0, kAll);
        const PartIdentity part = written(0, film.first(3 * kStep + 10));
        m_hash->follow(part, kSha256, kStep + 1);
        QVERIFY(hasRead(kStep));
        m_hash->follow(part, kSha256, 3 * kStep + 10);
        QVERIFY(hasRead(3 * kStep));
        std::ignore = written(3 * kStep, film.sliced(3 * kStep));
        std::ignore = written(0, QByteArray(3 * kStep, '?')); // nobody looks at that any more
        QCOMPARE(finished(part), sha256Of(film));
    }

    void whatIsToBeFetchedAgainIsReadAgain()
    {
        const QByteArray film = patternBytes(1, 0, kAll);
        const PartIdentity part = written(0, patternBytes(2, 0, kAll));
        m_hash->follow(part, kSha256, kAll);
        QVERIFY(hasRead(5 * kStep));
        m_hash->startOver();
        std::ignore = written(0, film);
        m_hash->follow(part, kSha256, 2 * kStep);
        QCOMPARE(finished(part), sha256Of(film));
    }

    void aStepUnderWayIsWaitedFor()
    {
        const QByteArray film = patternBytes(1, 0, kAll);
        const PartIdentity part = written(0, film);
        m_hash->follow(part, kSha256, kAll);
        QCOMPARE(finished(part), sha256Of(film));
    }

    void ofFewBytesNothingIsReadAhead()
    {
        const QByteArray film = patternBytes(1, 0, kStep - 1);
        const PartIdentity part = written(0, film);
        m_hash->follow(part, kSha256, film.size());
        QCOMPARE(m_hash->bytesRead(), 0);
        QCOMPARE(finished(part), sha256Of(film));
    }

    void anotherAlgorithmOrFileBeginsAnew()
    {
        const QByteArray film = patternBytes(1, 0, kAll);
        const PartIdentity part = written(0, film);
        m_hash->follow(part, kSha256, kAll);
        QVERIFY(hasRead(5 * kStep));
        QCOMPARE(finished(part, ExpectedHash::Algorithm::Md5),
                 QCryptographicHash::hash(film, QCryptographicHash::Md5).toHex());
        m_hash->follow(part, kSha256, kAll);
        QVERIFY(hasRead(5 * kStep));
        QVERIFY(QFile::rename(path(), path() + u'~'));
        const PartIdentity other = written(0, patternBytes(3, 0, kAll));
        QCOMPARE(finished(other), sha256Of(patternBytes(3, 0, kAll)));
    }

    void whatCannotBeReadIsSaidInTheEnd()
    {
        const PartIdentity part = written(0, patternBytes(1, 0, kAll));
        QVERIFY(QFile::remove(path()));
        m_hash->follow(part, kSha256, kAll);
        const auto digest = runFor(m_hash->finish(part, kSha256), 10s);
        QVERIFY(digest && !*digest);
        QCOMPARE(causeOf(digest->error()), Cause::PartMissing);
    }
};

BELLHOP_TEST(FlowingHashTest)
#include "tst_flowing_hash.moc"
