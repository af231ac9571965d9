// SPDX-License-Identifier: Apache-2.0
#include "core/job/job_spec.h"
#include "core/transfer/exchange/proxy_rules.h"
#include "tests/support/test_program.h"

#include <QHash>

#include <initializer_list>

using namespace core;

namespace {

using Variables = QHash<QByteArray, QByteArray>;

constexpr std::initializer_list<const char *> kVariables{"http_proxy", "https_proxy", "all_proxy",
                                                         "no_proxy",   "HTTP_PROXY",  "HTTPS_PROXY",
                                                         "ALL_PROXY",  "NO_PROXY"};

} // namespace

class ProxyRulesTest : public QObject {
    Q_OBJECT

    Variables m_before;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        for (const char *variable : kVariables) {
            if (qEnvironmentVariableIsSet(variable)) {
                m_before.insert(variable, qgetenv(variable));
            }
            qunsetenv(variable);
        }
    }
    void cleanup()
    {
        for (const char *variable : kVariables) {
            qunsetenv(variable);
        }
        for (auto each = m_before.cbegin(); each != m_before.cend(); ++each) {
            qputenv(each.key().constData(), each.value());
        }
        m_before.clear();
    }

    void theProxyOfAnAddressIs_data()
    {
        QTest::addColumn<Variables>("environment");
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("ofJob");
        QTest::addColumn<QString>("proxy");
        const auto row = [](const char *name, const Variables &environment, const char *address,
                            const char *ofJob, const char *proxy) {
            QTest::newRow(name) << environment << QString::fromLatin1(address)
                                << QString::fromLatin1(ofJob) << QString::fromLatin1(proxy);
        };
        const Variables plain{{"http_proxy", "http://p:1"}};
        row("nobody says anything", {}, "http://a.example/", "", "");
        row("for http", plain, "http://a.example/", "", "http://p:1");
        row("for http, not for https", plain, "https://a.example/", "", "");
        row("for https", {{"https_proxy", "http://s:2"}}, "https://a.example/", "", "http://s:2");
        row("for all", {{"all_proxy", "socks5://all:3"}}, "https://a.example/", "",
            "socks5://all:3");
        row("the own one before that for all",
            {{"http_proxy", "http://p:1"}, {"all_proxy", "http://all:3"}}, "http://a.example/", "",
            "http://p:1");
        row("in capitals", {{"HTTP_PROXY", "http://p:1"}}, "http://a.example/", "", "http://p:1");
        row("small before capitals", {{"HTTP_PROXY", "http://P:9"}, {"http_proxy", "http://p:1"}},
            "http://a.example/", "", "http://p:1");
        row("without a scheme", {{"http_proxy", "p:1"}}, "http://a.example/", "", "http://p:1");
        row("with a login", {{"http_proxy", "http://me:x@p:1"}}, "http://a.example/", "",
            "http://me:x@p:1");
        row("no address", {{"http_proxy", "http://"}}, "http://a.example/", "", "");
        row("no address at all", {{"http_proxy", "http://p:port"}}, "http://a.example/", "", "");

        const auto without = [](const char *hosts) {
            return Variables{{"http_proxy", "http://p:1"}, {"no_proxy", hosts}};
        };
        row("not for this host", without("b.example,a.example"), "http://a.example/", "", "");
        row("not for hosts below it", without("example"), "http://a.example/", "", "");
        row("with a dot before it", without(".example"), "http://A.EXAMPLE/", "", "");
        row("with spaces", without(" b.example , a.example "), "http://a.example/", "", "");
        row("a name that only ends like it", without("a.example"), "http://aa.example/", "",
            "http://p:1");
        row("for no host", without("*"), "http://a.example/", "", "");
        row("in capitals, for no host", {{"http_proxy", "http://p:1"}, {"NO_PROXY", "*"}},
            "http://a.example/", "", "");
        row("this computer", plain, "http://localhost:8080/", "", "");
        row("this computer by number", plain, "http://127.0.0.1/", "", "");

        row("that of the job", plain, "http://a.example/", "http://j:4", "http://j:4");
        row("that of the job, whoever is exempt", without("*"), "http://a.example/", "http://j:4",
            "http://j:4");
        row("that of the job, for this computer", {}, "http://localhost/", "http://j:4",
            "http://j:4");
        row("none, says the job", plain, "http://a.example/", "direct:", "");
    }
    void theProxyOfAnAddressIs()
    {
        QFETCH(Variables, environment);
        QFETCH(QString, address);
        QFETCH(QString, ofJob);
        for (auto each = environment.cbegin(); each != environment.cend(); ++each) {
            qputenv(each.key().constData(), each.value());
        }
        JobOptions options{.proxy = QUrl(ofJob)};
        QTEST(proxyFor(QUrl(address), options).toString(), "proxy");
        // Whoever commands a job brings these along, and then those of this process are nothing.
        options.environment = systemClientEnvironment();
        for (auto each = environment.cbegin(); each != environment.cend(); ++each) {
            qputenv(each.key().constData(), "http://elsewhere:1");
        }
        QTEST(proxyFor(QUrl(address), options).toString(), "proxy");
        QCOMPARE(QUrl(QStringLiteral("direct:")), noProxy());
    }
};

BELLHOP_TEST(ProxyRulesTest)
#include "tst_proxy_rules.moc"
