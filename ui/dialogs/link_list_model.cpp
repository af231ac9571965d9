// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/link_list_model.h"

#include "core/words/explain.h"
#include "core/words/explain_service.h"
#include "ui/dialogs/plain_label.h"

#include <QHash>

namespace ui {

namespace {

/// Long enough to type on, short enough to feel live.
constexpr std::chrono::milliseconds kTypingPause{120};

} // namespace

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

LinkListModel::LinkListModel(core::JobService *service, QObject *parent)
    : QAbstractListModel(parent)
    , m_service(service)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(kTypingPause);
    connect(&m_soon, &QTimer::timeout, this, &LinkListModel::look);
}

void LinkListModel::setText(const QString &typed)
{
    ++m_question; // an answer about the lines as they were is of no use any more
    m_typed = typed;
    m_isLooking = true;
    m_soon.start();
    Q_EMIT changed();
}

void LinkListModel::look()
{
    m_soon.stop();
    const quint64 question = ++m_question;
    const QList<UnderstoodLine> lines = linesOf(m_typed);
    m_isLooking = !lines.isEmpty();
    if (lines.isEmpty()) {
        setLines({});
        return;
    }
    QStringList links;
    for (const UnderstoodLine &line : lines) {
        links += line.report.typed;
    }
    m_service->ask<core::message::InspectLinks>(
        {.links = links}, this,
        [this, question, lines](const core::Answer<QList<core::LinkReport>> &answer) {
            if (question != m_question) {
                return;
            }
            m_isLooking = false;
            if (answer) {
                setLines(understood(lines, *answer));
            } else {
                setLines(refused(lines, answer.error()));
            }
        });
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
    Q_EMIT changed();
}

QList<core::LinkReport> LinkListModel::goodReports() const
{
    QList<core::LinkReport> reports;
    for (const UnderstoodLine &line : goodLines()) {
        reports.append(line.report);
    }
    return reports;
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
    const QString from = line.report.isSchemeGuessed
                             ? tr("%1  —  from %2, by https or else by http")
                             : tr("%1  —  from %2");
    return visibleText(from.arg(name, line.report.url.host()));
}

} // namespace ui
