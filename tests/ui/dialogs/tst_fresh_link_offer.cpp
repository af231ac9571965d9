// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain.h"
#include "tests/support/fake_job_service.h"
#include "tests/support/test_program.h"
#include "ui/dialogs/fresh_link_offer.h"

#include <QCheckBox>
#include <QTest>

using namespace core;
using ui::FreshLink;
using ui::FreshLinkOffer;

namespace {

const QUrl kFreshUrl(QStringLiteral("https://b.example/film.mp4?sig=2"));

LinkReport forWaitingFilm()
{
    return {.typed = kFreshUrl.toString(),
            .url = kFreshUrl,
            .waiting = WaitingFile{.file = {{7}, 2},
                                   .name = QStringLiteral("film.mp4"),
                                   .bytesKept = 4'100'000'000,
                                   .sizeBytes = 9'800'000'000}};
}

} // namespace

/// A link that is added again goes to the job that waits for it.
class FreshLinkOfferTest final : public QObject {
    Q_OBJECT

    void answer(FakeJobService *service, const CheckReport &report)
    {
        service->answerWith<message::Check>(
            [report](const message::Check::Request & /*request*/) { return report; });
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void isMadeOnceTheServerHasShownTheSameFile()
    {
        FakeJobService service;
        answer(&service, {.job = {7}, .server = ServerFinding{}});
        QWidget window; // never shown
        FreshLinkOffer offer(&service, &window);
        offer.consider({forWaitingFilm()});
        auto *box = offer.findChild<QCheckBox *>();
        QTRY_VERIFY(!offer.isHidden());
        QCOMPARE(box->text(), QStringLiteral("&Use it for film.mp4 (job 7), which has stopped: %1 "
                                             "of %2 are kept")
                                  .arg(formatBytes(4'100'000'000), formatBytes(9'800'000'000)));
        const Fix repair = fix::NewLink{.url = kFreshUrl, .fileIndex = 2};
        QCOMPARE(offer.chosen(), QList<FreshLink>({{{7}, repair}}));
        QVERIFY(offer.uses(kFreshUrl));
        QCOMPARE(service.requests<message::Check>().constFirst().fixes, Fixes{repair});

        box->setChecked(false);
        QVERIFY(offer.chosen().isEmpty());
        box->setChecked(true);
        offer.consider({});
        QVERIFY(offer.isHidden());
        QVERIFY(offer.chosen().isEmpty());
        offer.consider({forWaitingFilm()});
        QVERIFY(!offer.isHidden());
        QCOMPARE(service.requests<message::Check>().size(), 1); // known by now
    }

    void isMadeForANameAloneOnlyWhereBytesWereCompared_data()
    {
        QTest::addColumn<ServerFinding::Proof>("proof");
        QTest::addColumn<bool>("isMade");
        QTest::newRow("nothing compared") << ServerFinding::Proof::None << false;
        QTest::newRow("the end came again") << ServerFinding::Proof::Compared << true;
        QTest::newRow("the server says so") << ServerFinding::Proof::Validator << true;
    }
    void isMadeForANameAloneOnlyWhereBytesWereCompared()
    {
        QFETCH(const ServerFinding::Proof, proof);
        QFETCH(const bool, isMade);
        FakeJobService service;
        answer(&service, {.job = {7}, .server = ServerFinding{.proof = proof}});
        QWidget window; // never shown
        FreshLinkOffer offer(&service, &window);
        LinkReport report = forWaitingFilm();
        report.waiting->isOnlyNamed = true;
        offer.consider({report});
        QTRY_COMPARE(service.requests<message::Check>().size(), 1);
        QCoreApplication::processEvents();
        QCOMPARE(!offer.isHidden(), isMade);
    }

    void isNotMadeForAnotherFile()
    {
        FakeJobService service;
        answer(&service, {.job = {7}, .problem = JobError{.cause = Cause::RemoteChanged}});
        QWidget window; // never shown
        FreshLinkOffer offer(&service, &window);
        offer.consider({forWaitingFilm()});
        QTRY_COMPARE(service.requests<message::Check>().size(), 1);
        QCoreApplication::processEvents();
        QVERIFY(offer.isHidden());
        QVERIFY(!offer.uses(kFreshUrl));
    }

    void asksNobodyAboutOtherLinks()
    {
        FakeJobService service;
        QWidget window; // never shown
        FreshLinkOffer offer(&service, &window);
        offer.consider({LinkReport{.url = kFreshUrl}});
        QVERIFY(service.log().isEmpty());
    }
};

BELLHOP_TEST(FreshLinkOfferTest)
#include "tst_fresh_link_offer.moc"
