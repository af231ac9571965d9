// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"

#include <QAbstractListModel>
#include <QIcon>
#include <QTimer>

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
/// Asks the engine about what is typed, once it has rested a moment.
class LinkListModel final : public QAbstractListModel {
    Q_OBJECT
public:
    explicit LinkListModel(core::JobService *service, QObject *parent = nullptr);

    void setIcons(const QIcon &good, const QIcon &bad);

    void setText(const QString &typed);
    /// Asks at once.
    void look();
    /// The engine has not answered about the text as it is now.
    [[nodiscard]] bool isLooking() const { return m_isLooking; }
    [[nodiscard]] const QList<UnderstoodLine> &lines() const { return m_lines; }
    [[nodiscard]] QList<UnderstoodLine> goodLines() const;
    [[nodiscard]] QList<core::LinkReport> goodReports() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    /// The lines, or whether they are being looked at, are not what they were.
    void changed();

private:
    void setLines(const QList<UnderstoodLine> &lines);

    core::JobService *m_service;
    QString m_typed;
    QTimer m_soon;
    bool m_isLooking = false;
    quint64 m_question = 0;
    QList<UnderstoodLine> m_lines;
    QIcon m_good;
    QIcon m_bad;
};

} // namespace ui
