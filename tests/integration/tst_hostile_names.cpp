// SPDX-License-Identifier: Apache-2.0
#include "tests/support/engine_rig.h"
#include "tests/support/file_tree.h"
#include "tests/support/hostile_names.h"
#include "tests/support/name_flaws.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QSet>

#include <sys/stat.h>
#include <unistd.h>

using namespace core;

namespace {

/// A folder to download into, three levels down in one that is watched, with files that names aim
/// at beside, above and in it.
class Plot {
public:
    Plot()
    {
        QVERIFY(QDir(m_root.path()).mkpath(QStringLiteral("up/here/taken-folder")));
        QVERIFY(QDir(m_root.path()).mkpath(QStringLiteral("up/sibling/sub")));
        for (const char *path : {"victim.txt", "up/victim.txt", "up/sibling/victim.txt",
                                 "up/here/victim.txt", "up/here/taken.txt", "up/here/desktop.ini",
                                 "up/here/film.bin.part", "up/here/taken-folder/victim.txt"}) {
            plant(path);
        }
        link("taken-link", "../victim.txt");
        link("dangling-link", "../sibling/nobody.txt");
        QCOMPARE(::mkfifo(at("taken-pipe").constData(), 0600), 0);
    }

    [[nodiscard]] QString root() const { return m_root.path(); }
    [[nodiscard]] QString folder() const { return m_root.filePath(QStringLiteral("up/here")); }
    [[nodiscard]] FileTree tree() const { return FileTree::of(root()); }

private:
    [[nodiscard]] QByteArray at(const char *name) const
    {
        return QFile::encodeName(folder() + u'/' + QString::fromLatin1(name));
    }
    void link(const char *name, const char *target) const
    {
        QCOMPARE(::symlink(target, at(name).constData()), 0);
    }
    void plant(const char *path) const
    {
        QFile file(m_root.filePath(QString::fromLatin1(path)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.write(path) > 0);
    }

    QTemporaryDir m_root;
};

QString shown(const ProposedName &name)
{
    return QString::fromLatin1(name.bytes.toPercentEncoding(" ;=\"*'"));
}

Body bodyOf(qsizetype index)
{
    return Body::pattern(quint64(index), 20 + index % 50);
}

} // namespace

/// Names that mean harm, through the whole engine: from the header or the address that proposes
/// them to the file on the disk.
class HostileNamesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        // Newer releases of Qt tell of bytes that a field cannot have.
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!HTTP header value contained)")));
    }

    void namesThoughtOfMakeOneSafeFileEach();
    void namesMadeUpMakeOneSafeFileEach_data();
    void namesMadeUpMakeOneSafeFileEach();
    void whatTakesANameIsLeftAlone_data();
    void whatTakesANameIsLeftAlone();
    void theNameIsThatOfTheFirstResponse_data();
    void theNameIsThatOfTheFirstResponse();

private:
    static QUrl propose(HttpServer *server, const ProposedName &name, qsizetype index);
    static void download(const QList<ProposedName> &names, const Plot &plot);
    static QString flawIn(const QByteArray &path, const FileTree::Entry &entry);
};

/// Sets the server up so that this address proposes the name.
QUrl HostileNamesTest::propose(HttpServer *server, const ProposedName &name, qsizetype index)
{
    const QString plain = QStringLiteral("/get/%1").arg(index);
    const QUrl url = server->url(plain);
    Resource file{.body = bodyOf(index)};
    if (name.place == ProposedName::Place::Header) {
        file.headers = {{"Content-Disposition", name.bytes}};
        server->serve(plain.toLatin1(), file);
        return url;
    }
    // As the client will resolve it: "." and ".." are steps of the way, not names.
    const QUrl target = url.resolved(
        QUrl::fromEncoded("/to/" + QByteArray::number(index) + "/sub/" + name.bytes + "?q"));
    server->redirect(plain.toLatin1(), target.toEncoded());
    server->serve(target.path(QUrl::FullyEncoded).toLatin1(), file);
    return url;
}

QString HostileNamesTest::flawIn(const QByteArray &path, const FileTree::Entry &entry)
{
    static const QByteArray kFolder = "up/here/";
    const QByteArray name = path.sliced(std::min(path.size(), kFolder.size()));
    if (!path.startsWith(kFolder) || name.contains('/')) {
        return QStringLiteral("is not in the folder");
    }
    if (name.isEmpty() || !name.isValidUtf8()) {
        return QStringLiteral("has a name that is not UTF-8");
    }
    if (entry.kind != 'f' || entry.isExecutable) {
        return QStringLiteral("is no plain file: ") + QString::fromLatin1(entry.facts);
    }
    return flawInName(QString::fromUtf8(name));
}

/// All of them as one job. For each there is one new file with its bytes, where and as it should
/// be, and nothing else has changed.
void HostileNamesTest::download(const QList<ProposedName> &names, const Plot &plot)
{
    HttpServer server;
    QList<QUrl> urls;
    QHash<QByteArray, qsizetype> bodies;
    for (qsizetype i = 0; i < names.size(); ++i) {
        urls.append(propose(&server, names.at(i), i));
        bodies.insert(bodyOf(i).slice(0, 100), i);
    }
    QCOMPARE(bodies.size(), names.size());
    const FileTree before = plot.tree();
    EngineRig rig;
    rig.limitTo(8);
    JobSpec spec = rig.spec(urls);
    spec.folder = plot.folder();
    spec.options.existing = ExistingFile::KeepBoth;
    const JobId id = rig.download(spec);
    const bool ended = QTest::qWaitFor(
        [&] {
            const JobState state = rig.job(id).state;
            return state == JobState::Acknowledged || state == JobState::Error;
        },
        120'000);
    const auto files =
        rig.ask<message::Files>({.job = id, .count = int(names.size())}).value_or(FilePage{}).files;
    for (const FileSnapshot &file : files) {
        QVERIFY2(!file.error, qPrintable(QString::fromLatin1(
                                             core::name(file.error ? file.error->cause : Cause{})) +
                                         QStringLiteral(" of ") + shown(names.at(file.id.index))));
    }
    QVERIFY(ended);

    const FileTree after = plot.tree();
    QCOMPARE(before.changeIn(after), QString());
    for (const QByteArray &path : before.newIn(after)) {
        const FileTree::Entry entry = after.entries.value(path);
        const auto body = bodies.constFind(entry.content);
        const QString where = QString::fromLatin1(path.toPercentEncoding("/ "));
        QVERIFY2(body != bodies.cend(), qPrintable(where + QStringLiteral(" has wrong bytes")));
        const QString flaw = flawIn(path, entry);
        QVERIFY2(
            flaw.isEmpty(),
            qPrintable(QStringLiteral("%1: %2, of %3").arg(where, flaw, shown(names.at(*body)))));
        const QString told = files.value(*body).path;
        QCOMPARE(QFile::encodeName(told), QFile::encodeName(plot.root()) + '/' + path);
        bodies.erase(body);
    }
    QVERIFY2(bodies.isEmpty(), "some files are nowhere");
}

void HostileNamesTest::namesThoughtOfMakeOneSafeFileEach()
{
    const Plot plot;
    const QList<ProposedName> names = hostileNames(plot.root().toUtf8());
    QVERIFY(names.size() > 900);
    download(names, plot);
}

void HostileNamesTest::namesMadeUpMakeOneSafeFileEach_data()
{
    // The long form goes on with other seeds.
    const int rounds = std::max(1, qEnvironmentVariableIntValue("BELLHOP_NAME_ROUNDS"));
    QTest::addColumn<quint32>("seed");
    for (int seed = 1; seed <= rounds; ++seed) {
        QTest::addRow("seed %d", seed) << quint32(seed);
    }
}

void HostileNamesTest::namesMadeUpMakeOneSafeFileEach()
{
    QFETCH(quint32, seed);
    download(generatedNames(seed, 500), Plot());
}

void HostileNamesTest::whatTakesANameIsLeftAlone_data()
{
    QTest::addColumn<ExistingFile>("policy");
    QTest::addColumn<QByteArray>("name");
    for (const ExistingFile policy :
         {ExistingFile::Ask, ExistingFile::KeepBoth, ExistingFile::Skip, ExistingFile::Replace}) {
        for (const char *name :
             {"taken.txt", "taken-folder", "taken-link", "taken-pipe", "dangling-link"}) {
            if (policy != ExistingFile::Replace || qstrcmp(name, "taken.txt") != 0) {
                QTest::addRow("%s %s", core::name(policy), name) << policy << QByteArray(name);
            }
        }
    }
}

void HostileNamesTest::whatTakesANameIsLeftAlone()
{
    QFETCH(ExistingFile, policy);
    QFETCH(QByteArray, name);
    HttpServer server;
    server.serve("/f",
                 {.body = bodyOf(1),
                  .headers = {{"Content-Disposition", "attachment; filename=\"" + name + '"'}}});
    const Plot plot;
    const FileTree before = plot.tree();
    EngineRig rig;
    JobSpec spec = rig.spec({server.url(QStringLiteral("/f"))});
    spec.folder = plot.folder();
    spec.options.existing = policy;
    const JobId id = rig.download(spec);
    const bool asks = policy == ExistingFile::Ask || policy == ExistingFile::Replace;
    QVERIFY(rig.reaches(id, asks ? JobState::Error : JobState::Acknowledged));
    QCOMPARE(before.changeIn(plot.tree()), QString());
    const QList<QByteArray> made = before.newIn(plot.tree());
    // What asks has fetched nothing yet.
    QCOMPARE(made.size(), policy == ExistingFile::KeepBoth ? 1 : 0);
    for (const QByteArray &path : made) {
        QVERIFY(!path.endsWith(".part"));
        QCOMPARE(plot.tree().entries.value(path).content, bodyOf(1).slice(0, 100));
    }
    std::ignore = rig.cancel(id); // refused when the job is over
    QTRY_COMPARE(before.newIn(plot.tree()).size(), policy == ExistingFile::KeepBoth ? 1 : 0);
    QCOMPARE(before.changeIn(plot.tree()), QString());
}

void HostileNamesTest::theNameIsThatOfTheFirstResponse_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("second");
    QTest::addColumn<QString>("name");
    const QByteArray kind = "attachment; filename=";
    QTest::newRow("another") << kind + "one.bin" << kind + "two.bin" << QStringLiteral("one.bin");
    QTest::newRow("none, then one") << QByteArray() << kind + "two.bin" << QStringLiteral("f");
    QTest::newRow("one, then none")
        << kind + "one.bin" << QByteArray() << QStringLiteral("one.bin");
    QTest::newRow("the same to the eye")
        << kind + "\"a\u200bb.bin\"" << kind + "\"ab.bin \"" << QStringLiteral("ab.bin");
    QTest::newRow("one out of the folder")
        << kind + "one.bin" << kind + "../../victim.txt" << QStringLiteral("one.bin");
    QTest::newRow("that of the part")
        << kind + "one.bin" << kind + "one.bin.part" << QStringLiteral("one.bin");
    QTest::newRow("one that is taken")
        << kind + "one.bin" << kind + "taken.txt" << QStringLiteral("one.bin");
}

void HostileNamesTest::theNameIsThatOfTheFirstResponse()
{
    QFETCH(QByteArray, first);
    QFETCH(QByteArray, second);
    QFETCH(QString, name);
    constexpr qint64 kSize = 3'000'000;
    const auto saying = [](const QByteArray &disposition) {
        Resource file{.body = Body::pattern(5, kSize)};
        if (!disposition.isEmpty()) {
            file.headers = {{"Content-Disposition", disposition}};
        }
        return file;
    };
    HttpServer server;
    server.serve("/f", saying(first));
    server.after("/f", kSize / 2,
                 {step::Do{[&] { server.serve("/f", saying(second)); }}, step::Close{}});
    const Plot plot;
    const FileTree before = plot.tree();
    EngineRig rig;
    JobSpec spec = rig.spec({server.url(QStringLiteral("/f"))});
    spec.folder = plot.folder();
    const JobId id = rig.download(spec);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(server.requests("/f").size(), 2);
    QVERIFY(server.requests("/f").last().header("Range") != "bytes=0-");
    QCOMPARE(before.changeIn(plot.tree()), QString());
    QCOMPARE(before.newIn(plot.tree()), QList<QByteArray>{"up/here/" + name.toUtf8()});
    QCOMPARE(plot.tree().entries.value("up/here/" + name.toUtf8()).content,
             patternBytes(5, 0, kSize));
}

BELLHOP_TEST(HostileNamesTest)
#include "tst_hostile_names.moc"
