// SPDX-License-Identifier: Apache-2.0
#include "ui/views/job_list_view.h"

#include "ui/models/job_list_model.h"
#include "ui/views/job_delegate.h"

#include <QKeyEvent>

#include <algorithm>
#include <functional>

namespace ui {

namespace {

/// So much of a name can be read when the window is narrow; what is beside the list gives way.
constexpr int kLeastWidthChars = 26;

core::JobSnapshot jobAt(const QModelIndex &index)
{
    return index.data(JobListModel::JobRole).value<core::JobSnapshot>();
}

} // namespace

JobListView::JobListView(JobListModel *model, const core::Clock *clock, QWidget *parent)
    : QListView(parent)
    , m_model(model)
{
    setObjectName(QStringLiteral("jobList"));
    setAccessibleName(tr("Jobs"));
    setUniformItemSizes(true);
    setMinimumWidth(kLeastWidthChars * fontMetrics().averageCharWidth());
    setSelectionMode(ExtendedSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(NoFrame);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setItemDelegate(new JobDelegate(clock, this));
    setModel(model);
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, &JobListView::remember);
    connect(model, &QAbstractItemModel::modelReset, this, &JobListView::restore);
    connect(model, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &last) {
                const auto isTouched = [&](const QItemSelectionRange &range) {
                    return range.top() <= last.row() && range.bottom() >= first.row();
                };
                if (std::ranges::any_of(selectionModel()->selection(), isTouched)) {
                    Q_EMIT selectedJobsChanged();
                }
            });
    connect(model, &QAbstractItemModel::rowsInserted, this, [this] {
        if (m_wanted.value != 0) {
            select(m_wanted);
        }
    });
    connect(this, &QAbstractItemView::activated, this,
            [this](const QModelIndex &index) { Q_EMIT opened(jobAt(index)); });
}

QList<core::JobSnapshot> JobListView::selectedJobs() const
{
    QModelIndexList rows = selectionModel()->selectedRows();
    std::ranges::sort(rows, std::less<>());
    QList<core::JobSnapshot> jobs;
    jobs.reserve(rows.size());
    for (const QModelIndex &row : rows) {
        jobs.append(jobAt(row));
    }
    return jobs;
}

int JobListView::rowHeight() const
{
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    return itemDelegate()->sizeHint(option, {}).height();
}

void JobListView::select(core::JobId job)
{
    const QModelIndex index = m_model->indexOf(job);
    m_wanted = index.isValid() ? core::JobId() : job;
    if (index.isValid()) {
        setCurrentIndex(index);
        // While rows are being inserted there is no place of it yet to scroll to.
        QMetaObject::invokeMethod(
            this, [this, job] { scrollTo(m_model->indexOf(job)); }, Qt::QueuedConnection);
    }
}

/// With Alt, Return asks for the properties of a thing on any desktop; the view takes it for
/// Return.
void JobListView::keyPressEvent(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && event->modifiers().testFlag(Qt::AltModifier)) {
        Q_EMIT detailsRequested();
    } else {
        QListView::keyPressEvent(event);
    }
}

void JobListView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QListView::selectionChanged(selected, deselected);
    Q_EMIT selectedJobsChanged();
}

void JobListView::remember()
{
    m_remembered.clear();
    for (const core::JobSnapshot &job : selectedJobs()) {
        m_remembered.append(job.id);
    }
    m_current = currentIndex().isValid() ? jobAt(currentIndex()).id : core::JobId();
}

void JobListView::restore()
{
    QItemSelection selection;
    for (const core::JobId id : m_remembered) {
        if (const QModelIndex index = m_model->indexOf(id); index.isValid()) {
            selection.select(index, index);
        }
    }
    selectionModel()->setCurrentIndex(m_model->indexOf(m_current), QItemSelectionModel::NoUpdate);
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    Q_EMIT selectedJobsChanged();
}

} // namespace ui
