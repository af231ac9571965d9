// SPDX-License-Identifier: Apache-2.0
#include "core/remote/envelope.h"
#include "core/remote/shape.h"

#include <limits>

namespace core {

namespace {

template <typename Message>
constexpr void addMessage(Shape *shape)
{
    shape->add(Message::kName);
    shape->add<typename Message::Request>();
    shape->add<typename Message::Reply>();
}

template <typename... All>
constexpr void addMessages(Shape *shape, const std::tuple<All...> * /*table*/)
{
    (addMessage<All>(shape), ...);
}

} // namespace

int protocolVersion()
{
    static const int kVersion = [] {
        Shape shape;
        shape.add<ToEngine>();
        shape.add<ToFrontEnd>();
        addMessages(&shape, static_cast<const Messages *>(nullptr));
        return int(shape.number() % quint32(std::numeric_limits<int>::max()));
    }();
    return kVersion;
}

} // namespace core
