// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/messages.h"

#include <QAbstractListModel>
#include <QIcon>

namespace ui {

/// What was understood of one line of the link box.
struct UnderstoodLine {
    int line = 0; ///< from 1
    core::LinkReport report;
    QString problem; ///< one sentence, empty when there is none

    [[nodiscard]] bool isGood() const { return problem.isEmpty(); }
    bool operator==(const UnderstoodLine &) const = default;
};

/// The lines that hold anything, in order, each with its number.
[[nodiscard]] QList<UnderstoodLine> linesOf(const QString &typed);

/// Lines with what the engine said of each; a link that is there twice is a problem of the second.
[[nodiscard]] QList<UnderstoodLine> understood(QList<UnderstoodLine> lines,
                                               const QList<core::LinkReport> &reports);

/// Lines of which the engine would say nothing.
[[nodiscard]] QList<UnderstoodLine> refused(QList<UnderstoodLine> lines,
                                            const core::Refusal &refusal);

/// The list below the link box: good links by name and server, bad lines by number and sentence.
class LinkListModel final : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void setIcons(const QIcon &good, const QIcon &bad);

    void setLines(const QList<UnderstoodLine> &lines);
    [[nodiscard]] const QList<UnderstoodLine> &lines() const { return m_lines; }
    [[nodiscard]] QList<UnderstoodLine> goodLines() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<UnderstoodLine> m_lines;
    QIcon m_good;
    QIcon m_bad;
};

} // namespace ui
