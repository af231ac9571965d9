// SPDX-License-Identifier: Apache-2.0
#include "core/service/message_fields.h"
#include "tests/fuzz/check.h"

#include <QJsonDocument>

namespace {

/// What can be read is written as something that can be read, and that says the same.
template <typename T>
void readAs(const QJsonValue &json)
{
    const auto value = core::fromJson<T>(json, core::JsonForm::Message);
    if (!value) {
        check(!core::text(value.error()).isEmpty());
        return;
    }
    const QJsonValue written = core::toJson(*value, core::JsonForm::Message);
    const auto again = core::fromJson<T>(written, core::JsonForm::Message);
    check(again && QJsonValue(core::toJson(*again, core::JsonForm::Message)) == written);
}

template <typename... M>
void readAsEach(const QJsonValue &json, const std::tuple<M...> * /*messages*/)
{
    (readAs<typename M::Request>(json), ...);
    (readAs<typename M::Reply>(json), ...);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QJsonValue json = QJsonDocument::fromJson(bytesOf(data, size)).object();
    readAsEach(json, static_cast<const core::Messages *>(nullptr));
    return 0;
}
