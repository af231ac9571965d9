// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/fixes/hash_control.h"

#include "tests/support/test_program.h"
#include "tests/ui/dialogs/sample_jobs.h"

#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QTest>

using namespace core;
using Kind = ui::FixReadiness::Kind;

namespace {

QString digitsOf(const std::optional<ExpectedHash> &hash)
{
    return QString::fromLatin1(hash->digestHex);
}

} // namespace

class HashControlTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_error = *stoppedJob(Cause::HashMismatch).error;
        make();
    }

    void waitsForAChecksum()
    {
        QCOMPARE(m_control->readiness().kind, Kind::Incomplete);
        QCOMPARE(m_control->fix(), std::nullopt);
    }

    void whatIsPastedIsJudged_data()
    {
        QTest::addColumn<QString>("pasted");
        QTest::addColumn<int>("kind");
        const JobError error = *stoppedJob(Cause::HashMismatch).error;
        const QString found = digitsOf(error.foundHash);
        QTest::newRow("what the file has") << found << int(Kind::Ready);
        QTest::newRow("what the file has, in a list")
            << found + QStringLiteral("  field-recordings-3.tar.xz") << int(Kind::Ready);
        QTest::newRow("of an algorithm not looked at yet")
            << QStringLiteral("md5:") + QString(32, u'1') << int(Kind::Ready);
        QTest::newRow("as it was") << digitsOf(error.wantedHash) << int(Kind::Incomplete);
        QTest::newRow("one that the file does not have") << QString(64, u'1') << int(Kind::Wrong);
        QTest::newRow("no checksum") << QStringLiteral("sha256:12") << int(Kind::Wrong);
        QTest::newRow("white space") << QStringLiteral("  ") << int(Kind::Incomplete);
    }
    void whatIsPastedIsJudged()
    {
        QFETCH(QString, pasted);
        QFETCH(int, kind);
        edit()->setText(pasted);
        QCOMPARE(int(m_control->readiness().kind), kind);
        if (Kind(kind) == Kind::Ready) {
            QCOMPARE(m_control->fix(),
                     std::optional<Fix>(fix::OtherHash{recognizeHash(pasted), m_error.fileIndex}));
        } else {
            QCOMPARE(m_control->fix(), std::nullopt);
            QVERIFY(m_control->problem().endsWith(u'.'));
        }
    }

    void noneIsChosenAndSaysWhatThatMeans()
    {
        edit()->setText(QStringLiteral("nonsense"));
        m_control->findChild<QRadioButton *>(QStringLiteral("hashNone"))->click();
        QCOMPARE(m_control->readiness().kind, Kind::Ready);
        QCOMPARE(m_control->readiness().text,
                 QStringLiteral("Whether the file is damaged is then not looked at."));
        QCOMPARE(m_control->fix(),
                 std::optional<Fix>(fix::OtherHash{std::nullopt, m_error.fileIndex}));
    }

    void bothChecksumsAreShownAndCanBeCopied()
    {
        for (const auto &[name, hash] : {std::pair("wantedHash", m_error.wantedHash),
                                         std::pair("foundHash", m_error.foundHash)}) {
            const auto *shown = m_control->findChild<QLabel *>(QString::fromLatin1(name));
            QVERIFY(shown);
            QCOMPARE(recognizeHash(shown->text()), hash);
            QVERIFY(shown->textInteractionFlags().testFlag(Qt::TextSelectableByKeyboard));
            QVERIFY(!shown->accessibleName().isEmpty());
        }
    }

    void theLabelsNameTheChecksumTheyStandBefore()
    {
        QStringList labels;
        for (const QLabel *label : m_control->findChildren<QLabel *>()) {
            if (label->objectName().isEmpty()) {
                labels += label->text();
            }
        }
        QVERIFY2(labels.contains(QStringLiteral("Expected SHA-256:")),
                 qPrintable(labels.join(u'|')));
        QVERIFY2(labels.contains(QStringLiteral("Found SHA-256:")), qPrintable(labels.join(u'|')));
    }

    void withoutEvidenceItStillTakesAChecksum()
    {
        m_error.wantedHash.reset();
        m_error.foundHash.reset();
        make();
        QVERIFY(!m_control->findChild<QLabel *>(QStringLiteral("foundHash")));
        edit()->setText(QString(64, u'1'));
        QCOMPARE(m_control->readiness().kind, Kind::Ready);
    }

private:
    void make()
    {
        const ui::FixContext context{
            .service = nullptr, .job = {}, .error = m_error, .fileName = {}};
        m_control = std::make_unique<ui::HashControl>(context, nullptr);
    }
    [[nodiscard]] QLineEdit *edit() const
    {
        return m_control->findChild<QLineEdit *>(QStringLiteral("hashEdit"));
    }

    JobError m_error;
    std::unique_ptr<ui::FixControl> m_control;
};

BELLHOP_TEST(HashControlTest)
#include "tst_hash_control.moc"
