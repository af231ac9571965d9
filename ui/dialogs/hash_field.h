// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/expected_hash.h"

#include <QLineEdit>

namespace ui {

/// The checksum that the one file of a new job has to have.
class HashField final : public QLineEdit {
    Q_OBJECT
public:
    explicit HashField(QWidget *parent = nullptr);

    /// It belongs to one file; where there are more, `whenMore` stands in its place.
    void setSingle(bool isSingle, const QString &whenMore);
    /// Nothing where none is given, or none can be.
    [[nodiscard]] std::optional<core::ExpectedHash> hash() const;
    /// One sentence; empty when what is filled in can be used.
    [[nodiscard]] QString problem() const;
};

} // namespace ui
