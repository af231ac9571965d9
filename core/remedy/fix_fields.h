// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_fields.h"
#include "core/remedy/fix.h"

/// The repairs and their JSON: "kind" and what belongs to the kind.
namespace core {

/// A repair that only says which file is meant.
template <typename T>
requires(fields::memberCount<T>() == 1 && requires(T fix) { fix.fileIndex; }) struct Fields<T> {
    static constexpr std::tuple table{Field{"file", &T::fileIndex, fields::kFileIndex}};
};

template <>
struct Fields<fix::NewLink> {
    static constexpr std::tuple table{
        Field{"url", &fix::NewLink::url},
        Field{"file", &fix::NewLink::fileIndex, fields::kFileIndex},
    };
};

template <>
struct Fields<fix::Headers> {
    static constexpr std::tuple table{
        Field{"headers", &fix::Headers::headers},
        Field{"keep", &fix::Headers::keep},
    };
};

template <>
struct Fields<fix::Login> {
    static constexpr std::tuple table{
        Field{"login", &fix::Login::login, kSecret},
        Field{"keep", &fix::Login::keep},
        Field{"origin", &fix::Login::origin},
    };
};

template <>
struct Fields<fix::OtherFolder> {
    static constexpr std::tuple table{Field{"folder", &fix::OtherFolder::folder}};
};

template <>
struct Fields<fix::OtherName> {
    static constexpr std::tuple table{
        Field{"name", &fix::OtherName::name},
        Field{"file", &fix::OtherName::fileIndex, fields::kFileIndex},
    };
};

template <>
struct Fields<fix::TrustCertificate> {
    static constexpr std::tuple table{
        Field{"sha256", &fix::TrustCertificate::sha256Hex},
        Field{"origin", &fix::TrustCertificate::origin},
    };
};

template <>
struct Fields<fix::Proxy> {
    static constexpr std::tuple table{
        Field{"proxy", &fix::Proxy::proxy},
        Field{"keep", &fix::Proxy::keep},
    };
};

template <>
struct Fields<fix::OtherHash> {
    static constexpr std::tuple table{
        Field{"hash", &fix::OtherHash::hash},
        Field{"file", &fix::OtherHash::fileIndex, fields::kFileIndex},
    };
};

template <>
struct Fields<fix::OtherSource> {
    static constexpr std::tuple table{Field{"path", &fix::OtherSource::path}};
};

template <>
struct Fields<fix::OtherProtocol> {
    static constexpr std::tuple table{Field{"protocol", &fix::OtherProtocol::protocol}};
};

} // namespace core
