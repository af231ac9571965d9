// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/link_list_model.h"

#include "core/words/explain.h"
#include "core/words/explain_service.h"
#include "ui/dialogs/plain_label.h"

#include <QHash>

namespace ui {

QList<UnderstoodLine> linesOf(const QString &typed)
{
    QList<UnderstoodLine> lines;
    int number = 0;
    for (const QStringView line : QStringView(typed).split(u'\n')) {
        ++number;
        const QStringView link = line.trimmed();
        if (!link.isEmpty()) {
            lines.append({.line = number, .report = {.typed = link.toString()}});
        }
    }
    return lines;
}

QList<UnderstoodLine> understood(QList<UnderstoodLine> lines,
                                 const QList<core::LinkReport> &reports)
{
    QHash<QUrl, int> firstLine;
    for (qsizetype i = 0; i < lines.size() && i < reports.size(); ++i) {
        UnderstoodLine &line = lines[i];
        line.report = reports.at(i);
        line.problem = core::explain(line.report);
        if (!line.isGood()) {
            continue;
        }
        const auto first = firstLine.constFind(line.report.url);
        if (first != firstLine.cend()) {
            line.problem =
                LinkListModel::tr("The same link as in line %1. It is fetched once.").arg(*first);
        } else {
            firstLine.insert(line.report.url, line.line);
        }
    }
    return lines;
}

QList<UnderstoodLine> refused(QList<UnderstoodLine> lines, const core::Refusal &refusal)
{
    for (UnderstoodLine &line : lines) {
        line.problem = core::explain(refusal);
    }
    return lines;
}

void LinkListModel::setIcons(const QIcon &good, const QIcon &bad)
{
    m_good = good;
    m_bad = bad;
    if (!m_lines.isEmpty()) {
        Q_EMIT dataChanged(index(0), index(int(m_lines.size()) - 1), {Qt::DecorationRole});
    }
}

void LinkListModel::setLines(const QList<UnderstoodLine> &lines)
{
    if (lines != m_lines) {
        beginResetModel();
        m_lines = lines;
        endResetModel();
    }
}

QList<UnderstoodLine> LinkListModel::goodLines() const
{
    QList<UnderstoodLine> good;
    for (const UnderstoodLine &line : m_lines) {
        if (line.isGood()) {
            good.append(line);
        }
    }
    return good;
}

int LinkListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

QVariant LinkListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const UnderstoodLine &line = m_lines.at(index.row());
    if (role == Qt::DecorationRole) {
        return line.isGood() ? m_good : m_bad;
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    if (!line.isGood()) {
        return visibleText(tr("Line %1: %2").arg(QString::number(line.line), line.problem));
    }
    const QString name =
        line.report.suggestedName.isEmpty() ? tr("named by the server") : line.report.suggestedName;
    return visibleText(tr("%1  —  from %2").arg(name, line.report.url.host()));
}

} // namespace ui
