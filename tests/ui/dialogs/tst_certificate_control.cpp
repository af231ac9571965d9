// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/fixes/certificate_control.h"

#include "tests/support/test_program.h"
#include "tests/ui/dialogs/sample_jobs.h"

#include <QCheckBox>
#include <QClipboard>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace core;
using Kind = ui::FixReadiness::Kind;

namespace {

template <typename T>
T *child(const QWidget *parent, const char *name)
{
    return parent->findChild<T *>(QString::fromLatin1(name));
}

} // namespace

class CertificateControlTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        // The offscreen platform says of every window that it does not do size hints.
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!This plugin does not support).*")));
    }

    void isNotReadyBeforeAnyoneHasCompared()
    {
        const auto control = controlFor(Cause::Untrusted);
        QCOMPARE(control->readiness().kind, Kind::Incomplete);
        QCOMPARE(control->readiness().text,
                 QStringLiteral("Compare the fingerprint with the one you were given first."));
        QCOMPARE(control->fix(), std::nullopt);
    }

    void whoSaysTheyComparedTrustsExactlyThisOne()
    {
        const auto control = controlFor(Cause::Untrusted);
        const QSignalSpy changed(control.get(), &ui::FixControl::changed);
        QTest::keyClick(child<QCheckBox>(control.get(), "comparedCheck"), Qt::Key_Space);
        QVERIFY(!changed.isEmpty());
        QCOMPARE(control->readiness().kind, Kind::Ready);
        QCOMPARE(control->fix(), std::optional<Fix>(fix::TrustCertificate{
                     fingerprint(), QStringLiteral("https://downloads.example.org")}));
        QTest::keyClick(child<QCheckBox>(control.get(), "comparedCheck"), Qt::Key_Space);
        QCOMPARE(control->fix(), std::nullopt);
    }

    void aFingerprintIsComparedAsItIsPasted_data()
    {
        QTest::addColumn<QString>("pasted");
        QTest::addColumn<int>("kind");
        const QString same = formatFingerprint(fingerprint());
        QTest::newRow("the same") << same << int(Kind::Ready);
        QTest::newRow("the same, digits alone")
            << QString::fromLatin1(fingerprint()) << int(Kind::Ready);
        QTest::newRow("the same, as openssl prints it")
            << QStringLiteral("sha256 Fingerprint=") + same << int(Kind::Ready);
        QTest::newRow("another one") << QString(64, u'a') << int(Kind::Wrong);
        QTest::newRow("the beginning") << same.first(20) << int(Kind::Wrong);
        QTest::newRow("no fingerprint") << QStringLiteral("yes") << int(Kind::Wrong);
    }
    void aFingerprintIsComparedAsItIsPasted()
    {
        QFETCH(QString, pasted);
        QFETCH(int, kind);
        const auto control = controlFor(Cause::Untrusted);
        child<QLineEdit>(control.get(), "fingerprintEdit")->setText(pasted);
        QCOMPARE(int(control->readiness().kind), kind);
        QCOMPARE(control->fix().has_value(), Kind(kind) == Kind::Ready);
    }

    void aWordThatItWasComparedDoesNotCoverADifference()
    {
        const auto control = controlFor(Cause::Untrusted);
        child<QCheckBox>(control.get(), "comparedCheck")->setChecked(true);
        child<QLineEdit>(control.get(), "fingerprintEdit")->setText(QString(64, u'a'));
        QCOMPARE(control->readiness().kind, Kind::Wrong);
        QCOMPARE(control->fix(), std::nullopt);
    }

    void showsWhatTheCertificateSays()
    {
        const QString text = textOf(*controlFor(Cause::CertificateOfOtherHost));
        for (const char *part : {"*.hosting.example.net", "shop.example.com", "and 2 more",
                                 "Example Trust Services R4", "2025", "2027"}) {
            QVERIFY2(text.contains(QLatin1StringView(part)), qPrintable(text));
        }
        QVERIFY(
            textOf(*controlFor(Cause::Untrusted)).contains(QStringLiteral("nobody but itself")));
    }

    void theFingerprintCanBeSelectedAndCopied()
    {
        const auto control = controlFor(Cause::Untrusted);
        auto *shown = child<QLabel>(control.get(), "fingerprint");
        QCOMPARE(parseFingerprint(shown->text()), fingerprint());
        QVERIFY(shown->textInteractionFlags().testFlags(Qt::TextSelectableByMouse |
                                                        Qt::TextSelectableByKeyboard));
        QVERIFY(!shown->accessibleName().isEmpty());
        QTest::mouseClick(child<QPushButton>(control.get(), "copyFingerprintButton"),
                          Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), formatFingerprint(fingerprint()));
    }

    void labelsStandAtTheTopOfLongValues()
    {
        JobSnapshot job = stoppedJob(Cause::CertificateOfOtherHost);
        job.error->certificate->names = {QString(200, u'n'), QString(200, u'm')};
        const auto control = controlFor(job);
        const int width = control->fontMetrics().averageCharWidth() * 80;
        control->resize(width, control->heightForWidth(width));
        control->show();
        QVERIFY(QTest::qWaitForWindowExposed(control.get()));
        const auto *form = qobject_cast<QFormLayout *>(control->layout());
        QStringList tall;
        for (int row = 0; row < form->rowCount(); ++row) {
            const auto *title = form->itemAt(row, QFormLayout::LabelRole);
            const auto *label = title ? qobject_cast<QLabel *>(title->widget()) : nullptr;
            const auto *field = form->itemAt(row, QFormLayout::FieldRole);
            const QRect value = field->geometry();
            const bool isText = qobject_cast<QLineEdit *>(field->widget()) == nullptr;
            if (label && isText && 2 * value.height() > 3 * label->fontMetrics().height()) {
                tall += label->text();
                QCOMPARE(label->y(), value.y());
                QVERIFY2(label->alignment().testFlag(Qt::AlignTop), qPrintable(label->text()));
            }
        }
        QVERIFY2(tall.contains(QStringLiteral("Good for:")), qPrintable(tall.join(u'|')));
        QVERIFY2(tall.contains(QStringLiteral("SHA-256:")), qPrintable(tall.join(u'|')));
    }

    void aChangedCertificateSaysThatAnotherWasTrusted()
    {
        QVERIFY(child<QLabel>(controlFor(Cause::CertificateChanged).get(), "changedNote"));
        QVERIFY(!child<QLabel>(controlFor(Cause::Untrusted).get(), "changedNote"));
    }

    void namesInItAreNeverInterpreted()
    {
        JobSnapshot job = stoppedJob(Cause::CertificateOfOtherHost);
        job.error->certificate->subject = QStringLiteral("<img src=x>\u202E & nasty");
        job.error->certificate->names = {QStringLiteral("<b>bank</b>\n"), QString(5000, u'n')};
        const auto control = controlFor(job);
        const QString text = textOf(*control);
        QVERIFY(text.contains(QStringLiteral("<img src=x>\uFFFD & nasty")));
        QVERIFY(text.contains(QStringLiteral("<b>bank</b>\uFFFD")));
        QVERIFY(text.size() < 2000);
        for (const QLabel *label : control->findChildren<QLabel *>()) {
            QVERIFY2(label->buddy() || label->textFormat() == Qt::PlainText,
                     qPrintable(label->text()));
        }
    }

private:
    [[nodiscard]] static QByteArray fingerprint()
    {
        return stoppedJob(Cause::Untrusted).error->certificate->sha256Hex;
    }
    [[nodiscard]] static std::unique_ptr<ui::FixControl> controlFor(const JobSnapshot &job)
    {
        const ui::FixContext context{
            .service = nullptr, .job = job, .error = *job.error, .fileName = {}};
        return std::make_unique<ui::CertificateControl>(context, nullptr);
    }
    [[nodiscard]] static std::unique_ptr<ui::FixControl> controlFor(Cause cause)
    {
        return controlFor(stoppedJob(cause));
    }
    [[nodiscard]] static QString textOf(const QWidget &control)
    {
        QStringList texts;
        for (const QLabel *label : control.findChildren<QLabel *>()) {
            texts += QString(label->text()).remove(QChar(0x200B)); // places to break
        }
        return texts.join(u'\n');
    }
};

BELLHOP_TEST(CertificateControlTest)
#include "tst_certificate_control.moc"
