// SPDX-License-Identifier: Apache-2.0
#include "ui/actions/job_actions.h"

#include "ui/views/icon.h"

#include <QAction>
#include <QCoreApplication>
#include <QKeySequence>
#include <QMenu>
#include <QToolBar>
#include <QToolButton>

#include <algorithm>

namespace ui {

namespace {

struct ActionRow {
    JobVerb verb = JobVerb::Resume;
    const char *objectName = nullptr;
    const char *text = nullptr;
    const char *icon = nullptr;
    QKeyCombination key; ///< Key_unknown: none
};

constexpr QKeyCombination kNoKey(Qt::Key_unknown);

// The names of the keys on a keyboard are few; Ctrl+V is taken by pasting a link.
// clang-format off
constexpr std::array kActions{
    ActionRow{JobVerb::Resume,     "resumeAction",     QT_TRANSLATE_NOOP("ui::JobActions", "&Resume"),           "resume",      Qt::CTRL | Qt::Key_R},
    ActionRow{JobVerb::Suspend,    "suspendAction",    QT_TRANSLATE_NOOP("ui::JobActions", "&Pause"),            "pause",       Qt::CTRL | Qt::Key_P},
    ActionRow{JobVerb::Complete,   "completeAction",   QT_TRANSLATE_NOOP("ui::JobActions", "Accept par&tial"),   "complete",    kNoKey},
    ActionRow{JobVerb::Cancel,     "cancelAction",     QT_TRANSLATE_NOOP("ui::JobActions", "&Cancel"),           "cancel",      Qt::SHIFT | Qt::Key_Delete},
    ActionRow{JobVerb::Fix,        "fixAction",        QT_TRANSLATE_NOOP("ui::JobActions", "&Fix…"),             "fix",         Qt::CTRL | Qt::Key_E},
    ActionRow{JobVerb::Open,       "openAction",       QT_TRANSLATE_NOOP("ui::JobActions", "&Open"),             "open",        Qt::CTRL | Qt::Key_O},
    ActionRow{JobVerb::OpenFolder, "openFolderAction", QT_TRANSLATE_NOOP("ui::JobActions", "Open fol&der"),      "open-folder", Qt::CTRL | Qt::SHIFT | Qt::Key_O},
    ActionRow{JobVerb::CopyLink,   "copyLinkAction",   QT_TRANSLATE_NOOP("ui::JobActions", "Copy &link"),        "copy",        Qt::CTRL | Qt::Key_C},
    ActionRow{JobVerb::Recheck,    "recheckAction",    QT_TRANSLATE_NOOP("ui::JobActions", "C&heck what is kept, then resume"), "search", kNoKey},
    ActionRow{JobVerb::Again,      "againAction",      QT_TRANSLATE_NOOP("ui::JobActions", "Download a&gain"),   "resume",      kNoKey},
    ActionRow{JobVerb::Remove,     "removeAction",     QT_TRANSLATE_NOOP("ui::JobActions", "Remo&ve from list"), "remove",      Qt::Key_Delete},
};
// clang-format on

QAction *makeAction(JobActions *parent, const QString &objectName, const QString &text,
                    const QString &iconName, const QKeySequence &key)
{
    auto *action = new QAction(iconName.isEmpty() ? QIcon() : icon(iconName), text, parent);
    action->setObjectName(objectName);
    if (!key.isEmpty()) {
        action->setShortcut(key);
        const QString plain = QString(text).remove(u'&');
        action->setToolTip(
            QStringLiteral("%1 (%2)").arg(plain, key.toString(QKeySequence::NativeText)));
    }
    return action;
}

} // namespace

JobActions::JobActions(const core::Clock *clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_add(makeAction(this, QStringLiteral("addAction"), tr("&Add…"), QStringLiteral("add"),
                       QKeySequence::New))
    , m_paste(makeAction(this, QStringLiteral("pasteAction"), tr("Paste lin&ks"),
                         QStringLiteral("paste"), QKeySequence::Paste))
    , m_upload(makeAction(this, QStringLiteral("uploadAction"), tr("Send &files…"),
                          QStringLiteral("state-sending"), Qt::CTRL | Qt::Key_U))
    , m_adopt(makeAction(this, QStringLiteral("adoptAction"), tr("Find left-over pa&rts…"),
                         QStringLiteral("search"), {}))
    , m_quit(makeAction(this, QStringLiteral("quitAction"), tr("&Quit"), QString(),
                        QKeySequence(Qt::CTRL | Qt::Key_Q)))
    , m_settings(makeAction(this, QStringLiteral("settingsAction"), tr("&Settings…"),
                            QStringLiteral("settings"), Qt::CTRL | Qt::Key_Comma))
{
    connect(m_add, &QAction::triggered, this, &JobActions::addChosen);
    connect(m_paste, &QAction::triggered, this, &JobActions::pasteChosen);
    connect(m_upload, &QAction::triggered, this, &JobActions::uploadChosen);
    connect(m_adopt, &QAction::triggered, this, &JobActions::adoptChosen);
    connect(m_quit, &QAction::triggered, this, &JobActions::quitChosen);
    connect(m_settings, &QAction::triggered, this, &JobActions::settingsChosen);
    for (const ActionRow &row : kActions) {
        const QKeySequence key = row.key == kNoKey ? QKeySequence() : QKeySequence(row.key);
        QAction *action = makeAction(this, QString::fromLatin1(row.objectName), tr(row.text),
                                     QString::fromLatin1(row.icon), key);
        connect(action, &QAction::triggered, this, [this, verb = row.verb] {
            Q_EMIT chosen(verb, allowing(m_jobs, verb, m_clock->utcNow()));
        });
        m_actions.emplace(row.verb, action);
    }
    setJobs({});
}

void JobActions::setJobs(const QList<core::JobSnapshot> &selected)
{
    m_jobs = selected;
    const QDateTime now = m_clock->utcNow();
    for (const auto &[verb, action] : m_actions) {
        action->setEnabled(std::ranges::any_of(
            m_jobs, [verb = verb, &now](const auto &job) { return allows(job, verb, now); }));
    }
    nameComplete();
    nameAgain();
}

QList<QAction *> JobActions::all() const
{
    QList<QAction *> actions{m_add, m_paste, m_upload, m_adopt, m_quit, m_settings};
    for (const auto &[verb, action] : m_actions) {
        actions.append(action);
    }
    return actions;
}

void JobActions::fillToolBar(QToolBar *bar) const
{
    bar->addAction(m_add);
    auto *more = new QMenu(bar);
    more->addActions({m_add, m_paste, m_upload, m_adopt});
    auto *button = qobject_cast<QToolButton *>(bar->widgetForAction(m_add));
    button->setMenu(more);
    button->setPopupMode(QToolButton::MenuButtonPopup);
    bar->addSeparator();
    bar->addAction(action(JobVerb::Resume));
    bar->addAction(action(JobVerb::Suspend));
    bar->addAction(action(JobVerb::Fix));
    bar->addSeparator();
    bar->addAction(action(JobVerb::Complete));
    bar->addAction(action(JobVerb::Cancel));
    bar->addSeparator();
    bar->addAction(action(JobVerb::OpenFolder));
    bar->addAction(action(JobVerb::Remove));
    auto *space = new QWidget(bar);
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(space);
    bar->addAction(m_settings);
}

void JobActions::fillContextMenu(QMenu *menu) const
{
    menu->addAction(action(JobVerb::Fix));
    menu->addAction(action(JobVerb::Resume));
    menu->addAction(action(JobVerb::Suspend));
    menu->addSeparator();
    menu->addAction(action(JobVerb::Open));
    menu->addAction(action(JobVerb::OpenFolder));
    menu->addAction(action(JobVerb::CopyLink));
    menu->addSeparator();
    menu->addAction(action(JobVerb::Recheck));
    menu->addAction(action(JobVerb::Again));
    menu->addAction(action(JobVerb::Complete));
    menu->addAction(action(JobVerb::Cancel));
    menu->addAction(action(JobVerb::Remove));
}

/// Of a job that was accepted in part only what is missing is fetched.
void JobActions::nameAgain()
{
    int missing = 0;
    bool isOfParts = true;
    bool isOfUploads = true;
    for (const core::JobSnapshot &job : allowing(m_jobs, JobVerb::Again, m_clock->utcNow())) {
        isOfUploads = isOfUploads && job.type == core::JobType::Upload;
        missing += job.progress.filesTotal - job.progress.filesDone;
        isOfParts = isOfParts && isPartial(job);
    }
    m_actions.at(JobVerb::Again)
        ->setText(isOfParts && missing == 1  ? tr("Fetch the missin&g file")
                  : isOfParts && missing > 1 ? tr("Fetch the missin&g %1").arg(missing)
                  : isOfUploads              ? tr("Send a&gain")
                                             : tr("Download a&gain"));
}

/// Complete is the same command everywhere, but it reads differently when everything is here.
void JobActions::nameComplete()
{
    const auto isWhole = [](const core::JobSnapshot &job) {
        return job.state == core::JobState::Transferred;
    };
    const auto open = allowing(m_jobs, JobVerb::Complete, m_clock->utcNow());
    const bool allWhole = !open.isEmpty() && std::ranges::all_of(open, isWhole);
    QAction *complete = m_actions.at(JobVerb::Complete);
    complete->setText(allWhole ? tr("Comple&te") : tr("Accept par&tial"));
    complete->setToolTip(allWhole ? tr("Put the finished files in place")
                                  : tr("Keep the files that are whole and finish the job"));
}

} // namespace ui
