// SPDX-License-Identifier: Apache-2.0
// A person's hands in the folder of a job: whatever they do there, the file comes right in the end,
// or the job asks about what it found, and nothing of the person's is overwritten.
#include "tests/core/contract/half_fetched.h"
#include "tests/core/disk/planted.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <algorithm>
#include <optional>

using namespace core;
using namespace Qt::StringLiterals;

namespace {

enum class Deed { Delete, Truncate, Append, Overwrite, Forbid, Rename, Link };
enum class Thing { Part, Folder, Name };

constexpr std::array kDeedNames{"deleted",     "cut off", "appended to",       "overwritten",
                                "of mode 000", "renamed", "replaced by a link"};
constexpr std::array kThingNames{"part", "folder", "final name"};
constexpr std::array kStatesMet{JobState::Suspended, JobState::Transferring, JobState::Transferred,
                                JobState::Error};

/// What the job does when it goes on.
struct Outcome {
    enum class Kind { Finishes, Mends, Asks, MakesNoSense } kind = Kind::Finishes;
    Cause about = Cause::Internal;
};
constexpr Outcome kFinishes{};
constexpr Outcome kMended{Outcome::Kind::Mends};         ///< and says how much it fetched again
constexpr Outcome kNoBytes{Outcome::Kind::MakesNoSense}; ///< a folder has none
constexpr Outcome asks(Cause about)
{
    return {Outcome::Kind::Asks, about};
}

struct Hands {
    Thing thing;
    Deed deed;
    std::array<Outcome, kStatesMet.size()> outcomes; ///< in the order of kStatesMet
};

constexpr Outcome kMissing = asks(Cause::PartMissing);
constexpr Outcome kChanged = asks(Cause::PartChanged);
constexpr Outcome kClosed = asks(Cause::NoPermission);
constexpr Outcome kNoFolder = asks(Cause::FolderMissing);
constexpr Outcome kNotAFolder = asks(Cause::NotAFolder);
constexpr Outcome kTaken = asks(Cause::NameExists);
constexpr Outcome kNoFile = asks(Cause::NotRegularFile); ///< has the name

constexpr std::array kTable{
    // clang-format off
    //                                      suspended    running      transferred  error
    Hands{Thing::Part,   Deed::Delete,    {{kMended,     kMissing,    kMissing,    kMended}}},
    Hands{Thing::Part,   Deed::Truncate,  {{kMended,     kMended,     kMended,     kMended}}},
    Hands{Thing::Part,   Deed::Append,    {{kFinishes,   kFinishes,   kFinishes,   kFinishes}}},
    Hands{Thing::Part,   Deed::Overwrite, {{kMended,     kMended,     kMended,     kMended}}},
    Hands{Thing::Part,   Deed::Forbid,    {{kClosed,     kClosed,     kClosed,     kClosed}}},
    Hands{Thing::Part,   Deed::Rename,    {{kMended,     kMissing,    kMissing,    kMended}}},
    Hands{Thing::Part,   Deed::Link,      {{kChanged,    kChanged,    kChanged,    kChanged}}},
    Hands{Thing::Folder, Deed::Delete,    {{kNoFolder,   kMissing,    kNoFolder,   kNoFolder}}},
    Hands{Thing::Folder, Deed::Truncate,  {{kNoBytes,    kNoBytes,    kNoBytes,    kNoBytes}}},
    Hands{Thing::Folder, Deed::Append,    {{kNoBytes,    kNoBytes,    kNoBytes,    kNoBytes}}},
    Hands{Thing::Folder, Deed::Overwrite, {{kNoBytes,    kNoBytes,    kNoBytes,    kNoBytes}}},
    Hands{Thing::Folder, Deed::Forbid,    {{kClosed,     kClosed,     kClosed,     kClosed}}},
    Hands{Thing::Folder, Deed::Rename,    {{kNoFolder,   kNoFolder,   kNoFolder,   kNoFolder}}},
    Hands{Thing::Folder, Deed::Link,      {{kNotAFolder, kNotAFolder, kNotAFolder, kNotAFolder}}},
    Hands{Thing::Name,   Deed::Delete,    {{kFinishes,   kFinishes,   kFinishes,   kFinishes}}},
    Hands{Thing::Name,   Deed::Truncate,  {{kTaken,      kTaken,      kTaken,      kTaken}}},
    Hands{Thing::Name,   Deed::Append,    {{kTaken,      kTaken,      kTaken,      kTaken}}},
    Hands{Thing::Name,   Deed::Overwrite, {{kTaken,      kTaken,      kTaken,      kTaken}}},
    Hands{Thing::Name,   Deed::Forbid,    {{kTaken,      kTaken,      kTaken,      kTaken}}},
    Hands{Thing::Name,   Deed::Rename,    {{kFinishes,   kFinishes,   kFinishes,   kFinishes}}},
    Hands{Thing::Name,   Deed::Link,      {{kNoFile,     kNoFile,     kNoFile,     kNoFile}}},
    // clang-format on
};
static_assert(kTable.size() == kDeedNames.size() * kThingNames.size());

} // namespace

class PersonsHandsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_nobody.emplace(); } // permissions are nothing to root
    void init();
    void cleanup();
    void cleanupTestCase() { m_nobody.reset(); }

    void whateverTheyDoTheFileComesRightOrTheJobAsks_data();
    void whateverTheyDoTheFileComesRightOrTheJobAsks();

private:
    static constexpr int kRepairs = 3;

    [[nodiscard]] QString in(const QString &name) const { return m_folder + u'/' + name; }
    /// What belongs to the person and is to stay as it is.
    void keep(const QString &path, const QByteArray &bytes) { m_persons.insert(path, bytes); }
    void meddleWithFile(const QString &path, Deed deed);
    void meddleWithFolder(Deed deed);
    void changeBytes(const QString &path, Deed deed);
    void undo(Deed deed);
    [[nodiscard]] std::optional<Cause> comesToRest(JobId id);
    [[nodiscard]] static Fixes repairOf(Cause cause, Deed deed);

    std::optional<planted::AsNobody> m_nobody;
    std::unique_ptr<HttpServer> m_server;
    std::unique_ptr<ManualRig> m_rig;
    QString m_folder;
    QString m_elsewhere;
    QMap<QString, QByteArray> m_persons;
};

void PersonsHandsTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_server = std::make_unique<HttpServer>();
    half_fetched::serve(m_server.get());
    m_rig = std::make_unique<ManualRig>();
    m_folder = m_rig->path(u"in"_s);
    m_elsewhere = m_rig->path(u"elsewhere"_s);
    planted::folder(m_folder);
    planted::folder(m_elsewhere);
    m_persons.clear();
}

void PersonsHandsTest::cleanup()
{
    m_rig.reset();
    m_server.reset();
}

void PersonsHandsTest::changeBytes(const QString &path, Deed deed)
{
    QFile file(path);
    QVERIFY(file.open(deed == Deed::Append ? QIODevice::Append : QIODevice::ReadWrite));
    if (deed == Deed::Truncate) {
        QVERIFY(file.resize(file.size() / 3));
    } else {
        QCOMPARE(file.write("????"), 4);
    }
}

void PersonsHandsTest::meddleWithFile(const QString &path, Deed deed)
{
    const bool isPart = path.endsWith(u".part");
    const QString away = path + u".away"_s;
    switch (deed) {
    case Deed::Delete:
        QVERIFY(QFile::remove(path));
        m_persons.remove(path);
        return;
    case Deed::Truncate:
    case Deed::Append:
    case Deed::Overwrite:
        changeBytes(path, deed);
        break;
    case Deed::Forbid:
        QCOMPARE(::chmod(QFile::encodeName(path).constData(), 0), 0);
        return;
    case Deed::Rename:
    case Deed::Link:
        QVERIFY(QFile::rename(path, away));
        m_persons.remove(path);
        if (!isPart) {
            keep(away, planted::content(away));
        }
        if (deed == Deed::Link) {
            keep(m_elsewhere + u"/theirs"_s, "theirs");
            planted::file(m_elsewhere + u"/theirs"_s, "theirs");
            planted::link(m_elsewhere + u"/theirs"_s, path);
        }
        return;
    }
    if (!isPart) {
        keep(path, planted::content(path));
    }
}

void PersonsHandsTest::meddleWithFolder(Deed deed)
{
    const QString away = m_rig->path(u"away"_s);
    switch (deed) {
    case Deed::Delete:
        QVERIFY(QDir(m_folder).removeRecursively());
        m_persons.clear();
        return;
    case Deed::Forbid:
        QCOMPARE(::chmod(QFile::encodeName(m_folder).constData(), 0), 0);
        return;
    case Deed::Rename:
    case Deed::Link:
        QVERIFY(QDir().rename(m_folder, away));
        if (deed == Deed::Link) {
            planted::link(m_elsewhere, m_folder);
        }
        return;
    case Deed::Truncate:
    case Deed::Append:
    case Deed::Overwrite:
        QVERIFY(!QFile(m_folder).open(QIODevice::ReadWrite)); // nobody can
        return;
    }
}

/// The folder is back as it was, and what was closed is open.
void PersonsHandsTest::undo(Deed deed)
{
    const QString away = m_rig->path(u"away"_s);
    if (deed == Deed::Forbid) {
        QCOMPARE(::chmod(QFile::encodeName(m_folder).constData(), 0755), 0);
        for (const QString &name : planted::names(m_folder)) {
            QCOMPARE(::chmod(QFile::encodeName(in(name)).constData(), 0600), 0);
        }
    } else if (QFileInfo::exists(away)) {
        QVERIFY(deed != Deed::Link || QFile::remove(m_folder));
        QVERIFY(QDir().rename(away, m_folder));
    }
}

/// The cause that it asks about; nothing when it is finished.
std::optional<Cause> PersonsHandsTest::comesToRest(JobId id)
{
    JobSnapshot job;
    const bool rests = m_rig->comesTo([&] {
        job = m_rig->job(id);
        return job.state == JobState::Acknowledged || job.state == JobState::Error ||
               (job.state == JobState::Transferred && job.obstacle);
    });
    require(rests, u"it does not come to rest: "_s + QLatin1StringView(name(job.state)));
    m_rig->settle();
    job = m_rig->job(id);
    if (job.state == JobState::Acknowledged) {
        return std::nullopt;
    }
    return job.obstacle ? job.obstacle->cause : job.error->cause;
}

Fixes PersonsHandsTest::repairOf(Cause cause, Deed deed)
{
    switch (cause) {
    case Cause::PartMissing:
    case Cause::PartChanged:
        return {fix::Restart{}};
    case Cause::NameExists:
    case Cause::NotRegularFile:
        return {fix::KeepBoth{}};
    case Cause::FolderMissing:
        return deed == Deed::Delete ? Fixes{fix::CreateFolder{}} : Fixes{fix::Retry{}};
    default:
        return {fix::Retry{}};
    }
}

void PersonsHandsTest::whateverTheyDoTheFileComesRightOrTheJobAsks_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<int>("met");
    for (int row = 0; row < int(kTable.size()); ++row) {
        for (int met = 0; met < int(kStatesMet.size()); ++met) {
            const Hands &hands = kTable.at(std::size_t(row));
            const bool isSenseless =
                hands.outcomes.at(std::size_t(met)).kind == Outcome::Kind::MakesNoSense;
            QTest::addRow("%s %s, %s%s", kThingNames.at(std::size_t(hands.thing)),
                          kDeedNames.at(std::size_t(hands.deed)),
                          name(kStatesMet.at(std::size_t(met))),
                          isSenseless ? " (a folder has no bytes)" : "")
                << row << met;
        }
    }
}

void PersonsHandsTest::whateverTheyDoTheFileComesRightOrTheJobAsks()
{
    QFETCH(int, row);
    QFETCH(int, met);
    const Hands &hands = kTable.at(std::size_t(row));
    const JobState state = kStatesMet.at(std::size_t(met));
    const Outcome expected = hands.outcomes.at(std::size_t(met));
    JobSpec spec = half_fetched::specOf(*m_rig, *m_server);
    spec.folder = m_folder;
    const JobId id = half_fetched::jobIn(state, m_rig.get(), m_server.get(), spec);

    if (state == JobState::Transferred || hands.thing == Thing::Name) {
        planted::file(in(u"file"_s), "mine");
        keep(in(u"file"_s), "mine");
    }
    if (hands.thing == Thing::Folder) {
        meddleWithFolder(hands.deed);
    } else {
        meddleWithFile(in(hands.thing == Thing::Part ? u"file.part"_s : u"file"_s), hands.deed);
    }
    if (state == JobState::Transferring) {
        m_server->release("half");
    } else {
        const bool isAsked = state == JobState::Transferred && hands.thing != Thing::Name;
        QCOMPARE(m_rig->resume(id, isAsked ? Fixes{fix::KeepBoth{}} : Fixes{}).done, JobIds{id});
    }

    std::optional<Cause> about = comesToRest(id);
    const bool isToAsk = expected.kind == Outcome::Kind::Asks;
    QCOMPARE(about, isToAsk ? std::optional(expected.about) : std::nullopt);
    const auto said = half_fetched::happened<happening::Rechecked>(m_rig.get(), id);
    const bool isMended =
        std::ranges::any_of(said, [](const auto &look) { return look.bytes > 0; });
    QCOMPARE(isMended, expected.kind == Outcome::Kind::Mends);
    half_fetched::serve(m_server.get());
    undo(hands.deed);
    for (int repair = 0; about && repair < kRepairs; ++repair) {
        m_rig->resume(id, repairOf(*about, hands.deed));
        about = comesToRest(id);
    }
    QVERIFY2(!about, about ? name(*about) : "");
    const QString published = m_rig->file(id).path;
    QVERIFY2(planted::content(published) == half_fetched::bytes(), qPrintable(published));
    for (auto each = m_persons.begin(); each != m_persons.end(); ++each) {
        QVERIFY2(planted::content(each.key()) == each.value(), qPrintable(each.key()));
    }
    QVERIFY(hands.deed == Deed::Link || !planted::names(m_folder).contains(u"file.part"_s));
}

BELLHOP_TEST(PersonsHandsTest)
#include "tst_persons_hands.moc"
