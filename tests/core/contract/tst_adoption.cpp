// SPDX-License-Identifier: Apache-2.0
#include "core/disk/found_part.h"
#include "tests/core/contract/half_fetched.h"
#include "tests/core/disk/planted.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <sys/xattr.h>

using namespace core;
using namespace Qt::StringLiterals;

/// Unfinished files that no job knows of any more.
class AdoptionTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aPartOfAJobIsNotOffered();
    void aPartWhoseListIsGoneIsOfferedAndGoneOnWith();
    void whatDoesNotFitWhatTheServerHasIsAsked();
    void whatNobodyWroteCountsAsMissing();
    void aPartOfAnotherListIsLeftAlone();
    void whatOnlyLooksLikeAPartIsTakenWhenItIsNamed();
    void whatIsNoPartIsNotTaken_data();
    void whatIsNoPartIsNotTaken();
    void aFinishedFileSaysNothing();

private:
    [[nodiscard]] QString part() const { return m_rig->path(u"file.part"_s); }
    [[nodiscard]] QList<LonePart> found()
    {
        return m_rig->ask<message::FindParts>({m_rig->folder.path()}).value_or(QList<LonePart>());
    }
    [[nodiscard]] Answer<JobId> adopt(const QString &path)
    {
        return m_rig->ask<message::Adopt>({path, m_server->url(u"/file"_s)});
    }
    /// Half a file whose job is nowhere.
    void orphan();

    std::unique_ptr<HttpServer> m_server;
    std::unique_ptr<ManualRig> m_rig;
};

void AdoptionTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_rig.reset(); // before its server
    m_server = std::make_unique<HttpServer>();
    half_fetched::serve(m_server.get());
    m_rig = std::make_unique<ManualRig>();
}

void AdoptionTest::orphan()
{
    half_fetched::jobIn(JobState::Suspended, m_rig.get(), m_server.get(),
                        half_fetched::specOf(*m_rig, *m_server));
    m_rig->stop();
    for (const QString &name : QDir(m_rig->state.path()).entryList({u"jobs.sqlite*"_s})) {
        QVERIFY(QFile::remove(m_rig->state.filePath(name)));
    }
    m_rig->start();
    if (!partAt(part())->mark) {
        QSKIP("the file system has no extended attributes");
    }
}

void AdoptionTest::aPartOfAJobIsNotOffered()
{
    half_fetched::jobIn(JobState::Suspended, m_rig.get(), m_server.get(),
                        half_fetched::specOf(*m_rig, *m_server));
    QVERIFY(found().isEmpty());
    const auto adopted = adopt(part());
    QVERIFY(!adopted);
    QCOMPARE(adopted.error().kind, RefusalKind::NoLonePart);
}

void AdoptionTest::aPartWhoseListIsGoneIsOfferedAndGoneOnWith()
{
    orphan();
    const LonePart expected{part(), u"file"_s, half_fetched::kHalf};
    QCOMPARE(found(), QList<LonePart>{expected});
    const auto id = adopt(part());
    QVERIFY(id);
    QVERIFY(found().isEmpty());
    QCOMPARE(m_rig->job(*id).state, JobState::Suspended);
    QCOMPARE(m_rig->file(*id).bytesDone, half_fetched::kHalf);
    QCOMPARE(partAt(part())->mark, (PartMark{{*id, 0}, m_rig->state.path()}));
    QVERIFY(!adopt(part()));
    m_rig->restart(); // it is in the list

    const qsizetype before = m_server->requests().size();
    m_rig->resume(*id);
    QVERIFY(m_rig->reaches(*id, JobState::Acknowledged));
    QVERIFY(m_rig->content(u"file"_s) == half_fetched::bytes());
    QCOMPARE(m_server->requests().size(), before + 1);
    const QByteArray range = m_server->requests().last().header("Range").value_or("all");
    QVERIFY2(range.startsWith("bytes=") && !range.startsWith("bytes=0-"), range.constData());
}

void AdoptionTest::whatDoesNotFitWhatTheServerHasIsAsked()
{
    orphan();
    m_server->serve("/file", {.body = Body::pattern(2, half_fetched::kFileBytes)});
    const auto id = adopt(part());
    QVERIFY(id);
    m_rig->resume(*id);
    QVERIFY(m_rig->reaches(*id, JobState::Error));
    QCOMPARE(m_rig->job(*id).error->cause, Cause::RemoteChanged);
    QVERIFY(!m_rig->listing().contains(u"file"_s));
}

/// As a crash leaves a part whose length reached the disk before its bytes.
void AdoptionTest::whatNobodyWroteCountsAsMissing()
{
    orphan();
    QVERIFY(QFile::resize(part(), half_fetched::kHalf + half_fetched::kBlock));
    QVERIFY(found().value(0).bytes <= half_fetched::kHalf);
    const auto id = adopt(part());
    QVERIFY(id);
    m_rig->resume(*id);
    QVERIFY(m_rig->reaches(*id, JobState::Acknowledged));
    QVERIFY(m_rig->content(u"file"_s) == half_fetched::bytes());
}

void AdoptionTest::aPartOfAnotherListIsLeftAlone()
{
    orphan();
    const ManualRig other;
    const PartIdentity identity = planted::identity(part());
    VERIFY_WORKED(markAnew(identity, {{{1}, 0}, other.state.path()}));
    QVERIFY(found().isEmpty());
    QVERIFY(!adopt(part()));
    VERIFY_WORKED(markAnew(identity, {{{1}, 0}, u"/nowhere/any/more"_s}));
    QCOMPARE(found().size(), 1);
}

void AdoptionTest::whatOnlyLooksLikeAPartIsTakenWhenItIsNamed()
{
    m_rig->plant(u"film.mp4.2.part"_s, half_fetched::bytes().first(half_fetched::kHalf));
    QVERIFY(found().isEmpty()); // other programs name their files so, too
    const auto id = adopt(m_rig->path(u"film.mp4.2.part"_s));
    QVERIFY(id);
    m_rig->resume(*id);
    QVERIFY(m_rig->reaches(*id, JobState::Acknowledged));
    QVERIFY(m_rig->content(u"film.mp4"_s) == half_fetched::bytes());
}

void AdoptionTest::whatIsNoPartIsNotTaken_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name :
         {"none.part", "a.txt", "link.part", "two.part", "folder.part", ".part"}) {
        QTest::newRow(name) << QString::fromLatin1(name);
    }
}

void AdoptionTest::whatIsNoPartIsNotTaken()
{
    QFETCH(QString, name);
    m_rig->plant(u"a.txt"_s, "text");
    m_rig->plant(u".part"_s, "text");
    m_rig->plant(u"two.part"_s, "text");
    planted::hardLink(m_rig->path(u"two.part"_s), m_rig->path(u"one.part"_s));
    planted::link(m_rig->path(u"a.txt"_s), m_rig->path(u"link.part"_s));
    planted::folder(m_rig->path(u"folder.part"_s));
    const auto adopted = adopt(m_rig->path(name));
    QVERIFY(!adopted);
    QCOMPARE(adopted.error().kind, RefusalKind::NoLonePart);
    QCOMPARE(adopted.error().subject, m_rig->path(name));
    QVERIFY(m_rig->ask<message::Jobs>({})->isEmpty());
}

void AdoptionTest::aFinishedFileSaysNothing()
{
    const JobId id = m_rig->download({m_server->url(u"/file"_s)});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    const QByteArray file = QFile::encodeName(m_rig->path(u"file"_s));
    QVERIFY(::listxattr(file.constData(), nullptr, 0) <= 0);
}

BELLHOP_TEST(AdoptionTest)
#include "tst_adoption.moc"
