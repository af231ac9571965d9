// SPDX-License-Identifier: Apache-2.0
#include "ui/views/filter_panel.h"

#include "ui/models/job_list_model.h"
#include "ui/views/search_field.h"
#include "ui/views/sidebar.h"

#include <QVBoxLayout>

namespace ui {

FilterPanel::FilterPanel(JobListModel *model, QWidget *parent)
    : QWidget(parent)
    , m_search(new SearchField)
    , m_sidebar(new Sidebar(model))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *top = new QVBoxLayout;
    top->setContentsMargins(8, 8, 8, 8);
    top->addWidget(m_search);
    column->addLayout(top);
    column->addWidget(m_sidebar, 1);
    connect(m_search, &QLineEdit::textChanged, model, &JobListModel::setSearch);
    connect(m_sidebar, &Sidebar::groupChosen, model, &JobListModel::setGroup);
}

void FilterPanel::showAll()
{
    m_search->clear();
    m_sidebar->setGroup(JobGroup::All);
}

bool FilterPanel::isTyping() const
{
    return m_search->hasFocus();
}

} // namespace ui
