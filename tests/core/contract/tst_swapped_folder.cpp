// SPDX-License-Identifier: Apache-2.0
#include "tests/support/manual_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;
using namespace Qt::StringLiterals;

/// Somebody puts a link in the place of the folder while a job fetches into it.
class SwappedFolderTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup()
    {
        m_rig.reset();
        m_server.reset();
    }

    void nothingGoesToWhereTheLinkLeads();
    void theLinkCanBeTakenForTheFolder();
    void aFolderThatIsALinkFromTheBeginningIsKnownByWhereItLeads();

private:
    static constexpr qint64 kSize = 100'000;

    [[nodiscard]] QString path(const QString &name) const { return m_rig->path(name); }
    [[nodiscard]] static QStringList namesIn(const QString &folder)
    {
        return QDir(folder).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden);
    }
    [[nodiscard]] JobId download(const QString &folder)
    {
        JobSpec spec = m_rig->spec({m_server->url(u"/a"_s), m_server->url(u"/b"_s)});
        spec.folder = folder;
        return m_rig->download(spec);
    }
    /// A job that was stopped by the swap when it had half of its first file.
    [[nodiscard]] JobId swapped();

    std::unique_ptr<HttpServer> m_server;
    std::unique_ptr<ManualRig> m_rig;
};

void SwappedFolderTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_server = std::make_unique<HttpServer>();
    m_server->serve("/a", {.body = Body::pattern(1, kSize)});
    m_server->serve("/b", {.body = Body::pattern(2, kSize)});
    m_rig = std::make_unique<ManualRig>();
    m_rig->limitTo(1);
    require(QDir(m_rig->folder.path()).mkdir(u"in"_s) &&
                QDir(m_rig->folder.path()).mkdir(u"elsewhere"_s),
            u"no folders"_s);
}

JobId SwappedFolderTest::swapped()
{
    m_server->holdAfter("/a", kSize / 2, "gate");
    const JobId id = download(path(u"in"_s));
    require(m_rig->comesTo([&] { return m_server->isWaitingAt("gate"); }), u"no half"_s);
    require(QDir().rename(path(u"in"_s), path(u"away"_s)) &&
                QFile::link(path(u"elsewhere"_s), path(u"in"_s)),
            u"not swapped"_s);
    m_server->release("gate");
    return id;
}

void SwappedFolderTest::nothingGoesToWhereTheLinkLeads()
{
    const JobId id = swapped();
    QVERIFY(m_rig->reaches(id, JobState::Error));
    QCOMPARE(m_rig->job(id).error->cause, Cause::NotAFolder);
    QCOMPARE(m_rig->job(id).error->localPath, path(u"in"_s));
    m_rig->resume(id);
    QVERIFY(m_rig->reaches(id, JobState::Error));
    QVERIFY(namesIn(path(u"elsewhere"_s)).isEmpty());

    QVERIFY(QFile::remove(path(u"in"_s)) && QDir().rename(path(u"away"_s), path(u"in"_s)));
    m_rig->resume(id);
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(namesIn(path(u"in"_s)), QStringList({u"a"_s, u"b"_s}));
    QCOMPARE(m_rig->content(u"in/a"_s), patternBytes(1, 0, kSize));
    QVERIFY(namesIn(path(u"elsewhere"_s)).isEmpty());
}

void SwappedFolderTest::theLinkCanBeTakenForTheFolder()
{
    const JobId id = swapped();
    QVERIFY(m_rig->reaches(id, JobState::Error));
    m_rig->resume(id, {fix::OtherFolder{path(u"in"_s)}});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(m_rig->job(id).folder, path(u"elsewhere"_s));
    QCOMPARE(namesIn(path(u"elsewhere"_s)), QStringList({u"a"_s, u"b"_s}));
    QCOMPARE(m_rig->content(u"elsewhere/a"_s), patternBytes(1, 0, kSize));
}

void SwappedFolderTest::aFolderThatIsALinkFromTheBeginningIsKnownByWhereItLeads()
{
    QVERIFY(QFile::link(path(u"in"_s), path(u"link"_s)));
    const JobId id = download(path(u"link"_s));
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(m_rig->job(id).folder, path(u"in"_s));
    QCOMPARE(namesIn(path(u"in"_s)), QStringList({u"a"_s, u"b"_s}));
}

BELLHOP_TEST(SwappedFolderTest)
#include "tst_swapped_folder.moc"
