// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/failure_rows.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <algorithm>

using namespace core;

/// Every kind of failure that is known has one row, and what it says fits the others.
class FailureRowsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void eachHasItsNumber()
    {
        constexpr std::array<std::pair<char, int>, 6> kKinds{
            {{'N', 18}, {'H', 33}, {'T', 10}, {'P', 6}, {'L', 20}, {'I', 7}}};
        QByteArrayList wanted;
        for (const auto &[letter, count] : kKinds) {
            for (int i = 1; i <= count; ++i) {
                wanted.append(letter + QByteArray::number(i));
            }
        }
        QByteArrayList ids;
        for (const FailureRow &row : failureRows()) {
            ids.append(row.id);
        }
        QCOMPARE(ids, wanted);
    }

    void whatItSaysFits()
    {
        for (const FailureRow &row : failureRows()) {
            const bool hasCause = row.met == Met::Asked || row.met == Met::Alike;
            QVERIFY2(row.cause.has_value() == hasCause, row.id);
            QVERIFY2(row.met == Met::Asked || QByteArrayView(row.how).size() > 0, row.id);
            if (row.met == Met::Alike) {
                const auto other =
                    std::ranges::find_if(failureRows(), [&row](const FailureRow &each) {
                        return QByteArrayView(each.id) == row.how;
                    });
                QVERIFY2(other != failureRows().end(), row.id);
                QCOMPARE(other->cause, row.cause);
            }
        }
    }
};

BELLHOP_TEST(FailureRowsTest)
#include "tst_failure_rows.moc"
