// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace core {

class Clock;
class HeldExchanges;
class NetworkManagerPool;
class RangeManners;
class Throttles;
class Volumes;

/// What attempts use of the engine. All of it outlives every attempt.
struct TransferWorld {
    Clock *clock = nullptr;
    NetworkManagerPool *managers = nullptr;
    Throttles *throttles = nullptr;
    Volumes *volumes = nullptr;
    RangeManners *manners = nullptr;
    HeldExchanges *held = nullptr;
};

} // namespace core
