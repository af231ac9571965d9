// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"

#include <QAbstractListModel>
#include <QIcon>

namespace ui {

/// A file that was chosen to be sent.
struct ChosenSource {
    QString path;
    std::optional<core::SourceReport> report; ///< nothing: the engine has not looked yet
    QString problem;                          ///< one sentence, empty when there is none

    [[nodiscard]] bool isGood() const { return report && problem.isEmpty(); }
    [[nodiscard]] QString name() const;
    [[nodiscard]] QString folder() const;
};

/// The files that were chosen to be sent, each with its size or with why it cannot be sent. The
/// engine looks at them.
class SourceListModel final : public QAbstractListModel {
    Q_OBJECT
public:
    explicit SourceListModel(core::JobService *service, QObject *parent = nullptr);

    void setIcons(const QIcon &good, const QIcon &bad);

    /// Absolute paths; those that are there already are left out.
    void add(const QStringList &paths);
    void remove(QList<int> rows);
    /// Of those that are good.
    void keepOnly(const QStringList &paths);
    /// Looks at all of them again.
    void look();
    [[nodiscard]] bool isLooking() const;
    [[nodiscard]] QList<ChosenSource> good() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    void changed();

private:
    void ask(const QString &path);
    void take(const QString &path, const core::Answer<core::SourceReport> &answer);

    core::JobService *m_service;
    QList<ChosenSource> m_sources;
    QIcon m_good;
    QIcon m_bad;
};

} // namespace ui
