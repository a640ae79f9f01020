#include "CChecklists.h"

// C takes files in as they are (C23, #embed), where the same bytes as Swift literals cost a minute.
#pragma clang diagnostic ignored "-Wc23-extensions"

#define EMBEDDED(name) \
  EmbeddedFile embedded_##name(void) { return (EmbeddedFile){name, sizeof name}; }

static const unsigned char go_live_20_sources[] = {
#embed "../../Checklists/go-live-20.sources.tsv"
};
EMBEDDED(go_live_20_sources)

static const unsigned char go_live_20[] = {
#embed "../../Checklists/go-live-20.yaml"
};
EMBEDDED(go_live_20)

static const unsigned char production_25_sources[] = {
#embed "../../Checklists/production-25.sources.tsv"
};
EMBEDDED(production_25_sources)

static const unsigned char production_25[] = {
#embed "../../Checklists/production-25.yaml"
};
EMBEDDED(production_25)

static const unsigned char references[] = {
#embed "../../Checklists/references.tsv"
};
EMBEDDED(references)

static const unsigned char saas_playbook_sources[] = {
#embed "../../Checklists/saas-playbook.sources.tsv"
};
EMBEDDED(saas_playbook_sources)

static const unsigned char saas_playbook[] = {
#embed "../../Checklists/saas-playbook.yaml"
};
EMBEDDED(saas_playbook)
