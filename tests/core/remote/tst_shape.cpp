// SPDX-License-Identifier: Apache-2.0
#include "core/remote/shape.h"
#include "core/service/message_fields.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace core;

namespace {

struct Plain {
    int first = 0;
    QString second;
};
struct Renamed {
    int first = 0;
    QString other;
};
struct Longer {
    int first = 0;
    QString second;
    bool third = false;
};
struct Optional {
    std::optional<int> first;
    QString second;
};
struct Within {
    Plain first;
};
struct WithinRenamed {
    Renamed first;
};

template <typename T>
quint32 shapeOf()
{
    Shape shape;
    shape.add<T>();
    return shape.number();
}

} // namespace

template <>
struct core::Fields<Plain> {
    static constexpr std::tuple table{Field{"first", &Plain::first},
                                      Field{"second", &Plain::second}};
};
template <>
struct core::Fields<Renamed> {
    static constexpr std::tuple table{Field{"first", &Renamed::first},
                                      Field{"other", &Renamed::other}};
};
template <>
struct core::Fields<Longer> {
    static constexpr std::tuple table{Field{"first", &Longer::first},
                                      Field{"second", &Longer::second},
                                      Field{"third", &Longer::third}};
};
template <>
struct core::Fields<Optional> {
    static constexpr std::tuple table{Field{"first", &Optional::first},
                                      Field{"second", &Optional::second}};
};
template <>
struct core::Fields<Within> {
    static constexpr std::tuple table{Field{"first", &Within::first}};
};
template <>
struct core::Fields<WithinRenamed> {
    static constexpr std::tuple table{Field{"first", &WithinRenamed::first}};
};

/// By the shape of what they say two programs know whether they understand each other.
class ShapeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void whatIsSaidOtherwiseHasAnotherShape()
    {
        const QList<quint32> all{shapeOf<Plain>(),        shapeOf<Renamed>(),
                                 shapeOf<Longer>(),       shapeOf<Optional>(),
                                 shapeOf<Within>(),       shapeOf<WithinRenamed>(),
                                 shapeOf<QList<Plain>>(), shapeOf<std::optional<Plain>>(),
                                 shapeOf<JobState>(),     shapeOf<JobType>(),
                                 shapeOf<Fix>(),          shapeOf<JobSnapshot>(),
                                 shapeOf<FileSnapshot>()};
        QCOMPARE(QSet<quint32>(all.begin(), all.end()).size(), all.size());
    }

    void itIsTheSameEachTime()
    {
        QCOMPARE(shapeOf<JobSnapshot>(), shapeOf<JobSnapshot>());
        constexpr quint32 kEmpty = Shape().number();
        QVERIFY(shapeOf<Plain>() != kEmpty);
    }
};

BELLHOP_TEST(ShapeTest)
#include "tst_shape.moc"
