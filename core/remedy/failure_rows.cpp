// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/failure_rows.h"

#include <array>

namespace core {

namespace {

constexpr FailureRow asked(const char *id, const char *what, Cause cause, const char *how = "")
{
    return {id, what, Met::Asked, cause, how};
}

constexpr FailureRow alike(const char *id, const char *what, Cause cause, const char *row)
{
    return {id, what, Met::Alike, cause, row};
}

constexpr FailureRow handled(const char *id, const char *what, const char *how)
{
    return {id, what, Met::Handled, std::nullopt, how};
}

constexpr FailureRow notHere(const char *id, const char *what, const char *why)
{
    return {id, what, Met::NotHere, std::nullopt, why};
}

// clang-format off
constexpr std::array kRows{
    asked("N1",   "the name of the server is not found", Cause::NameNotFound),
    asked("N2",   "there is no network", Cause::Offline),
    asked("N3",   "connections are refused", Cause::ConnectionRefused),
    asked("N4",   "nobody answers a connection", Cause::ServerSilent),
    alike("N5",   "the server takes the connection and says nothing", Cause::ServerSilent, "N4"),
    asked("N6",   "the connection is reset in the middle", Cause::ConnectionLost),
    asked("N7",   "the server falls silent in the middle", Cause::ServerSilent),
    handled("N8", "bytes only drip", "given up once for another connection, then kept"),
    alike("N9",   "the body is shorter than announced", Cause::ConnectionLost, "N6"),
    handled("N10", "the body ends, and nobody has said how long it is", "what follows is asked for, and the size is called unstated"),
    alike("N11",  "the connection ends between chunks", Cause::ConnectionLost, "N6"),
    asked("N12",  "the chunks are damaged", Cause::EmptyAnswer, "before the first byte; later it looks like N6"),
    asked("N13",  "the answer is no HTTP", Cause::NotHttp, "Reason::SpeaksTls where it is TLS"),
    handled("N14", "one family of addresses leads nowhere", "the transport asks by both side by side"),
    asked("N15",  "an interim answer is taken for the last one", Cause::BadAnswer, "once the file was asked for without Range"),
    handled("N16", "a kept connection closes as it is used again", "the transport asks once more"),
    asked("N17",  "the link is good for another address of this computer", Cause::Forbidden, "Reason::AddressChanged"),
    handled("N18", "too few descriptors", "as many as may be had are taken at the beginning, and it is said when they are too few"),

    handled("H1", "the whole file comes instead of the rest", "what is here is compared on the way"),
    asked("H2",   "another part comes than was asked for", Cause::RangeRefused, "once the file was asked for without Range"),
    asked("H3",   "416", Cause::RangeRefused, "unless it says that all is here, or that there is less than what is here"),
    asked("H4",   "the file on the server has changed", Cause::RemoteChanged),
    handled("H5", "the validator is weak", "the last bytes are compared"),
    handled("H6", "there is no validator", "the last bytes are compared"),
    asked("H7",   "a content coding nobody asked for", Cause::EncodedAnswer),
    handled("H8", "no length is stated", "the end is looked beyond"),
    asked("H9",   "204, or no bytes", Cause::EmptyAnswer),
    asked("H10",  "202: still being made", Cause::ServerBusy),
    handled("H11", "a redirect", "followed from the first address at each attempt"),
    asked("H12",  "redirects in circles", Cause::RedirectLoop),
    asked("H13",  "a redirect that leads nowhere", Cause::BadRedirect),
    handled("H14", "a redirect to another server", "nothing that is for the first one goes there"),
    asked("H15",  "https hands over to http", Cause::InsecureRedirect),
    asked("H16",  "a page to sign in", Cause::WebPageInstead),
    asked("H17",  "the network wants a sign-in", Cause::NetworkSignIn, "511, or the same page in place of servers of several owners"),
    asked("H18",  "other statuses of class 4", Cause::RequestRejected),
    asked("H19",  "401", Cause::LoginRequired),
    asked("H20",  "402 and 451", Cause::RequestRejected),
    asked("H21",  "403", Cause::Forbidden, "Reason::WantsReferer or WantsBrowser where that helps"),
    asked("H22",  "404 and 410", Cause::NotFound, "410: Cause::Gone"),
    asked("H23",  "408, 425, 429, 503", Cause::ServerBusy),
    asked("H24",  "other statuses of class 5", Cause::ServerFailed),
    asked("H25",  "501, 505, 508", Cause::RequestRejected),
    asked("H26",  "the length is none, or contradicts itself", Cause::BadAnswer),
    notHere("H27", "mirrors disagree", "a file has one link at a time; another size at that one is H4"),
    asked("H28",  "more header than any file needs", Cause::BadAnswer),
    handled("H29", "further connections are refused", "fewer are used, and the host is remembered; a file that worked before waits (Reason::TooManyConnections)"),
    asked("H30",  "a signed link has run out", Cause::Forbidden, "400: RequestRejected, 410: Gone; told by linkExpiry()"),
    handled("H31", "another name on resume", "the first one stays"),
    asked("H32",  "304 or 300 without an address", Cause::BadAnswer, "300: RequestRejected"),
    handled("H33", "a cache has an old version", "caches are told to ask anew, and what comes is compared"),

    asked("T1",   "the certificate has run out", Cause::CertificateExpired),
    asked("T2",   "nobody known vouches for the certificate", Cause::Untrusted),
    asked("T3",   "the certificate is of another host", Cause::CertificateOfOtherHost),
    asked("T4",   "the certificate is not good yet, or the clock is wrong", Cause::CertificateNotYetValid),
    asked("T5",   "the certificate is known to be withdrawn", Cause::CertificateRevoked),
    asked("T6",   "only outdated encryption", Cause::HandshakeFailed),
    asked("T7",   "another certificate than the trusted one", Cause::CertificateChanged),
    alike("T8",   "a certificate of ours is wanted", Cause::HandshakeFailed, "T6"),
    alike("T9",   "TLS ends without saying so", Cause::ConnectionLost, "N6"),
    alike("T10",  "somebody in between has a certificate of their own", Cause::Untrusted, "T2"),

    asked("P1",   "the proxy wants a login", Cause::ProxyLoginRequired),
    asked("P2",   "the proxy cannot be reached", Cause::ProxyUnreachable),
    asked("P3",   "the proxy refuses", Cause::ProxyRefused, "where it does not get through: ProxyFailed"),
    alike("P4",   "the proxy answers with a page", Cause::WebPageInstead, "H16"),
    notHere("P5", "a proxy script cannot be had", "none is read: a proxy is named by the surroundings or a person"),
    handled("P6", "the proxy strips ranges", "what is here is compared on the way"),

    asked("L1",   "too little room before the first byte", Cause::DiskFull),
    asked("L2",   "the disk is full in the middle", Cause::DiskFull),
    asked("L3",   "the quota is used up", Cause::QuotaExceeded),
    asked("L4",   "no permission", Cause::NoPermission),
    asked("L5",   "the drive is read-only", Cause::ReadOnlyDisk),
    handled("L6", "the name is too long", "shortened; that of a folder is asked about (NameTooLong)"),
    asked("L7",   "the name is taken", Cause::NameExists),
    asked("L8",   "the folder is removed meanwhile", Cause::FolderMissing),
    asked("L9",   "the file is too large for the drive", Cause::FileTooLarge),
    asked("L10",  "the drive is taken away", Cause::DriveMissing),
    handled("L11", "the part is changed by another program", "what is as it came is kept, the rest is fetched again"),
    handled("L12", "the part is deleted", "begun anew, unless it may come back with its drive"),
    asked("L13",  "the drive reports an error", Cause::DiskFailed),
    asked("L14",  "the folder is not there", Cause::FolderMissing),
    handled("L15", "the drive hangs", "its jobs wait, others go on"),
    handled("L16", "the folder is on another drive than the part", "copied, synced, and only then removed"),
    handled("L17", "the drive forbids a name", "names are made so that every drive takes them"),
    handled("L18", "two names are one on this drive, which knows no capitals", "the second file of the job gets a number"),
    handled("L19", "no attributes on this drive", "done without"),
    asked("L20",  "what has the name is no file", Cause::NotRegularFile),

    asked("I1",   "the checksum differs", Cause::HashMismatch),
    notHere("I2", "the checksum of a piece differs", "nobody states any; those of our own are L11"),
    notHere("I3", "the list of checksums is none", "none is fetched; what is typed is refused at once if it is none"),
    handled("I4", "the checksum is a weak one", "compared like any other"),
    notHere("I5", "a signature is wrong", "none is checked"),
    alike("I6",   "another size than announced", Cause::RemoteChanged, "H4"),
    alike("I7",   "the checksum that the server states differs", Cause::HashMismatch, "I1"),
};
// clang-format on

} // namespace

std::span<const FailureRow> failureRows()
{
    return kRows;
}

} // namespace core
