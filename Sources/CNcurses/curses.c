#define _GNU_SOURCE
#include "CNcurses.h"

#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

static FILE *input_file, *output_file;
// Where ncurses draws, for a signal handler; -1 where it does not.
static volatile sig_atomic_t drawing = -1;

static FILE *open_duplicate(int descriptor, const char *mode) {
  int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
  if (copy < 0) return NULL;
  FILE *file = fdopen(copy, mode);
  if (file == NULL) close(copy);
  return file;
}

int cnc_drawing_descriptor(void) { return drawing; }

static void close_files(void) {
  drawing = -1;
  if (input_file) fclose(input_file);
  if (output_file) fclose(output_file);
  input_file = output_file = NULL;
}

SCREEN *cnc_open(const char *type, int input, int output) {
  input_file = open_duplicate(input, "r");
  output_file = open_duplicate(output, "w");
  SCREEN *screen = NULL;
  if (input_file && output_file) screen = newterm(type, output_file, input_file);
  if (screen == NULL)
    close_files();
  else
    drawing = fileno(output_file);
  return screen;
}

void cnc_close(SCREEN *screen) {
  delscreen(screen);
  close_files();
}

WINDOW *cnc_standard_window(void) { return stdscr; }
void cnc_repaint_all(void) { clearok(curscr, TRUE); }
int cnc_colors(void) { return COLORS; }

bool cnc_set_locale(const char *name) {
  // A locale that is not installed must not turn the screen into garbage.
  if (setlocale(LC_CTYPE, name) == NULL) setlocale(LC_CTYPE, "C.UTF-8");
  return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

int cnc_width(wchar_t character) { return wcwidth(character); }

void cnc_put(WINDOW *window, int row, int column, const wchar_t *text, unsigned attributes,
             short pair) {
  cchar_t cell;
  if (setcchar(&cell, text, attributes, pair, NULL) == OK)
    // In the last cell the cursor cannot advance: ERR is returned, the cell is written.
    mvwadd_wch(window, row, column, &cell);
}

void cnc_get(WINDOW *window, int row, int column, wchar_t *text, unsigned *attributes,
             short *pair) {
  cchar_t cell;
  attr_t found = 0;
  text[0] = 0;
  if (mvwin_wch(window, row, column, &cell) == OK) getcchar(&cell, text, &found, pair, NULL);
  *attributes = found & (A_BOLD | A_DIM | A_REVERSE | A_UNDERLINE);
}

unsigned cnc_attribute_bold(void) { return A_BOLD; }
unsigned cnc_attribute_dim(void) { return A_DIM; }
unsigned cnc_attribute_reverse(void) { return A_REVERSE; }
unsigned cnc_attribute_underline(void) { return A_UNDERLINE; }

void cnc_mouse(bool on) {
  mouseinterval(0);
  mousemask(on ? BUTTON1_RELEASED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, NULL);
}

int cnc_mouse_event(int *row, int *column) {
  MEVENT event;
  if (getmouse(&event) != OK) return CNC_MOUSE_NONE;
  *row = event.y;
  *column = event.x;
  if (event.bstate & BUTTON4_PRESSED) return CNC_MOUSE_WHEEL_UP;
  if (event.bstate & BUTTON5_PRESSED) return CNC_MOUSE_WHEEL_DOWN;
  return event.bstate & BUTTON1_RELEASED ? CNC_MOUSE_CLICK : CNC_MOUSE_NONE;
}

bool cnc_window_size(int descriptor, int *rows, int *columns) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0)
    return false;
  *rows = size.ws_row;
  *columns = size.ws_col;
  return true;
}
