// SPDX-License-Identifier: Apache-2.0
#include "ui/models/timeline_model.h"


#include <QLocale>

#include <array>
#include <utility>

namespace ui {

namespace {

QString timeText(const core::TimelineEntry &entry, const core::ToldJob & /*job*/)
{
    const QDateTime local = entry.time.toLocalTime();
    const QLocale locale;
    return locale.toString(local.date(), QLocale::ShortFormat) + u' ' +
           local.time().toString(QStringLiteral("HH:mm:ss"));
}

struct TimelineColumn {
    const char *title;
    QString (*text)(const core::TimelineEntry &, const core::ToldJob &);
};

// In the order of TimelineModel::Column.
constexpr std::array kTimelineColumns{
    TimelineColumn{QT_TRANSLATE_NOOP("ui::TimelineModel", "Time"), timeText},
    TimelineColumn{QT_TRANSLATE_NOOP("ui::TimelineModel", "What happened"), core::describe},
};

} // namespace

TimelineModel::TimelineModel(core::JobService *service, QObject *parent)
    : QAbstractTableModel(parent)
    , m_service(service)
{
}

TimelineModel::~TimelineModel() = default;

int TimelineModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

int TimelineModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(kTimelineColumns.size());
}

const core::TimelineEntry &TimelineModel::entryAt(int row) const
{
    return m_entries[m_entries.size() - 1 - size_t(row)];
}

QVariant TimelineModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignLeading | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) {
        return {};
    }
    const QString text =
        kTimelineColumns.at(size_t(index.column())).text(entryAt(index.row()), m_told);
    // Qt would take a tool tip that looks like HTML for HTML.
    return role == Qt::ToolTipRole ? Qt::convertFromPlainText(text) : text;
}

QVariant TimelineModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= int(kTimelineColumns.size())) {
        return {};
    }
    if (role == Qt::DisplayRole) {
        return tr(kTimelineColumns.at(size_t(section)).title);
    }
    return role == Qt::TextAlignmentRole ? QVariant(int(Qt::AlignLeading | Qt::AlignVCenter))
                                         : QVariant();
}

void TimelineModel::setJob(core::JobId job, const core::ToldJob &told)
{
    if (job == m_job) {
        if (std::exchange(m_told, told) != told && rowCount() > 0) {
            Q_EMIT dataChanged(index(0, What), index(rowCount() - 1, What));
        }
        return;
    }
    beginResetModel();
    m_job = job;
    m_told = told;
    m_entries.clear();
    m_next = 0;
    m_isAsked = false;
    ++m_generation;
    endResetModel();
    refresh();
}

void TimelineModel::refresh()
{
    m_isStale = m_job.value != 0;
    ask();
}

void TimelineModel::setWatched(bool isWatched)
{
    m_isWatched = isWatched;
    ask();
}

void TimelineModel::ask()
{
    if (!m_isWatched || !m_isStale || m_isAsked) {
        return;
    }
    m_isAsked = true;
    m_isStale = false; // it becomes so again when the job changes before the answer comes
    m_service->ask<core::message::Timeline>({.job = m_job, .first = m_next, .count = kPageSize},
                                            this,
                                            [this, generation = m_generation](const auto &answer) {
                                                if (generation != m_generation) {
                                                    return;
                                                }
                                                m_isAsked = false;
                                                if (answer) {
                                                    take(*answer);
                                                    ask();
                                                }
                                            });
}

void TimelineModel::take(const core::TimelinePage &page)
{
    append(page.entries);
    // A page that leads nowhere is asked for once only.
    m_isStale = m_isStale || (page.next < page.total && page.next > m_next);
    m_next = page.next;
}

void TimelineModel::append(const QList<core::TimelineEntry> &entries)
{
    if (entries.isEmpty()) {
        return;
    }
    beginInsertRows({}, 0, int(entries.size()) - 1);
    m_entries.insert(m_entries.end(), entries.begin(), entries.end());
    endInsertRows();
    letGoOfOldest();
}

/// The first one ever stays, as in the store.
void TimelineModel::letGoOfOldest()
{
    const int tooMany = rowCount() - core::kTimelineMax;
    if (tooMany <= 0) {
        return;
    }
    const int oldest = rowCount() - 2; // the row above the first one ever
    beginRemoveRows({}, oldest - tooMany + 1, oldest);
    m_entries.erase(m_entries.begin() + 1, m_entries.begin() + 1 + tooMany);
    endRemoveRows();
}

} // namespace ui
