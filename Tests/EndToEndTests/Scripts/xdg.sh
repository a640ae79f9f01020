# State, settings and cache lie where the XDG base directory specification says; what is relative
# is ignored, and what is empty or not set has its default.
source "${BASH_SOURCE[0]%/*}/steps.sh"
for name in XDG_STATE_HOME XDG_CONFIG_HOME XDG_CACHE_HOME; do unset "$name"; done

# begin NAME: a repository of its own, with a home of its own.
begin() {
  export HOME=$top/home-$1
  mkdir "$HOME" "$top/$1" && cd "$top/$1"
  git init -q -b main .
}
open() { expect 0 init --subject shop --release 1.0 --environment production; }
holds_file() { [ -s "$1" ] || failed "line ${BASH_LINENO[0]}: there is no $1"; }
nothing() { [ ! -e "$1" ] || failed "line ${BASH_LINENO[0]}: there is $1"; }

begin state-given
export XDG_STATE_HOME=$top/state
open
holds_file "$top/state/launchgate/trusted"
nothing "$HOME/.local"

begin state-relative
export XDG_STATE_HOME=state
open
holds_file "$HOME/.local/state/launchgate/trusted"
nothing state

begin state-empty
export XDG_STATE_HOME=
open
holds_file "$HOME/.local/state/launchgate/trusted"

begin state-unset
unset XDG_STATE_HOME
open
holds_file "$HOME/.local/state/launchgate/trusted"
# For the owner alone, as the specification wants it for what is made.
same "$(stat -c %a "$HOME/.local/state/launchgate")" 700

# Whose settings git has says who signs.
begin config-given
open
export XDG_CONFIG_HOME=$top/config
mkdir -p "$top/config/git"
printf '[user]\n\tname = Ada Config\n\temail = ada@acme.example\n' >"$top/config/git/config"
expect 0 sign 23.1 --decision not-met --note "Seen." --role team-lead --confirm 1.0
same "$(jq -r '.[-1].record.by.name' shop-1.0.evidence.json)" "Ada Config"
unset XDG_CONFIG_HOME
begin config-unset
mkdir -p "$HOME/.config/git"
printf '[user]\n\tname = Ada Home\n\temail = ada@acme.example\n' >"$HOME/.config/git/config"
open
expect 0 sign 23.1 --decision not-met --note "Seen." --role team-lead --confirm 1.0
same "$(jq -r '.[-1].record.by.name' shop-1.0.evidence.json)" "Ada Home"

# What a scan of packs remembers is a cache.
scan() {
  git config user.name Ada && git config user.email ada@acme.example
  echo "no secret" >readme && git add readme && git commit -qm first && git gc -q
  open
  expect 0 probe 5
}
kept() { find "$1/launchgate" -type f -size +0 2>/dev/null | grep -q . || failed "nothing in $1"; }
begin cache-given
export XDG_CACHE_HOME=$top/cache
scan
kept "$top/cache"
nothing "$HOME/.cache"
begin cache-relative
export XDG_CACHE_HOME=cache
scan
kept "$HOME/.cache"
nothing cache
begin cache-unset
unset XDG_CACHE_HOME
scan
kept "$HOME/.cache"
