#pragma once
#include <stddef.h>

// The files of Checklists/ as they were when the program was built. The bytes live as long as the
// program and end without a zero; `count` says how many they are.
typedef struct {
  const unsigned char *_Nonnull bytes;
  size_t count;
} EmbeddedFile;

EmbeddedFile embedded_go_live_20_sources(void);
EmbeddedFile embedded_go_live_20(void);
EmbeddedFile embedded_production_25_sources(void);
EmbeddedFile embedded_production_25(void);
EmbeddedFile embedded_references(void);
EmbeddedFile embedded_saas_playbook_sources(void);
EmbeddedFile embedded_saas_playbook(void);
