// What Swift needs of ncurses and of signal handling. Functions named cnc_ stand for things that
// Swift cannot see: macros, mutable globals, FILE pointers, and code that must be safe in a signal
// handler. Everything else is called directly.
#ifndef CNCURSES_H
#define CNCURSES_H

#define NCURSES_WIDECHAR 1  // without it no wide function is declared
#define NCURSES_NOMACROS 1  // functions instead of macros, so that they are imported
#define NCURSES_OPAQUE 0    // WINDOW is the same type on every distribution
#include <ncurses.h>

// Opens a screen on two descriptors (FILE pointers are not concurrency-safe in Swift). They are
// duplicated first. NULL: the terminal type is not known.
SCREEN *cnc_open(const char *type, int input, int output);
// Frees what cnc_open made, after endwin().
void cnc_close(SCREEN *screen);
// The descriptor to which ncurses writes; -1 without a screen. Safe in a signal handler.
int cnc_drawing_descriptor(void);
// The global stdscr.
WINDOW *cnc_standard_window(void);
// Makes the next refresh repaint everything (the global curscr).
void cnc_repaint_all(void);
// The global COLORS.
int cnc_colors(void);
// Sets LC_CTYPE alone, to C.UTF-8 where there is no such locale. True when the codeset is UTF-8.
bool cnc_set_locale(const char *name);
// How wide the C library takes a character to be, which is what ncurses goes by (not imported).
int cnc_width(wchar_t character);
// Puts one cell: the wide characters of `text` (zero-terminated) at a position.
void cnc_put(WINDOW *window, int row, int column, const wchar_t *text, unsigned attributes,
             short pair);
// Reads one cell of a window back: wide characters into `text` (at least 6), attributes, pair.
void cnc_get(WINDOW *window, int row, int column, wchar_t *text, unsigned *attributes,
             short *pair);

// Attribute macros, which are not imported.
unsigned cnc_attribute_bold(void);
unsigned cnc_attribute_dim(void);
unsigned cnc_attribute_reverse(void);
unsigned cnc_attribute_underline(void);

// Asks for button 1 and the wheel (BUTTON macros), or for nothing.
void cnc_mouse(bool on);
enum cnc_mouse_kind { CNC_MOUSE_NONE, CNC_MOUSE_CLICK, CNC_MOUSE_WHEEL_UP, CNC_MOUSE_WHEEL_DOWN };
// The mouse event in the queue.
int cnc_mouse_event(int *row, int *column);

// Window size of a terminal by ioctl (variadic). False: no terminal.
bool cnc_window_size(int descriptor, int *rows, int *columns);

// A new event descriptor, not blocking (the header is not in Glibc's module); -1 on failure.
int cnc_event_descriptor(void);

// Names the calling thread for the kernel: at most 15 bytes, what is longer is not taken.
void cnc_name_thread(const char *name);
// A new pipe, not blocking (pipe2 is not imported).
bool cnc_pipe(int *reading, int *writing);

// Turns INT, TERM, HUP, WINCH, TSTP and CONT into bytes (the signal's number) on a pipe, of which
// the reading end is returned; -1 on failure. A signal to end that nobody reads is obeyed by
// force when it comes for the third time.
int cnc_signals_install(void);
// The bytes have been read.
void cnc_signals_seen(void);
// Puts the former handlers back and closes the pipe.
void cnc_signals_remove(void);
// Stops the process as Ctrl-Z does in a shell; comes back when it has the terminal again, or has
// been told to end.
void cnc_stop_process(int terminal);
// While another program has the terminal: stop together with it, and do not die of its SIGQUIT.
void cnc_signals_lend(bool lent);

// Remembers the terminal's modes, and restores them and the screen when the process crashes, quits
// or calls exit(). `standard_output` and `standard_error` are the descriptors to put back, and
// `strays` is where to read what was written meanwhile; -1 for none.
void cnc_crash_arm(int terminal, int standard_output, int standard_error, int strays);
// The terminal has been restored in the ordinary way.
void cnc_crash_disarm(void);
// Restores the terminal now; safe in a signal handler.
void cnc_crash_restore(void);
// Copies what can be read at once; safe in a signal handler.
void cnc_copy(int from, int to);

#endif
