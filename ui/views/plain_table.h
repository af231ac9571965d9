// SPDX-License-Identifier: Apache-2.0
#pragma once

class QTableView;

namespace ui {

/// The looks and manners that the tables of the details have in common: rows as one piece, without
/// grid and frame, of one height, read only, and Tab leads out of it.
void makePlain(QTableView *table);

} // namespace ui
