// SPDX-License-Identifier: Apache-2.0
#include "ui/views/details_panel.h"

#include "core/words/explain.h"
#include "core/words/sentence.h"
#include "ui/models/file_list_model.h"
#include "ui/models/job_words.h"
#include "ui/models/timeline_model.h"
#include "ui/views/elided_label.h"
#include "ui/views/file_table.h"
#include "ui/views/job_look.h"
#include "ui/views/timeline_table.h"

#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>

namespace ui {

namespace {

constexpr int kNeedYouTab = 2;

QLabel *caption(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

DetailsPanel::DetailsPanel(core::JobService *service, const core::Clock *clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_files(new FileListModel(service, clock, this))
    , m_failed(new FileListModel(service, clock, this, FileListModel::Shows::Failed))
    , m_timeline(new TimelineModel(service, this))
    , m_stack(new QStackedWidget(this))
    , m_hint(new QLabel(this))
    , m_name(new ElidedLabel(Qt::ElideMiddle))
    , m_doing(new ElidedLabel(Qt::ElideRight))
    , m_from(new ElidedLabel(Qt::ElideMiddle))
    , m_to(new ElidedLabel(Qt::ElideMiddle))
    , m_tabs(new QTabWidget)
{
    setObjectName(QStringLiteral("details"));
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setWordWrap(true);
    m_hint->setForegroundRole(QPalette::PlaceholderText); // quiet, and still to be read
    m_tabs->setDocumentMode(true);
    auto *files = new FileTable(m_files);
    auto *failed = new FileTable(m_failed);
    m_tables = {files, failed};
    m_tabs->addTab(files, tr("Files"));
    m_tabs->addTab(new TimelineTable(m_timeline), tr("Timeline"));
    m_tabs->addTab(failed, tr("Need you"));
    m_tabs->setTabVisible(kNeedYouTab, false);
    connect(failed, &QAbstractItemView::activated, this,
            [this] { Q_EMIT fixRequested(m_failed->job()); });

    for (const FileTable *table : std::as_const(m_tables)) {
        connect(table, &FileTable::chosen, this, [this](const core::FileChange &change) {
            Q_EMIT filesChosen(m_files->job(), change);
        });
    }

    auto *job = new QWidget;
    auto *column = new QVBoxLayout(job);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_header = makeHeader();
    column->addWidget(m_header);
    column->addWidget(m_tabs, 1);
    m_stack->addWidget(m_hint);
    m_stack->addWidget(job);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_stack);
    setJobs({});
}

QWidget *DetailsPanel::makeHeader()
{
    auto *header = new QWidget;
    QFont bold = m_name->font();
    bold.setWeight(QFont::DemiBold);
    m_name->setFont(bold);
    auto *grid = new QGridLayout(header);
    grid->setContentsMargins(12, 10, 12, 8);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    grid->addWidget(m_name, 0, 0, 1, 2);
    grid->addWidget(m_doing, 1, 0, 1, 2);
    grid->addWidget(caption(tr("From"), header), 2, 0);
    grid->addWidget(m_from, 2, 1);
    grid->addWidget(caption(tr("To"), header), 3, 0);
    grid->addWidget(m_to, 3, 1);
    return header;
}

int DetailsPanel::heightWithFiles(int rows) const
{
    const FileTable *files = m_tables.first();
    return m_header->sizeHint().height() + m_tabs->tabBar()->sizeHint().height() +
           files->horizontalHeader()->sizeHint().height() +
           rows * files->verticalHeader()->defaultSectionSize() + 2;
}

void DetailsPanel::enter()
{
    QWidget *shown = m_stack->currentIndex() == 1 ? m_tabs->currentWidget() : nullptr;
    if (shown) {
        shown->setFocus(Qt::ShortcutFocusReason);
    }
}

void DetailsPanel::setJobs(const QList<core::JobSnapshot> &selected)
{
    if (selected.size() == 1) {
        showJob(selected.first());
        m_stack->setCurrentIndex(1);
        return;
    }
    m_files->setJob({});
    m_failed->setJob({});
    m_timeline->setJob({}, {});
    m_hint->setText(selected.isEmpty()
                        ? tr("Select a job to see its files.")
                        : tr("%n jobs are selected.", nullptr, int(selected.size())));
    m_stack->setCurrentIndex(0);
}

void DetailsPanel::showJob(const core::JobSnapshot &job)
{
    const QDateTime now = m_clock->utcNow();
    const Accent accent = lookOf(job, now).accent;
    const bool tellsTrouble = accent == Accent::Attention || accent == Accent::Waiting;
    m_name->setText(displayName(job));
    QStringList parts{doing(job, now), amount(job), pace(job), core::describeConnections(job)};
    parts.removeAll(QString());
    m_doing->setText(parts.join(QStringLiteral(" · ")));
    m_doing->setQuiet(true);
    m_doing->setColour(tellsTrouble ? colourOf(accent, palette()) : QColor());
    const QString remote = core::plain(job.firstUrl.toDisplayString(), core::kMaxUrlLength);
    const QString local = core::plain(job.folder, core::kMaxUrlLength);
    const bool isUpload = job.type == core::JobType::Upload;
    m_from->setText(isUpload ? local : remote);
    m_to->setText(isUpload ? remote : local);
    if (m_files->job() == job.id) {
        m_files->refresh();
    } else {
        m_files->setJob(job.id, job.type);
    }
    std::optional<int> obstacle;
    if (job.obstacle) {
        obstacle = job.obstacle->fileIndex;
    }
    for (FileTable *table : std::as_const(m_tables)) {
        table->setChoosable(!isUpload && !core::isFinal(job.state), obstacle);
    }
    const int failed = job.progress.filesFailed;
    const bool isAboutFiles =
        failed > 0 && job.progress.filesTotal > 1 && !core::isFinal(job.state);
    m_tabs->setTabVisible(kNeedYouTab, isAboutFiles);
    m_tabs->setTabText(kNeedYouTab, tr("Need you (%1)").arg(failed));
    if (m_failed->job() != (isAboutFiles ? job.id : core::JobId())) {
        m_failed->setJob(isAboutFiles ? job.id : core::JobId(), job.type);
    } else {
        m_failed->refresh();
    }
    m_timeline->setJob(job.id, {.fileCount = job.progress.filesTotal, .type = job.type});
    m_timeline->refresh();
}

} // namespace ui
