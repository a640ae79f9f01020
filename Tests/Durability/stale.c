// Lets a program read a file of that ending as it was when it first did: as if it never read again under the lock.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static int kept = -1;

static int opened(const char *path, int flags, mode_t mode) {
  size_t length = strlen(path), ending = strlen(".evidence.json");
  int is_read = length > ending && !strcmp(path + length - ending, ".evidence.json") && (flags & O_ACCMODE) == O_RDONLY;
  if (is_read && kept >= 0) {
    lseek(kept, 0, SEEK_SET);
    return dup(kept);
  }
  int file = syscall(SYS_openat, AT_FDCWD, path, flags, mode);
  if (is_read && file >= 0) {
    char part[65536];
    ssize_t count;
    kept = memfd_create("kept", MFD_CLOEXEC);
    while ((count = read(file, part, sizeof part)) > 0) write(kept, part, count);
    lseek(file, 0, SEEK_SET);
  }
  return file;
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  return opened(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  return opened(path, flags, mode);
}
