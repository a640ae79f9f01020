#define _GNU_SOURCE
#include "CNcurses.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static const int fatal[] = {SIGSEGV, SIGBUS,  SIGILL, SIGFPE,
                            SIGABRT, SIGTRAP, SIGSYS, SIGQUIT};
enum { fatal_count = sizeof fatal / sizeof fatal[0] };

static struct sigaction former[fatal_count];
static struct termios modes;
static bool has_modes;
static int terminal_descriptor, output_descriptor, error_descriptor, strays_descriptor;
// The same terminal under another number, and a descriptor that leads nowhere.
static int last_words = -1, nowhere = -1;
static volatile sig_atomic_t armed;

// Synchronised output, bracketed paste, mouse, cursor keys, keypad, attributes, cursor, title,
// screen.
static const char leave[] =
    "\033[?2026l\033[?2004l\033[?1006l\033[?1002l\033[?1000l\033[?1l\033>\033[0m\033[?25h"
    "\033[23;2t\033[?1049l\r\n";

void cnc_copy(int from, int to) {
  char buffer[1024];
  ssize_t count;
  while ((count = read(from, buffer, sizeof buffer)) > 0)
    if (write(to, buffer, (size_t)count) < 0) return;
}

void cnc_crash_restore(void) {
  if (!armed) return;
  armed = 0;
  int terminal = last_words >= 0 ? last_words : terminal_descriptor;
  // Other threads live on for a moment: what they draw must not come after this, and what one of
  // them is drawing just now gets the time to come before.
  if (last_words >= 0 && nowhere >= 0) {
    dup2(nowhere, terminal_descriptor);
    int drawing = cnc_drawing_descriptor();
    if (drawing >= 0) dup2(nowhere, drawing);
    nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
  }
  if (write(terminal, leave, sizeof leave - 1) < 0) {
    // The terminal is gone: its modes are still worth a try.
  }
  if (has_modes) tcsetattr(terminal, TCSANOW, &modes);
  if (output_descriptor >= 0) dup2(output_descriptor, STDOUT_FILENO);
  if (error_descriptor >= 0) dup2(error_descriptor, STDERR_FILENO);
  // Among them are the last words of the runtime.
  if (strays_descriptor >= 0) cnc_copy(strays_descriptor, STDERR_FILENO);
}

static void put_back(void) {
  for (int i = 0; i < fatal_count; i++) sigaction(fatal[i], &former[i], NULL);
}

// Lets the former handler speak, then ends by that signal: where it was sent by somebody, that
// handler returns as if nothing had been.
static void end(int number, siginfo_t *info, void *context) {
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, number);
  for (int i = 0; i < fatal_count; i++) {
    if (fatal[i] != number) continue;
    if (former[i].sa_flags & SA_SIGINFO)
      former[i].sa_sigaction(number, info, context);
    else if (former[i].sa_handler != SIG_DFL && former[i].sa_handler != SIG_IGN)
      former[i].sa_handler(number);
  }
  signal(number, SIG_DFL);
  pthread_sigmask(SIG_UNBLOCK, &only, NULL);
  raise(number);
}

static void crashed(int number, siginfo_t *info, void *context) {
  int saved = errno;
  cnc_crash_restore();
  put_back();
  errno = saved;
  // A fault of the processor happens again on return, with its true context, under the former
  // handler (Swift's backtrace). Anything else would be over then.
  bool faults_again = info->si_code > 0 && (number == SIGSEGV || number == SIGBUS ||
                                            number == SIGILL || number == SIGFPE);
  if (!faults_again) end(number, info, context);
}

void cnc_crash_arm(int terminal, int standard_output, int standard_error, int strays) {
  static bool registered;
  if (!registered) registered = atexit(cnc_crash_restore) == 0;
  terminal_descriptor = terminal;
  output_descriptor = standard_output;
  error_descriptor = standard_error;
  strays_descriptor = strays;
  has_modes = tcgetattr(terminal, &modes) == 0;
  if (nowhere < 0) nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
  // Never closed: another thread may be about to write there.
  if (last_words < 0)
    last_words = fcntl(terminal, F_DUPFD_CLOEXEC, 3);
  else
    dup3(terminal, last_words, O_CLOEXEC);
  struct sigaction action = {.sa_sigaction = crashed, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < fatal_count; i++) sigaction(fatal[i], &action, &former[i]);
  armed = 1;
}

void cnc_crash_disarm(void) {
  armed = 0;
  put_back();
}
