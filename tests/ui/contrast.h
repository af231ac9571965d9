// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>

#include <cmath>

/// The contrast of two colours by their relative luminance, from 1 to 21 (WCAG 2).
inline double contrast(const QColor &one, const QColor &other)
{
    const auto luminance = [](const QColor &c) {
        const auto linear = [](double v) {
            return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
    };
    const double a = luminance(one);
    const double b = luminance(other);
    return (qMax(a, b) + 0.05) / (qMin(a, b) + 0.05);
}
