// SPDX-License-Identifier: Apache-2.0
#include "core/service/in_process_service.h"
#include "core/system/system_clock.h"
#include "tests/support/await.h"
#include "tests/support/http_server.h"
#include "tests/support/require.h"
#include "tests/support/test_program.h"
#include "tests/ui/noted_desktop.h"
#include "ui/dialogs/add_job_dialog.h"
#include "ui/dialogs/error_dialog.h"
#include "ui/main_window.h"
#include "ui/models/job_list_model.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;

namespace {

template <typename Dialog>
Dialog *visibleDialog()
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        auto *dialog = qobject_cast<Dialog *>(widget);
        if (dialog != nullptr && dialog->isVisible()) {
            return dialog;
        }
    }
    return nullptr;
}

template <typename Dialog>
bool comesUp()
{
    return QTest::qWaitFor([] { return visibleDialog<Dialog>() != nullptr; });
}

template <typename Child>
Child *child(QWidget *parent, const char *name)
{
    return parent->findChild<Child *>(QLatin1StringView(name));
}

void click(QAbstractButton *button)
{
    QTest::mouseClick(button, Qt::LeftButton);
}

} // namespace

/// The story of the product with the real window, the real engine, and mouse and keys: a link is
/// pasted, the server refuses it half-way, the dialog asks its question, a new link is pasted, and
/// the file goes on from the bytes it had.
class WindowStoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not).*")));
    }

    void aRefusedFileIsRepairedInTheDialog();
    void cancelInTheDialogLeavesTheFolderAsItWas();

private:
    struct Stage;
    void addByHand(Stage *stage, const QUrl &link);
    void openQuestion(Stage *stage);
};

struct WindowStoryTest::Stage {
    Stage()
        : service({.stateFolder = state.path()})
        , layout(state.filePath(QStringLiteral("layout.ini")), QSettings::IniFormat)
        , window({&service, &clock, &desktop, &layout})
    {
    }

    [[nodiscard]] bool start()
    {
        const auto started = await(service.start());
        window.resize(1000, 640);
        window.show();
        window.load();
        return started && started->has_value() && QTest::qWaitForWindowActive(&window);
    }

    QTemporaryDir state;
    QTemporaryDir folder;
    HttpServer server;
    core::SystemClock clock;
    core::InProcessService service;
    NotedDesktop desktop;
    QSettings layout;
    ui::MainWindow window;
};

void WindowStoryTest::addByHand(Stage *stage, const QUrl &link)
{
    QTest::keyClick(&stage->window, Qt::Key_N, Qt::ControlModifier);
    require(comesUp<ui::AddJobDialog>(), QStringLiteral("no add dialog"));
    auto *dialog = visibleDialog<ui::AddJobDialog>();
    auto *links = child<QPlainTextEdit>(dialog, "linksEdit");
    links->clear();
    QTest::keyClicks(links, link.toString());
    auto *folder = child<QLineEdit>(dialog, "folderEdit");
    folder->selectAll();
    QTest::keyClicks(folder, stage->folder.path());
    auto *add = child<QPushButton>(dialog, "addButton");
    require(QTest::qWaitFor([add] { return add->isEnabled(); }), QStringLiteral("nothing to add"));
    click(add);
    require(QTest::qWaitFor([] { return visibleDialog<ui::AddJobDialog>() == nullptr; }),
            QStringLiteral("the add dialog stays"));
}

void WindowStoryTest::openQuestion(Stage *stage)
{
    auto *list = child<QListView>(&stage->window, "jobList");
    const auto isInError = [list] {
        return list->model()
                   ->index(0, 0)
                   .data(ui::JobListModel::JobRole)
                   .value<core::JobSnapshot>()
                   .state == core::JobState::Error;
    };
    require(QTest::qWaitFor(isInError), QStringLiteral("no job in Error"));
    if (visibleDialog<ui::ErrorDialog>() == nullptr) {
        list->setCurrentIndex(list->model()->index(0, 0));
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Return);
    }
    require(comesUp<ui::ErrorDialog>(), QStringLiteral("no error dialog"));
}

void WindowStoryTest::aRefusedFileIsRepairedInTheDialog()
{
    Stage stage;
    const Resource film{.body = Body::pattern(5, 3'000'000)};
    stage.server.serve("/film.mp4", film);
    stage.server.failAfter("/film.mp4", 1'500'000, 403);
    stage.server.serve("/fresh.mp4", film);
    QVERIFY(stage.start());

    addByHand(&stage, stage.server.url(QStringLiteral("/film.mp4")));
    openQuestion(&stage);
    auto *dialog = visibleDialog<ui::ErrorDialog>();
    QCOMPARE(child<QPushButton>(dialog, "completeButton")->text(),
             QStringLiteral("&Accept partial"));
    auto *link = child<QLineEdit>(dialog, "linkEdit");
    QVERIFY(link != nullptr && link->isVisible());
    link->selectAll();
    QTest::keyClicks(link, stage.server.url(QStringLiteral("/fresh.mp4")).toString());
    auto *resume = child<QPushButton>(dialog, "resumeButton");
    QTRY_VERIFY(resume->isEnabled());
    click(resume);

    QFile file(stage.folder.filePath(QStringLiteral("film.mp4")));
    QTRY_VERIFY_WITH_TIMEOUT(file.exists(), 10'000);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), patternBytes(5, 0, 3'000'000));
    QTRY_VERIFY(visibleDialog<ui::ErrorDialog>() == nullptr);
    QVERIFY(stage.server.requests("/fresh.mp4").first().header("Range") != "bytes=0-");
}

void WindowStoryTest::cancelInTheDialogLeavesTheFolderAsItWas()
{
    Stage stage;
    stage.server.refuse("/file", 403);
    QVERIFY(stage.start());
    addByHand(&stage, stage.server.url(QStringLiteral("/file")));
    openQuestion(&stage);
    click(child<QPushButton>(visibleDialog<ui::ErrorDialog>(), "cancelButton"));
    QTRY_VERIFY(visibleDialog<ui::ErrorDialog>() == nullptr);
    auto *list = child<QListView>(&stage.window, "jobList");
    QTRY_COMPARE(
        list->model()->index(0, 0).data(ui::JobListModel::JobRole).value<core::JobSnapshot>().state,
        core::JobState::Cancelled);
    QVERIFY(QDir(stage.folder.path()).isEmpty());
}

BELLHOP_TEST(WindowStoryTest)
#include "tst_window_story.moc"
