// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/cause_tests.h"

#include <QFile>
#include <QRegularExpression>

#include <array>

namespace {

constexpr auto kReasons = "core/contract/tst_reasons.cpp";
constexpr auto kRetries = "core/contract/tst_retries.cpp";
constexpr auto kGuards = "core/contract/tst_resume_guards.cpp";
constexpr auto kHands = "core/contract/tst_persons_hands.cpp";
constexpr auto kHandsTest = "whateverTheyDoTheFileComesRightOrTheJobAsks";
constexpr auto kFraming = "core/transport/tst_framing.cpp";
constexpr auto kKept = "core/transport/tst_kept_connections.cpp";
constexpr auto kSilence = "core/transport/tst_silence.cpp";
constexpr auto kUnstated = "core/transport/tst_unstated_size.cpp";
constexpr auto kHeads = "core/transport/tst_heads_and_coding.cpp";
constexpr auto kTls = "integration/tst_tls.cpp";
constexpr auto kTlsTest = "aHandshakeThatIsRefusedIsAsked";
constexpr auto kProxy = "integration/tst_proxy.cpp";
constexpr auto kProxyTest = "aProxyThatStandsInTheWayIsAsked";
constexpr auto kStorage = "integration/tst_storage_causes.cpp";
constexpr auto kOperation = "integration/tst_storage_operation.cpp";
constexpr auto kVerification = "integration/tst_verification.cpp";

// clang-format off
constexpr std::array kTests{
    CauseTest{"N2",  "core/queue/tst_network.cpp", "aJobThatGaveUpForWantOfANetworkGoesOnWhenItIsBack"},
    CauseTest{"N4",  kSilence, "whoeverDoesNotAnswerWhileConnectingIsGivenUp"},
    CauseTest{"N5",  kRetries, "aServerThatSaysNothingIsGivenUpAfterAMinuteAndAskedAgain"},
    CauseTest{"N7",  kRetries, "aServerThatFallsSilentInTheMiddleIsGivenUpAfterAMinuteAndTheFileGoesOn"},
    CauseTest{"N8",  kSilence, "aConnectionThatOnlyDripsIsGivenUpOnceForAnother"},
    CauseTest{"N10", kUnstated, "aSizeThatNobodyStatedIsSaidToBeSo"},
    CauseTest{"N11", kFraming, "aBodyThatStopsShortKeepsTheBytesThatCame"},
    CauseTest{"N12", kFraming, "aBadFirstChunkSizeIsNotAnEmptyFile"},
    CauseTest{"N13", kRetries, "whatIsNoWebServerIsNotTriedForADay"},
    CauseTest{"N15", kFraming, "anInterimAnswerIsNotTheAnswer"},
    CauseTest{"N16", kKept, "aRequestWithoutAnAnswerIsSentAgainByQtUnasked"},
    CauseTest{"N17", kReasons, "anotherAddressIsTold"},
    CauseTest{"N18", "integration/tst_bhop_surroundings.cpp", "whatTheProgramNeedsIsSaidInOneSentence"},

    CauseTest{"H1",  kGuards, "theWholeFileInPlaceOfTheRestIsComparedAndNothingIsAppendedTwice"},
    CauseTest{"H2",  kGuards, "aWrongContentRangeIsRefusedAndTheWholeIsAskedFor"},
    CauseTest{"H3",  "integration/tst_pages.cpp", "a416AboutAPartIsAsked"},
    CauseTest{"H5",  kGuards, "theWholeFileInPlaceOfTheRestIsComparedAndNothingIsAppendedTwice"},
    CauseTest{"H6",  kGuards, "theWholeFileInPlaceOfTheRestIsComparedAndNothingIsAppendedTwice"},
    CauseTest{"H8",  kUnstated, "anEndThatNobodyAnnouncedIsLookedBeyond"},
    CauseTest{"H11", "core/contract/tst_siblings.cpp", "redirectsAreFollowedUpToTheLimit"},
    CauseTest{"H14", "core/transport/tst_ranges_and_redirects.cpp", "qtCarriesSecretsAcrossARedirectAndBellhopDoesNot"},
    CauseTest{"H15", kTls, "theWayFromHttpsToHttpIsBlockedUntilAPersonAllowsIt"},
    CauseTest{"H17", kReasons, "theSamePageOfSeveralServersIsOfTheNetwork"},
    CauseTest{"H21", kReasons, "theHeaderThatIsMissingIsFound"},
    CauseTest{"H28", kHeads, "aHeadThatIsTooMuchForQtIsNoAnswer"},
    CauseTest{"H29", "core/transfer/tst_segments.cpp", "aSecondOneThatIsRefusedIsNoHarm"},
    CauseTest{"H29", kReasons, "aServerThatBearsNoMoreIsWaitedFor"},
    CauseTest{"H31", "integration/tst_hostile_names.cpp", "theNameIsThatOfTheFirstResponse"},

    CauseTest{"T1",  kTls, kTlsTest},
    CauseTest{"T2",  kTls, kTlsTest},
    CauseTest{"T3",  kTls, kTlsTest},
    CauseTest{"T4",  kTls, kTlsTest},
    CauseTest{"T5",  kTls, "aCertificateThatIsKnownToBeWithdrawnIsRefusedWhoeverTrustsIt"},
    CauseTest{"T6",  kTls, "aServerThatOnlySpeaksOutdatedTlsIsNotSpokenTo"},
    CauseTest{"T7",  kTls, "aTrustedCertificateThatChangesIsAskedAgain"},
    CauseTest{"T8",  kTls, "aServerThatWantsACertificateOfOursIsLeft"},
    CauseTest{"T9",  kTls, "tlsThatEndsWithoutSayingSoIsALostConnection"},
    CauseTest{"T10", kTls, kTlsTest},

    CauseTest{"P1",  kProxy, kProxyTest},
    CauseTest{"P2",  kProxy, kProxyTest},
    CauseTest{"P3",  kProxy, kProxyTest},
    CauseTest{"P6",  kProxy, "aProxyThatTakesRangesOutIsComparedAndGoneOnWith"},

    CauseTest{"L1",  kStorage, "aFileThatDoesNotFitWaitsForRoom"},
    CauseTest{"L2",  kStorage, "aDiskThatFillsUpHalfWayKeepsWhatIsDurable"},
    CauseTest{"L3",  kStorage, "aQuotaIsNotTakenForAFullDisk"},
    CauseTest{"L4",  kStorage, "aFolderThatIsClosedToUsIsAsked"},
    CauseTest{"L5",  kStorage, "aReadOnlyDiskIsAskedAndGoesOnWhereItWas"},
    CauseTest{"L6",  kStorage, "aNameThatIsTooLongIsShortened"},
    CauseTest{"L7",  "integration/tst_bhop.cpp", "aNameThatIsTakenIsAsked"},
    CauseTest{"L8",  kHands, kHandsTest},
    CauseTest{"L9",  "integration/tst_bhop_surroundings.cpp", "aFileThatIsTooLargeIsSaidToBe"},
    CauseTest{"L10", kOperation, "aDriveThatWasTakenAwayIsWaitedFor"},
    CauseTest{"L11", kHands, kHandsTest},
    CauseTest{"L12", kHands, kHandsTest},
    CauseTest{"L13", kOperation, "whatCameSinceTheLastGoodSyncIsNotClaimed"},
    CauseTest{"L14", kHands, kHandsTest},
    CauseTest{"L15", kOperation, "aDiskThatHangsHoldsUpNoOther"},
    CauseTest{"L16", kStorage, "aFullDiskIsLeftForAnotherFolder"},
    CauseTest{"L17", "integration/tst_hostile_names.cpp", "namesThoughtOfMakeOneSafeFileEach"},
    CauseTest{"L18", kStorage, "namesThatAreOneOnADriveWithoutCapitalsAreTwoFiles"},
    CauseTest{"L19", kStorage, "aDriveWithoutAttributesIsAsGood"},
    CauseTest{"L20", kStorage, "whatIsNoFileIsNeverReplaced"},

    CauseTest{"I1",  kVerification, "aWrongChecksumHasItsRepairs"},
    CauseTest{"I4",  kVerification, "everyKindOfChecksumIsMade"},
    CauseTest{"I6",  kGuards, "anotherFileInPlaceOfTheRestIsRefusedAndOursIsUntouched"},
    CauseTest{"I7",  kVerification, "whatTheServerStatesIsHeldAgainstTheFile"},
};
// clang-format on

} // namespace

std::span<const CauseTest> causeTests()
{
    return kTests;
}

bool exists(const CauseTest &test)
{
    QFile source(QStringLiteral(BELLHOP_SOURCE_DIR "/tests/") + QLatin1StringView(test.file));
    const QRegularExpression definition(
        QStringLiteral("\\bvoid (?:\\w+::)?%1\\(\\)").arg(QLatin1StringView(test.function)));
    return source.open(QIODevice::ReadOnly) &&
           QString::fromUtf8(source.readAll()).contains(definition);
}
