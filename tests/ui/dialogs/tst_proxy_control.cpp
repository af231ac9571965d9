// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/fixes/proxy_control.h"

#include "tests/support/test_program.h"
#include "tests/ui/dialogs/sample_jobs.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>

using namespace core;
using Kind = ui::FixReadiness::Kind;

class ProxyControlTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        // The offscreen platform says of every window that it does not do size hints.
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!This plugin does not support).*")));
    }

    void startsWithTheProxyThatFailedAndWaitsForAnother()
    {
        make(Cause::ProxyUnreachable);
        QCOMPARE(edit("proxyEdit")->text(), QStringLiteral("http://proxy.example.org:3128"));
        QVERIFY(radio("proxyThis")->isChecked());
        QCOMPARE(m_control->readiness().kind, Kind::Incomplete);
        QCOMPARE(m_control->fix(), std::nullopt);
    }

    void goesOnWithoutAProxyOnlyWhenThatIsChosen()
    {
        make(Cause::ProxyUnreachable);
        const QSignalSpy changed(m_control.get(), &ui::FixControl::changed);
        radio("proxyNone")->click();
        QVERIFY(!changed.isEmpty());
        QCOMPARE(m_control->readiness().kind, Kind::Ready);
        QCOMPARE(m_control->readiness().text, // a proxy may be there to hide somebody
                 QStringLiteral("The servers will then see this computer itself, not the proxy."));
        QCOMPARE(m_control->fix(), std::optional<Fix>(fix::Proxy{noProxy()}));
        QVERIFY(!edit("proxyEdit")->isEnabled());
    }

    void goesOnAsTheComputerIsSetUp()
    {
        make(Cause::ProxyUnreachable);
        radio("proxySystem")->click();
        QCOMPARE(m_control->fix(), std::optional<Fix>(fix::Proxy{}));
    }

    void addressesAreJudged_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QUrl>("proxy"); // empty: not ready
        QTest::addColumn<int>("kind");
        const auto good = [](const char *typed, const char *proxy) {
            QTest::newRow(typed) << QString::fromLatin1(typed) << QUrl(QLatin1StringView(proxy))
                                 << int(Kind::Ready);
        };
        const auto bad = [](const char *typed, Kind kind) {
            QTest::addRow("refused: %s", typed)
                << QString::fromLatin1(typed) << QUrl() << int(kind);
        };
        good("http://q.example:8080", "http://q.example:8080");
        good(" q.example:8080 ", "http://q.example:8080");
        good("socks5://127.0.0.1:9050", "socks5://127.0.0.1:9050");
        good("http://[::1]:3128", "http://[::1]:3128");
        bad("", Kind::Incomplete);
        bad("ftp://q.example", Kind::Wrong);
        bad("https://q.example:3128", Kind::Wrong);
        bad("http://", Kind::Wrong);
        bad("http://q example", Kind::Wrong);
        bad("http://me:pw@q.example", Kind::Wrong);
        bad("http://q.example:99999", Kind::Wrong);
        bad("direct", Kind::Wrong);
        bad("direct:", Kind::Wrong);
        bad("DIRECT://", Kind::Wrong);
        bad("none", Kind::Wrong);
        good("direct.example", "http://direct.example");
        good("direct:3128", "http://direct:3128");
    }
    void addressesAreJudged()
    {
        QFETCH(QString, typed);
        QFETCH(QUrl, proxy);
        QFETCH(int, kind);
        make(Cause::ProxyRefused);
        edit("proxyEdit")->setText(typed);
        QCOMPARE(int(m_control->readiness().kind), kind);
        QCOMPARE(m_control->fix(),
                 proxy.isEmpty() ? std::nullopt : std::optional<Fix>(fix::Proxy{proxy}));
        if (Kind(kind) != Kind::Ready) {
            QVERIFY(m_control->problem().endsWith(u'.'));
        }
    }

    void whoTypesThatThereBeNoneIsToldWhereToChooseIt()
    {
        make(Cause::ProxyUnreachable);
        edit("proxyEdit")->setText(QStringLiteral("direct:"));
        QCOMPARE(m_control->readiness().text,
                 QStringLiteral("To go on without a proxy, choose that below."));
        radio("proxyNone")->click();
        QCOMPARE(m_control->fix(), std::optional<Fix>(fix::Proxy{noProxy()}));
    }

    void aLoginIsAskedForFirstWhereTheProxyWantsOne()
    {
        make(Cause::ProxyLoginRequired);
        m_control->show();
        QVERIFY(QTest::qWaitForWindowActive(m_control.get()));
        m_control->setFocus();
        QCOMPARE(m_control->focusWidget(), edit("proxyUserEdit"));
        QVERIFY(edit("proxyUserEdit")->y() < edit("proxyEdit")->y());
        QCOMPARE(m_control->readiness().kind, Kind::Incomplete);
        QTest::keyClicks(edit("proxyUserEdit"), QStringLiteral("anna"));
        QTest::keyClicks(edit("proxyPasswordEdit"), QStringLiteral("p:@w"));
        QUrl expected(QStringLiteral("http://proxy.example.org:3128"));
        expected.setUserName(QStringLiteral("anna"), QUrl::DecodedMode);
        expected.setPassword(QStringLiteral("p:@w"), QUrl::DecodedMode);
        QCOMPARE(m_control->fix(), std::optional<Fix>(fix::Proxy{expected}));
    }

    void theLoginOfTheOldProxyIsEnoughOfAChange()
    {
        make(Cause::ProxyUnreachable);
        edit("proxyUserEdit")->setText(QStringLiteral("anna"));
        QCOMPARE(m_control->readiness().kind, Kind::Ready);
    }

    void halfALoginIsNotSent()
    {
        make(Cause::ProxyLoginRequired);
        edit("proxyPasswordEdit")->setText(QStringLiteral("pw"));
        QCOMPARE(m_control->readiness().kind, Kind::Begun);
        edit("proxyUserEdit")->setText(QStringLiteral("a:b"));
        QCOMPARE(m_control->readiness().kind, Kind::Wrong);
    }

    void thePasswordIsHiddenUntilItIsAskedFor()
    {
        make(Cause::ProxyLoginRequired);
        QCOMPARE(edit("proxyPasswordEdit")->echoMode(), QLineEdit::Password);
        m_control->findChild<QCheckBox *>(QStringLiteral("showProxyPassword"))->click();
        QCOMPARE(edit("proxyPasswordEdit")->echoMode(), QLineEdit::Normal);
    }

    void aLoginInTheOldAddressIsNotShown()
    {
        JobSnapshot job = stoppedJob(Cause::ProxyUnreachable);
        job.error->proxy.setUserInfo(QStringLiteral("anna:hunter2"));
        make(job);
        QCOMPARE(edit("proxyEdit")->text(), QStringLiteral("http://proxy.example.org:3128"));
    }

private:
    void make(const JobSnapshot &job)
    {
        const ui::FixContext context{
            .service = nullptr, .job = job, .error = *job.error, .fileName = {}};
        m_control = std::make_unique<ui::ProxyControl>(context, nullptr);
    }
    void make(Cause cause) { make(stoppedJob(cause)); }
    [[nodiscard]] QLineEdit *edit(const char *name) const
    {
        return m_control->findChild<QLineEdit *>(QString::fromLatin1(name));
    }
    [[nodiscard]] QRadioButton *radio(const char *name) const
    {
        return m_control->findChild<QRadioButton *>(QString::fromLatin1(name));
    }

    std::unique_ptr<ui::FixControl> m_control;
};

BELLHOP_TEST(ProxyControlTest)
#include "tst_proxy_control.moc"
