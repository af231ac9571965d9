// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/dialogs/asked_file.h"

#include <QAbstractTableModel>
#include <QSet>
#include <QTableView>

#include <optional>

namespace ui {

/// The files that an answer goes to, each of which can be taken out.
class AffectedFilesModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { File, Job, Kept };

    using QAbstractTableModel::QAbstractTableModel;

    /// What was taken out stays so. When all that was chosen has gone, the rest is chosen.
    void setFiles(const QList<AskedFile> &files);
    [[nodiscard]] const QList<AskedFile> &files() const { return m_files; }
    [[nodiscard]] QList<AskedFile> chosen() const;
    /// All of them, or none.
    void choose(bool all);
    /// Those of these jobs alone, of what is there and of what comes.
    void chooseOnly(const core::JobIds &jobs);
    /// Whether the names of the jobs tell anything that those of the files do not.
    [[nodiscard]] bool hasJobNames() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] bool isOfUploads() const;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

Q_SIGNALS:
    void chosenChanged();

private:
    void marksChanged();

    QList<AskedFile> m_files;
    QSet<core::FileId> m_takenOut;
    std::optional<core::JobIds> m_only; ///< of whose files no others are chosen by themselves
};

/// Shows them as rows with a mark, and is as high as a few of them.
class AffectedFilesView final : public QTableView {
    Q_OBJECT
public:
    explicit AffectedFilesView(AffectedFilesModel *model, QWidget *parent = nullptr);

    /// To be called when other files stand in the model.
    void fit();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    AffectedFilesModel *m_model;
};

} // namespace ui
