#define _GNU_SOURCE
#include "CNcurses.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

static const int watched[] = {SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGTSTP, SIGCONT};
enum { watched_count = sizeof watched / sizeof watched[0], unread_limit = 3 };

static struct sigaction former[watched_count];
static int channel[2] = {-1, -1};
static volatile sig_atomic_t unread;
static bool installed;

void cnc_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

int cnc_event_descriptor(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

bool cnc_pipe(int *reading, int *writing) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return false;
  *reading = ends[0];
  *writing = ends[1];
  return true;
}

static void note(int number) {
  int saved = errno;
  unsigned char byte = (unsigned char)number;
  bool ends = number == SIGINT || number == SIGTERM || number == SIGHUP;
  if (ends && ++unread >= unread_limit) {
    cnc_crash_restore();
    signal(number, SIG_DFL);
    raise(number);
  } else if (write(channel[1], &byte, 1) < 0) {
    // The pipe is full: it will be read anyway.
  }
  errno = saved;
}

static void catch(int number, struct sigaction *old) {
  struct sigaction action = {.sa_handler = note, .sa_flags = SA_RESTART | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, old);
}

int cnc_signals_install(void) {
  if (installed || pipe2(channel, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
  unread = 0;
  for (int i = 0; i < watched_count; i++) catch(watched[i], &former[i]);
  installed = true;
  return channel[0];
}

void cnc_signals_seen(void) { unread = 0; }

void cnc_signals_remove(void) {
  if (!installed) return;
  for (int i = 0; i < watched_count; i++) sigaction(watched[i], &former[i], NULL);
  installed = false;
  close(channel[0]);
  close(channel[1]);
  channel[0] = channel[1] = -1;
}

static void set(int number, void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler};
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, NULL);
}

void cnc_stop_process(int terminal) {
  enum { attempts = 100 };  // an orphaned process cannot be stopped
  sigset_t stop, blocked;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  // Threads of Foundation start with the signal blocked.
  pthread_sigmask(SIG_UNBLOCK, &stop, &blocked);
  set(SIGTSTP, SIG_DFL);
  // Put into the background it has nothing to do, except to end.
  for (int i = 0; i < attempts; i++) {
    raise(SIGTSTP);  // to this thread: it has stopped when this returns
    // A signal to end, sent together with the one to go on, is noted by another thread.
    poll(NULL, 0, 50);
    pid_t owner = tcgetpgrp(terminal);  // -1: the terminal was closed meanwhile
    if (unread > 0 || owner < 0 || owner == getpgrp()) break;
  }
  if (installed) catch(SIGTSTP, NULL);
  pthread_sigmask(SIG_SETMASK, &blocked, NULL);
}

void cnc_signals_lend(bool lent) {
  static struct sigaction quit;
  if (!installed) return;
  if (lent) {
    set(SIGTSTP, SIG_DFL);
    // Ctrl-C is for the other program; caught here it could be noted after that one has ended.
    set(SIGINT, SIG_IGN);
    catch(SIGQUIT, &quit);
  } else {
    catch(SIGINT, NULL);
    catch(SIGTSTP, NULL);
    sigaction(SIGQUIT, &quit, NULL);
  }
}
