// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"
#include "ui/actions/change_menus.h"

#include <QActionGroup>
#include <QInputDialog>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QWidget>

using namespace core;

/// The menus that change jobs: what they offer, and what they ask the engine for.
class ChangeMenusTest : public QObject {
    Q_OBJECT

private:
    QWidget m_window;

    static JobSnapshot job(qint64 id, JobState state = JobState::Transferring)
    {
        JobSnapshot made;
        made.id = JobId{id};
        made.state = state;
        return made;
    }
    static QAction *action(const QMenu &menu, const QString &text)
    {
        for (QAction *each : menu.actions()) {
            if (each->menu() != nullptr) {
                if (QAction *found = action(*each->menu(), text)) {
                    return found;
                }
            } else if (each->text().remove(u'&') == text) {
                return each;
            }
        }
        return nullptr;
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not).*")));
    }

    void aLimitIsChosenForTheJobsThatHaveNotEnded()
    {
        ui::ChangeMenus menus(&m_window);
        QSignalSpy chosen(&menus, &ui::ChangeMenus::chosen);
        menus.setJobs({job(1), job(2, JobState::Acknowledged), job(3, JobState::Suspended)});
        QMenu menu;
        menus.fill(&menu);
        action(menu, formatRate(1'000'000))->trigger();
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.first().at(0).value<JobChange>(),
                 (JobChange{.limitBytesPerSecond = 1'000'000}));
        QCOMPARE(chosen.first().at(1).value<JobIds>(), (JobIds{{1}, {3}}));
    }

    void theLimitsStandInOrderWithOneThatIsNoneOfTheUsual()
    {
        ui::ChangeMenus menus(&m_window);
        JobSnapshot limited = job(1);
        limited.limitBytesPerSecond = 3'000'000;
        menus.setJobs({limited});
        QMenu menu;
        menus.fill(&menu);
        QStringList texts;
        for (const QAction *each : menu.actions().first()->menu()->actions()) {
            texts.append(each->text());
        }
        const qsizetype own = texts.indexOf(formatRate(3'000'000));
        QVERIFY(own > texts.indexOf(formatRate(2'000'000)));
        QVERIFY(own < texts.indexOf(formatRate(5'000'000)));
    }

    void whatHoldsNowIsTicked()
    {
        ui::ChangeMenus menus(&m_window);
        JobSnapshot limited = job(1);
        limited.limitBytesPerSecond = 123'000; // none of the usual ones
        limited.priority = Priority::High;
        menus.setJobs({limited});
        QMenu menu;
        menus.fill(&menu);
        QVERIFY(action(menu, formatRate(123'000))->isChecked());
        const QAction *priorities = menu.actions().last();
        int ticked = 0;
        for (const QAction *each : priorities->menu()->actions()) {
            ticked += each->isChecked() ? 1 : 0;
        }
        QCOMPARE(ticked, 1);
        menus.setJobs({limited, job(2)}); // not the same for both
        QVERIFY(action(menu, formatRate(123'000)) == nullptr);
        QVERIFY(!action(menu, QStringLiteral("No limit"))->isChecked());
        menus.setJobs({job(2), job(3)});
        QVERIFY(action(menu, QStringLiteral("No limit"))->isChecked());
        QVERIFY(action(menu, QStringLiteral("No limit"))->actionGroup()->isExclusive());
    }

    void nothingCanBeChangedOfAJobThatHasEnded()
    {
        ui::ChangeMenus menus(&m_window);
        menus.setJobs({job(1, JobState::Cancelled)});
        QMenu menu;
        menus.fill(&menu);
        for (const QAction *each : menu.actions()) {
            QVERIFY(!each->menu()->isEnabled());
        }
    }

    void anyOtherLimitCanBeTyped()
    {
        ui::ChangeMenus menus(&m_window);
        QSignalSpy chosen(&menus, &ui::ChangeMenus::chosen);
        menus.setJobs({job(1)});
        QMenu menu;
        menus.fill(&menu);
        menu.actions().first()->menu()->actions().last()->trigger();
        auto *dialog = m_window.findChild<QInputDialog *>();
        QVERIFY(dialog != nullptr);
        dialog->setIntValue(77);
        dialog->accept();
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.first().at(0).value<JobChange>().limitBytesPerSecond, 77'000);
    }
};

BELLHOP_TEST(ChangeMenusTest)
#include "tst_change_menus.moc"
