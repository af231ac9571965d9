// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain.h"
#include "core/words/explain_link.h"
#include "core/words/explain_service.h"
#include "core/words/explain_store.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace core;

namespace {

/// The values of an enum that begins at 0, up to the last one.
template <typename Enum>
QList<Enum> upTo(Enum last)
{
    QList<Enum> all;
    for (int i = 0; i <= int(last); ++i) {
        all.append(Enum(i));
    }
    return all;
}

void addRow(const char *kind, int value, const QString &sentence)
{
    QTest::addRow("%s %d", kind, value) << sentence;
}

} // namespace

/// Whatever kind of thing can go wrong, there is something to read about it.
class EveryKindTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void hasAWholeSentence_data()
    {
        QTest::addColumn<QString>("sentence");
        const QString path = QStringLiteral("/home/a/state");
        for (const Cause cause : kCauses) {
            const JobError error{.cause = cause};
            addRow("error", int(cause), explain(error).oneLine());
            addRow("folder", int(cause), explain(FolderReport{.folder = path, .problem = error}));
        }
        for (const RefusalKind kind : upTo(RefusalKind::StoreFailed)) {
            addRow("refusal", int(kind), explain(Refusal{.kind = kind}));
        }
        for (const LinkRefusal kind : upTo(LinkRefusal::Malformed)) {
            addRow("link", int(kind),
                   explain(LinkReport{.typed = QStringLiteral("ftp://x"), .problem = kind}));
        }
        for (const StoreFault fault : upTo(StoreFault::CannotSave)) {
            const StoreError error{.fault = fault, .path = path};
            addRow("not saved", int(fault), explain(Notice(notice::NotSaved{error})));
            addRow("not started", int(fault), explain(StartFailure(error)));
        }
        for (const StateFolderFault fault : upTo(StateFolderFault::InUse)) {
            const StateFolderError error{fault, path, QStringLiteral("No such file")};
            addRow("state folder", int(fault), explain(StartFailure(error)));
        }
        const Notice leftOut = notice::LeftOut{{QStringLiteral("job 1"), QStringLiteral("job 2.")}};
        addRow("left out", 0, explain(leftOut));
        const QDateTime made(QDate(2026, 1, 15), QTime(12, 0));
        addRow("restored", 0, explain(Notice(notice::Restored{{made, path}})));
        for (const KeyringState state : allOf<KeyringState>()) {
            addRow("not kept", int(state), explain(Notice(notice::SecretsNotKept{state, {{7}}})));
            addRow("not read", int(state),
                   explain(Notice(notice::SecretsNotRead{state, {{7}, {8}}})));
        }
        addRow("restored", 1, explain(Notice(notice::Restored{{made, path, 1}})));
    }

    void hasAWholeSentence()
    {
        QFETCH(QString, sentence);
        static const QRegularExpression leftover(QStringLiteral("[{}]|%[0-9nL]|  |^ | $"));
        QVERIFY2(sentence.endsWith(u'.'), qPrintable(sentence));
        QVERIFY2(!sentence.contains(leftover), qPrintable(sentence));
        QVERIFY2(sentence.front().isUpper() || sentence.startsWith(u'\u201C'),
                 qPrintable(sentence));
    }

    void whatIsInOrderNeedsNone()
    {
        QCOMPARE(explain(LinkReport{.typed = QStringLiteral("https://example.org/a")}), QString());
        QCOMPARE(explain(FolderReport{.folder = QStringLiteral("/home/a")}), QString());
    }

    void aFileInPlaceOfAFolderIsSaidToBeOne()
    {
        const JobError error{.cause = Cause::NotAFolder,
                             .step = Step::Prepare,
                             .localPath = QStringLiteral("/etc/hostname")};
        QCOMPARE(
            explain(FolderReport{.folder = QStringLiteral("/etc/hostname/x"), .problem = error}),
            QStringLiteral("“/etc/hostname” is a file, and not a folder."));
    }
};

BELLHOP_TEST(EveryKindTest)
#include "tst_every_kind.moc"
