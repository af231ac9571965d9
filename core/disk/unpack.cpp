// SPDX-License-Identifier: Apache-2.0
#include "core/disk/unpack.h"

#include "core/disk/found_part.h"
#include "core/disk/our_file.h"
#include "core/disk/part_file.h"
#include "core/disk/piece_hasher.h"
#include "core/disk/publish.h"
#include "core/disk/system_error.h"

#include <QFileInfo>

#include <algorithm>
#include <fcntl.h>
#define ZLIB_CONST // input is only read
#include <zlib.h>

namespace core {

namespace {

constexpr qint64 kInflateBlockBytes = qint64(256) * 1024;
constexpr qint64 kInflateWriteBackBytes = qint64(8) * 1024 * 1024;

uchar byteAt(QByteArrayView bytes, qsizetype at)
{
    return at < bytes.size() ? uchar(bytes.at(at)) : 0;
}

/// How zlib is told of the frame that the stream begins with.
int frameOf(QByteArrayView begin)
{
    const int first = byteAt(begin, 0);
    const int second = byteAt(begin, 1);
    if (first == 0x1F && second == 0x8B) {
        return MAX_WBITS + 16;
    }
    const bool isZlib = (first & 0x0F) == Z_DEFLATED && (first >> 4) + 8 <= MAX_WBITS &&
                        (first * 256 + second) % 31 == 0;
    return isZlib ? MAX_WBITS : -MAX_WBITS;
}

/// One compressed stream while it is undone. `Take` takes each run of bytes that comes out.
class Inflater {
public:
    explicit Inflater(QByteArrayView begin)
        : m_frame(frameOf(begin))
        , m_isReady(inflateInit2(&m_stream, m_frame) == Z_OK)
    {
    }
    ~Inflater() { inflateEnd(&m_stream); }
    Inflater(const Inflater &) = delete;
    Inflater &operator=(const Inflater &) = delete;

    /// False: the stream is broken.
    template <typename Take>
    DiskResult<bool> add(QByteArrayView coded, Take take)
    {
        m_stream.next_in = reinterpret_cast<const Bytef *>(coded.data());
        m_stream.avail_in = uInt(coded.size());
        do {
            if (m_stream.avail_in > 0 && m_isAtEnd && !isNextBegun()) {
                return m_frame > MAX_WBITS; // nothing may follow but members of gzip
            }
            if (m_isAtEnd) {
                return true;
            }
            m_stream.next_out = reinterpret_cast<Bytef *>(m_out.data());
            m_stream.avail_out = uInt(m_out.size());
            const int result = m_isReady ? inflate(&m_stream, Z_NO_FLUSH) : Z_MEM_ERROR;
            if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
                return false;
            }
            m_isAtEnd = result == Z_STREAM_END;
            const auto run = QByteArrayView(m_out).chopped(qsizetype(m_stream.avail_out));
            if (const auto taken = take(run); !taken) {
                return tl::unexpected(taken.error());
            }
        } while (m_stream.avail_in > 0 || m_stream.avail_out == 0);
        return true;
    }
    /// Whether what was added so far is all there is to a stream.
    [[nodiscard]] bool isAtEnd() const { return m_isAtEnd; }
    /// Behind the end came what is neither another member nor padding.
    [[nodiscard]] bool hasRest() const { return m_hasRest; }
    /// Of what was added last, when taking failed.
    [[nodiscard]] qint64 bytesLeft() const { return m_stream.avail_in; }

private:
    /// Behind a member of gzip there may be another one, or padding, which is zeros. Whatever else
    /// is there is left out, as gzip itself does: what stands before it was checked.
    bool isNextBegun()
    {
        const QByteArrayView rest(reinterpret_cast<const char *>(m_stream.next_in),
                                  qsizetype(m_stream.avail_in));
        m_isBehindAll = m_isBehindAll || m_frame <= MAX_WBITS || byteAt(rest, 0) != 0x1F;
        if (m_isBehindAll) {
            m_hasRest = m_hasRest || std::ranges::any_of(rest, [](char each) { return each != 0; });
            return false;
        }
        m_isAtEnd = false;
        return inflateReset(&m_stream) == Z_OK;
    }

    z_stream m_stream = {};
    int m_frame;
    bool m_isReady;
    bool m_isAtEnd = false;
    bool m_isBehindAll = false;
    bool m_hasRest = false;
    QByteArray m_out = QByteArray(kInflateBlockBytes, Qt::Uninitialized);
};

/// The copy while it is written.
class PlainWriter {
public:
    explicit PlainWriter(PartFile *copy)
        : m_copy(copy)
    {
    }

    DiskResult<> add(QByteArrayView run)
    {
        if (const auto written = m_copy->writeAt(m_bytes, run); !written) {
            return written;
        }
        m_hasher.add(m_bytes, run);
        m_bytes += run.size();
        if (m_bytes - m_startedBytes >= kInflateWriteBackBytes) {
            m_copy->startWriteBack(m_startedBytes, m_bytes - m_startedBytes);
            m_startedBytes = m_bytes;
        }
        return {};
    }
    void leaveRestOut() { m_hasRest = true; }
    [[nodiscard]] bool hasRest() const { return m_hasRest; }
    [[nodiscard]] qint64 bytes() const { return m_bytes; }
    [[nodiscard]] PartSeal seal() const { return {m_hasher.hashes(), m_copy->stamp()}; }

private:
    PartFile *m_copy;
    PieceHasher m_hasher;
    qint64 m_bytes = 0;
    qint64 m_startedBytes = 0;
    bool m_hasRest = false;
};

DiskResult<QByteArray> readCoded(const OurFile &file, qint64 offset)
{
    QByteArray block(kInflateBlockBytes, Qt::Uninitialized);
    const ssize_t got = uninterrupted([&] {
        return ::pread(file.descriptor.number(), block.data(), size_t(block.size()), offset);
    });
    if (got < 0) {
        return systemError(Step::Verify, file.folder.pathOf(file.name));
    }
    block.truncate(got);
    return block;
}

/// With what is missing where there is no room: as much comes out of the rest as of what is done.
DiskError withRoom(DiskError error, const PartFile &copy, qint64 plainBytes, double doneShare)
{
    const std::optional<qint64> free = freeBytesIn(copy.descriptor());
    if (error.osError == ENOSPC && free && doneShare > 0) {
        const qint64 wanted = std::max(plainBytes, qint64(double(plainBytes) / doneShare));
        error.bytesWanted = wanted;
        error.bytesMissing = std::max<qint64>(1, wanted - plainBytes - *free);
    }
    return error;
}

DiskResult<> inflateInto(PlainWriter *writer, const OurFile &file, const UnpackOrder &order,
                         const PartFile &copy, const std::stop_token &stop)
{
    std::unique_ptr<Inflater> inflater;
    qint64 done = 0;
    while (!stop.stop_requested()) {
        const auto block = readCoded(file, done);
        if (!block) {
            return tl::unexpected(block.error());
        }
        if (block->isEmpty()) {
            const bool isWhole = inflater && inflater->isAtEnd() && done == order.sizeBytes;
            if (isWhole && inflater->hasRest()) {
                writer->leaveRestOut();
            }
            return isWhole ? DiskResult<>()
                           : refusal(Step::Verify, order.part.path, Cause::HashMismatch);
        }
        if (!inflater) {
            inflater = std::make_unique<Inflater>(*block);
        }
        done += block->size();
        const auto isGood =
            inflater->add(*block, [writer](QByteArrayView run) { return writer->add(run); });
        if (!isGood) {
            const auto undone = double(done - inflater->bytesLeft());
            return tl::unexpected(
                withRoom(isGood.error(), copy, writer->bytes(), undone / double(order.sizeBytes)));
        }
        if (!*isGood) {
            return refusal(Step::Verify, order.part.path, Cause::HashMismatch);
        }
    }
    return systemError(Step::Verify, order.part.path, ECANCELED);
}

} // namespace

DiskResult<UnpackedCopy> unpack(const UnpackOrder &order, const std::stop_token &stop)
{
    const auto file = openOurFile(order.part, O_RDONLY, Step::Verify);
    if (!file) {
        return tl::unexpected(file.error());
    }
    (void)::posix_fadvise(file->descriptor.number(), 0, 0, POSIX_FADV_SEQUENTIAL);
    auto made = PartFile::prepare(QFileInfo(order.part.path).absolutePath(), order.fileName, {});
    if (!made) {
        return tl::unexpected(made.error());
    }
    const auto copy = std::make_shared<PartFile>(std::move(*made));
    markPart(copy->descriptor(), order.mark);
    PlainWriter writer(copy.get());
    if (const auto done = inflateInto(&writer, *file, order, *copy, stop); !done) {
        (void)discard(copy->identity()); // the first error is the one to tell
        return tl::unexpected(done.error());
    }
    return UnpackedCopy{copy, writer.bytes(), writer.seal(), writer.hasRest()};
}

} // namespace core
