// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/source_list_model.h"

#include "core/words/explain.h"
#include "core/words/explain_service.h"
#include "ui/dialogs/plain_label.h"

#include <algorithm>

namespace ui {

QString ChosenSource::name() const
{
    return path.sliced(path.lastIndexOf(u'/') + 1);
}

QString ChosenSource::folder() const
{
    return path.first(qMax<qsizetype>(1, path.lastIndexOf(u'/')));
}

SourceListModel::SourceListModel(core::JobService *service, QObject *parent)
    : QAbstractListModel(parent)
    , m_service(service)
{
}

void SourceListModel::setIcons(const QIcon &good, const QIcon &bad)
{
    m_good = good;
    m_bad = bad;
    if (!m_sources.isEmpty()) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {Qt::DecorationRole});
    }
}

void SourceListModel::add(const QStringList &paths)
{
    for (const QString &path : paths) {
        if (std::ranges::find(m_sources, path, &ChosenSource::path) == m_sources.end()) {
            beginInsertRows({}, rowCount(), rowCount());
            m_sources.append({.path = path, .report = {}, .problem = {}});
            endInsertRows();
            ask(path);
        }
    }
    Q_EMIT changed();
}

void SourceListModel::remove(QList<int> rows)
{
    std::ranges::sort(rows, std::greater<>());
    for (const int row : rows) {
        beginRemoveRows({}, row, row);
        m_sources.removeAt(row);
        endRemoveRows();
    }
    Q_EMIT changed();
}

void SourceListModel::keepOnly(const QStringList &paths)
{
    QList<int> others;
    for (int row = 0; row < int(m_sources.size()); ++row) {
        if (m_sources.at(row).isGood() && !paths.contains(m_sources.at(row).path)) {
            others.append(row);
        }
    }
    remove(others);
}

void SourceListModel::look()
{
    for (const ChosenSource &source : std::as_const(m_sources)) {
        ask(source.path);
    }
}

void SourceListModel::ask(const QString &path)
{
    m_service->ask<core::message::InspectSource>(
        {.path = path}, this,
        [this, path](const core::Answer<core::SourceReport> &answer) { take(path, answer); });
}

void SourceListModel::take(const QString &path, const core::Answer<core::SourceReport> &answer)
{
    const auto source = std::ranges::find(m_sources, path, &ChosenSource::path);
    if (source == m_sources.end()) {
        return; // taken out meanwhile
    }
    source->report = answer.value_or(core::SourceReport{.path = path});
    source->problem = answer ? core::explain(*answer) : core::explain(answer.error());
    const QModelIndex row = index(int(source - m_sources.begin()));
    Q_EMIT dataChanged(row, row);
    Q_EMIT changed();
}

bool SourceListModel::isLooking() const
{
    return std::ranges::any_of(m_sources, [](const ChosenSource &each) { return !each.report; });
}

QList<ChosenSource> SourceListModel::good() const
{
    QList<ChosenSource> good = m_sources;
    good.removeIf([](const ChosenSource &each) { return !each.isGood(); });
    return good;
}

int SourceListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_sources.size());
}

QVariant SourceListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const ChosenSource &source = m_sources.at(index.row());
    if (role == Qt::DecorationRole && source.report) {
        return source.isGood() ? m_good : m_bad;
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    if (!source.problem.isEmpty()) {
        return visibleText(source.problem);
    }
    const QString size = source.report ? core::formatBytes(source.report->sizeBytes.value_or(0))
                                       : QStringLiteral("…");
    return visibleText(tr("%1  —  %2, in %3").arg(source.name(), size, source.folder()));
}

} // namespace ui
