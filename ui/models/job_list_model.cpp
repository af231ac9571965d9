// SPDX-License-Identifier: Apache-2.0
#include "ui/models/job_list_model.h"

#include "ui/models/job_words.h"
#include "ui/models/spans.h"

#include <algorithm>
#include <ranges>

namespace ui {

namespace {

/// Over this time what arrives is a speed.
constexpr std::chrono::seconds kSoon{3};

} // namespace

JobListModel::JobListModel(const core::Clock *clock, QObject *parent)
    : QAbstractListModel(parent)
    , m_clock(clock)
{
}

JobListModel::~JobListModel() = default;

int JobListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

QVariant JobListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const core::JobSnapshot &job = m_entries.at(m_shown[size_t(index.row())]).job;
    switch (role) {
    case Qt::DisplayRole:
        return displayName(job);
    case Qt::ToolTipRole:
        return toolTip(job, m_clock->utcNow());
    case Qt::AccessibleTextRole:
        return spokenRow(job, m_clock->utcNow());
    case JobRole:
        return QVariant::fromValue(job);
    default:
        return {};
    }
}

void JobListModel::apply(const QList<core::JobSnapshot> &jobs)
{
    core::JobIds changed;
    changed.reserve(jobs.size());
    for (const core::JobSnapshot &job : jobs) {
        store(job);
        changed.append(job.id);
    }
    std::ranges::sort(changed);
    changed.erase(std::ranges::unique(changed).begin(), changed.end());

    core::JobIds leaving;
    core::JobIds coming;
    core::JobIds staying;
    for (const core::JobId id : changed) {
        const bool wanted = accepts(m_entries.at(id));
        const bool shown = isShown(id);
        if (shown) {
            (wanted ? staying : leaving).append(id);
        } else if (wanted) {
            coming.append(id);
        }
    }
    hide(leaving);
    show(coming);
    announce(staying);
    Q_EMIT summaryChanged();
}

void JobListModel::remove(const core::JobIds &jobs)
{
    core::JobIds sorted;
    for (const core::JobId id : jobs) {
        if (m_entries.contains(id)) {
            sorted.append(id);
        }
    }
    std::ranges::sort(sorted);
    sorted.erase(std::ranges::unique(sorted).begin(), sorted.end());
    core::JobIds shown = sorted;
    shown.removeIf([this](core::JobId id) { return !isShown(id); });
    hide(shown);
    for (const core::JobId id : sorted) {
        count(m_entries.at(id), -1);
        m_entries.erase(id);
    }
    Q_EMIT summaryChanged();
}

void JobListModel::setGroup(JobGroup group)
{
    if (group != m_group) {
        m_group = group;
        refilter();
    }
}

void JobListModel::setSearch(const QString &words)
{
    const QStringList parts = words.split(u' ', Qt::SkipEmptyParts);
    if (parts != m_words) {
        m_words = parts;
        refilter();
    }
}

void JobListModel::timePassed()
{
    QList<core::JobSnapshot> countingDown;
    for (const auto &[id, entry] : m_entries) {
        if (entry.job.state == core::JobState::TransientError) {
            countingDown.append(entry.job);
        }
    }
    if (!countingDown.isEmpty()) {
        apply(countingDown);
    } else if (!m_unrated.isEmpty()) {
        Q_EMIT summaryChanged();
    }
}

bool JobListModel::isFiltered() const
{
    return m_group != JobGroup::All || !m_words.isEmpty();
}

std::optional<core::JobSnapshot> JobListModel::job(core::JobId id) const
{
    const auto found = m_entries.find(id);
    return found == m_entries.end() ? std::nullopt : std::optional(found->second.job);
}

QList<core::JobSnapshot> JobListModel::jobs() const
{
    QList<core::JobSnapshot> all;
    all.reserve(qsizetype(m_entries.size()));
    for (const auto &[id, entry] : m_entries) {
        all.append(entry.job);
    }
    return all;
}

QModelIndex JobListModel::indexOf(core::JobId id) const
{
    return isShown(id) ? index(rowOf(id)) : QModelIndex();
}

bool JobListModel::accepts(const Entry &entry) const
{
    const core::JobSnapshot &job = entry.job;
    const bool isInGroup = m_group == JobGroup::All || m_group == entry.group ||
                           (m_group == JobGroup::Uploads && job.type == core::JobType::Upload);
    if (!isInGroup) {
        return false;
    }
    return std::ranges::all_of(m_words, [&job](const QString &word) {
        return job.name.contains(word, Qt::CaseInsensitive) ||
               job.firstUrl.toDisplayString().contains(word, Qt::CaseInsensitive) ||
               job.folder.contains(word, Qt::CaseInsensitive);
    });
}

bool JobListModel::isShown(core::JobId id) const
{
    return std::ranges::binary_search(m_shown, id);
}

int JobListModel::rowOf(core::JobId id) const
{
    return int(std::ranges::lower_bound(m_shown, id) - m_shown.begin());
}

void JobListModel::count(const Entry &entry, int sign)
{
    const core::JobState state = entry.job.state;
    const bool waits = state == core::JobState::TransientError;
    const bool moves = core::isRunning(state) || state == core::JobState::Queued;
    m_counts.at(size_t(JobGroup::All)) += sign;
    m_counts.at(size_t(entry.group)) += sign;
    m_counts.at(size_t(JobGroup::Uploads)) += entry.job.type == core::JobType::Upload ? sign : 0;
    m_countingDown += waits ? sign : 0;
    m_busy += waits || moves ? sign : 0;
    m_bytesPerSecond += sign * entry.job.bytesPerSecond.value_or(0);
}

qint64 JobListModel::bytesPerSecond() const
{
    qint64 bytes = 0;
    for (const Arrival &arrival : m_unrated) {
        bytes += m_clock->now() - arrival.at < kSoon ? arrival.bytes : 0;
    }
    return m_bytesPerSecond + bytes / kSoon.count();
}

/// What came since the last snapshot of a job that does not say how fast it is.
void JobListModel::noteArrival(const core::JobSnapshot &job, const core::JobSnapshot *before)
{
    const bool isYoung =
        job.createdAt.isValid() && job.createdAt.addDuration(kSoon) > m_clock->utcNow();
    const qint64 known = before != nullptr ? before->progress.bytesDone
                         : isYoung         ? 0
                                           : job.progress.bytesDone;
    const bool isStopped =
        job.state == core::JobState::Suspended || job.state == core::JobState::Cancelled;
    m_unrated.removeIf([&, now = m_clock->now()](const Arrival &old) {
        return now - old.at >= kSoon || (old.job == job.id && (isStopped || job.bytesPerSecond));
    });
    const bool wasRated = before != nullptr && before->bytesPerSecond;
    if (!isStopped && !wasRated && !job.bytesPerSecond && job.progress.bytesDone > known) {
        m_unrated.append({job.id, m_clock->now(), job.progress.bytesDone - known});
    }
}

void JobListModel::store(const core::JobSnapshot &job)
{
    const auto [place, isNew] = m_entries.try_emplace(job.id);
    Entry &entry = place->second;
    noteArrival(job, isNew ? nullptr : &entry.job);
    if (!isNew) {
        count(entry, -1);
    }
    const JobGroup group = groupOf(job, m_clock->utcNow());
    entry = Entry{job, group};
    count(entry, +1);
}

void JobListModel::hide(const core::JobIds &sorted)
{
    QList<int> rows;
    for (const core::JobId id : sorted) {
        rows.append(rowOf(id));
    }
    const QList<Span> spans = spansOf(rows);
    for (const Span &span : std::views::reverse(spans)) {
        beginRemoveRows({}, span.first, span.last);
        m_shown.erase(m_shown.begin() + span.first, m_shown.begin() + span.last + 1);
        endRemoveRows();
    }
}

/// One insertion for all that come to stand between the same two rows.
void JobListModel::show(const core::JobIds &sorted)
{
    for (auto first = sorted.begin(); first != sorted.end();) {
        const int row = rowOf(*first);
        const bool atEnd = size_t(row) == m_shown.size();
        const auto last =
            atEnd ? sorted.end() : std::lower_bound(first, sorted.end(), m_shown[size_t(row)]);
        beginInsertRows({}, row, row + int(last - first) - 1);
        m_shown.insert(m_shown.begin() + row, first, last);
        endInsertRows();
        first = last;
    }
}

void JobListModel::announce(const core::JobIds &sorted)
{
    QList<int> rows;
    for (const core::JobId id : sorted) {
        rows.append(rowOf(id));
    }
    for (const Span &span : spansOf(rows)) {
        Q_EMIT dataChanged(index(span.first), index(span.last));
    }
}

void JobListModel::refilter()
{
    beginResetModel();
    m_shown.clear();
    for (const auto &[id, entry] : m_entries) {
        if (accepts(entry)) {
            m_shown.push_back(id);
        }
    }
    endResetModel();
}

} // namespace ui
