// SPDX-License-Identifier: Apache-2.0
// To be preloaded: a disk that takes BELLHOP_DISK_MB_PER_S megabytes a second (100 by default),
// however fast the real one is. Only files under BELLHOP_SLOW_FOLDER are slow, if that is given.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

typedef ssize_t (*write_call)(int, const void *, size_t);
typedef ssize_t (*pwrite_call)(int, const void *, size_t, off_t);

static double bytes_per_second(void)
{
    const char *wanted = getenv("BELLHOP_DISK_MB_PER_S");
    const double megabytes = wanted != NULL ? atof(wanted) : 100.0;
    return (megabytes > 0.0 ? megabytes : 100.0) * 1e6;
}

static int is_slow(int fd)
{
    const char *folder = getenv("BELLHOP_SLOW_FOLDER");
    if (folder == NULL) {
        return 1;
    }
    char link[64];
    char path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const ssize_t length = readlink(link, path, sizeof path - 1);
    return length > 0 && strncmp(path, folder, strlen(folder)) == 0;
}

/// Sleeps for what is left of the time that so many bytes take on the slow disk.
static void take_time(int fd, ssize_t written, const struct timespec *begin)
{
    if (written <= 0 || !is_slow(fd)) {
        return;
    }
    const long long nanoseconds = (long long)((double)written / bytes_per_second() * 1e9);
    struct timespec end = *begin;
    end.tv_sec += (time_t)((end.tv_nsec + nanoseconds) / 1000000000);
    end.tv_nsec = (long)((end.tv_nsec + nanoseconds) % 1000000000);
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &end, NULL) != 0) {
    }
}

static ssize_t slow_pwrite(const char *name, int fd, const void *bytes, size_t count, off_t offset)
{
    const pwrite_call real = (pwrite_call)dlsym(RTLD_NEXT, name);
    struct timespec begin;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    const ssize_t written = real(fd, bytes, count, offset);
    take_time(fd, written, &begin);
    return written;
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset)
{
    return slow_pwrite("pwrite", fd, bytes, count, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t offset)
{
    return slow_pwrite("pwrite64", fd, bytes, count, offset);
}

ssize_t write(int fd, const void *bytes, size_t count)
{
    const write_call real = (write_call)dlsym(RTLD_NEXT, "write");
    struct timespec begin;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    const ssize_t written = real(fd, bytes, count);
    take_time(fd, written, &begin);
    return written;
}
