// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace ui {

class JobListModel;
class SearchField;
class Sidebar;

/// All that decides which jobs are shown: the words searched for and the group.
class FilterPanel final : public QWidget {
    Q_OBJECT
public:
    explicit FilterPanel(JobListModel *model, QWidget *parent = nullptr);

    void showAll();
    [[nodiscard]] bool isTyping() const;

private:
    SearchField *m_search;
    Sidebar *m_sidebar;
};

} // namespace ui
