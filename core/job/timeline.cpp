// SPDX-License-Identifier: Apache-2.0
#include "core/job/timeline.h"

#include "core/job/parse_name.h"

namespace core {

const char *name(AttemptEnd end)
{
    switch (end) {
    case AttemptEnd::Whole:
        return "Whole";
    case AttemptEnd::Counted:
        return "Counted";
    case AttemptEnd::Stopped:
        return "Stopped";
    case AttemptEnd::NotWanted:
        return "NotWanted";
    }
    Q_UNREACHABLE();
}

std::optional<AttemptEnd> parseAttemptEnd(QStringView text)
{
    return parseName(kAttemptEnds, text);
}

const char *name(Decider decider)
{
    switch (decider) {
    case Decider::Person:
        return "Person";
    case Decider::Engine:
        return "Engine";
    }
    Q_UNREACHABLE();
}

std::optional<Decider> parseDecider(QStringView text)
{
    return parseName(kDeciders, text);
}

namespace {

struct HappeningName {
    const char *operator()(const happening::Added & /*what*/) const { return "Added"; }
    const char *operator()(const happening::StateChanged & /*what*/) const
    {
        return "StateChanged";
    }
    const char *operator()(const happening::AttemptStarted & /*what*/) const
    {
        return "AttemptStarted";
    }
    const char *operator()(const happening::AttemptEnded & /*what*/) const
    {
        return "AttemptEnded";
    }
    const char *operator()(const happening::Failed & /*what*/) const { return "Failed"; }
    const char *operator()(const happening::FixApplied & /*what*/) const { return "FixApplied"; }
    const char *operator()(const happening::Decided & /*what*/) const { return "Decided"; }
    const char *operator()(const happening::Completed & /*what*/) const { return "Completed"; }
};

} // namespace

const char *name(const Happening &what)
{
    return std::visit(HappeningName{}, what);
}

} // namespace core
