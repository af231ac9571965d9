// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/disk_trial.h"

#include "tests/integration/bhop_run.h"
#include "tests/support/file_facts.h"
#include "tests/support/stored_copy.h"

using namespace core;
using namespace Qt::StringLiterals;

namespace {

/// So often does a person go on, with a good disk.
constexpr int kTries = 4;
constexpr std::chrono::seconds kPatience{30};
/// With a disk that does not get better.
constexpr std::chrono::seconds kShortPatience{2};

bool hasBytes(const QString &path, quint64 seed)
{
    return contentOf(path) == patternBytes(seed, 0, kStoryFileBytes);
}

QStringList entriesOf(const QString &folder)
{
    return QDir(folder).entryList(
        QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDir::Name);
}

} // namespace

DiskTrial::DiskTrial(const DiskStory &story, const DiskFaultKind &kind, const QString &otherDisk)
    : m_story(story)
    , m_kind(kind)
    , m_place(otherDisk)
{
    m_story.arrange(&m_place);
}

QString DiskTrial::run(qint64 at)
{
    act(at);
    const bool isKilled = QByteArray(m_kind.name).startsWith("kill") && at > 0;
    if (m_code < 0 && !isKilled) {
        return u"crashed or hung"_s;
    }
    noteClaims();
    const QString wrong = wrongFile();
    return wrong.isEmpty() ? goOn() : wrong;
}

QHash<QByteArray, qint64> DiskTrial::calls() const
{
    QHash<QByteArray, qint64> calls;
    for (const QByteArray &line : contentOf(reportPath()).split('\n')) {
        const QByteArrayList words = line.split(' ');
        if (words.size() == 2) {
            calls.insert(words.at(0), words.at(1).toLongLong());
        }
    }
    return calls;
}

QByteArray DiskTrial::hit() const
{
    for (const QByteArray &line : contentOf(reportPath()).split('\n')) {
        if (line.startsWith("hit ")) {
            return line.sliced(int(qstrlen("hit ")));
        }
    }
    return "none";
}

QString DiskTrial::target() const
{
    return m_story.isInOther ? m_place.other() : m_place.folder();
}

QString DiskTrial::reportPath() const
{
    return m_reports.filePath(u"report"_s);
}

void DiskTrial::act(qint64 at)
{
    QHash<QString, QString> environment{
        {u"LD_PRELOAD"_s, QStringLiteral(BELLHOP_DISK_FAULTS)},
        {u"BELLHOP_DISK_FOLDERS"_s,
         QStringList{m_place.folder(), m_place.other(), m_place.state()}.join(u':')},
        {u"BELLHOP_DISK_FAULT"_s, QString::fromLatin1(m_kind.name)},
        {u"BELLHOP_DISK_AT"_s, QString::number(at)},
        {u"BELLHOP_DISK_REPORT"_s, reportPath()},
    };
    if (m_kind.isOnwards) {
        environment.insert(u"BELLHOP_DISK_ONWARDS"_s, u"1"_s);
    }
    BhopRun run(m_place.whole(m_story.act(m_place)), {}, environment);
    if (!run.endsWithin(m_kind.isOnwards ? kShortPatience : kPatience)) {
        run.interrupt();
        if (!run.endsWithin(kShortPatience)) {
            run.interrupt(); // "complete" waits for the list until it is told twice
        }
    }
    m_code = run.exitCode();
    m_said = run.err() + run.out();
}

void DiskTrial::noteClaims()
{
    m_requestsBefore = m_place.server.requests().size();
    for (const FileRecord &file : storedJob(m_place.state(), 1).files) {
        if (!file.durable.isEmpty() && file.state != FileState::Published) {
            m_claimed.append(file.spec.url.path().toLatin1());
        }
    }
}

QString DiskTrial::wrongFile() const
{
    for (auto file = m_story.files.begin(); file != m_story.files.end(); ++file) {
        const QString path = target() + u'/' + file.key();
        const bool isOld = m_story.replaced && hasBytes(path, *m_story.replaced);
        const bool isYetToCome = !m_story.replaced && !QFile::exists(path);
        if (!isOld && !isYetToCome && !hasBytes(path, file.value())) {
            return u"wrong under its final name: "_s + file.key();
        }
    }
    return {};
}

QString DiskTrial::goOn()
{
    for (int tries = 0; tries < kTries; ++tries) {
        const auto jobs = m_place.jobs();
        if (!jobs || jobs->size() > 1) {
            return u"the list cannot be read, or a job is doubled"_s;
        }
        const QString state = jobs->isEmpty() ? QString() : jobs->first()["state"_L1].toString();
        if (state == QLatin1StringView(name(m_story.end))) {
            return wrongInTheEnd();
        }
        if (m_code == 0) {
            return u"exit status 0, and the job is \"%1\""_s.arg(state);
        }
        const QStringList again = m_story.act(m_place);
        if (state.isEmpty() && again.first() != u"get") {
            return u"the job is gone"_s;
        }
        m_code = m_place.run(state.isEmpty() ? again : m_story.goOn(m_place, jobs->first()));
        if (m_code < 0) {
            return u"crashed or hung when it went on"_s;
        }
    }
    return u"does not come to its end: exit status %1; %2"_s.arg(m_code).arg(
        QString::fromUtf8(m_said));
}

QString DiskTrial::wrongInTheEnd() const
{
    QStringList expected = m_story.files.keys();
    expected.sort();
    const QStringList found = entriesOf(target());
    const QStringList elsewhere = entriesOf(m_story.isInOther ? m_place.folder() : m_place.other());
    if (found != expected || !elsewhere.isEmpty()) {
        return u"in the end there are \"%1\", and elsewhere \"%2\""_s.arg(found.join(u' '),
                                                                          elsewhere.join(u' '));
    }
    for (auto file = m_story.files.begin(); file != m_story.files.end(); ++file) {
        if (!hasBytes(target() + u'/' + file.key(), file.value())) {
            return u"wrong in the end: "_s + file.key();
        }
    }
    const bool isPutAside = !QDir(m_place.state()).entryList({u"*damaged*"_s}).isEmpty();
    return isPutAside ? u"a good list was put aside"_s : fetchedAgain();
}

QString DiskTrial::fetchedAgain() const
{
    for (const HttpRequest &request : m_place.server.requests().sliced(m_requestsBefore)) {
        const bool isFromZero = request.header("Range").value_or("bytes=0-") == "bytes=0-";
        if (isFromZero && m_claimed.contains(request.path) && !m_story.startsOver) {
            return u"fetched from its first byte again: "_s + QString::fromLatin1(request.path);
        }
    }
    return {};
}
