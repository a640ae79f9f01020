# What the walks without a screen have in common: exit codes and jq, nothing else.
#
# LAUNCHGATE is the program; the working folder is empty and belongs to the walk.
set -Eeuo pipefail
top=$PWD
mara=(--name "Mara Lindqvist" --email mara@acme.example --role release-manager)
tomas=(--name "Tomas Vale" --email tomas@acme.example --role team-lead)
trap 'failed "line $LINENO: $BASH_COMMAND"' ERR
trap stop EXIT

failed() {
  trap - ERR
  echo "FAILED ${BASH_SOURCE[-1]##*/}, $1" >&2
  tail -c 1500 "$top/out" "$top/err" >&2 || true
  exit 1
}

stop() {
  if [ -s "$top/serving" ]; then kill "$(cat "$top/serving")" 2>/dev/null || true; fi
}

# expect CODE ARGUMENT...: runs launchgate, which has to exit with that code.
expect() {
  local wanted=$1 code=0
  shift
  "$LAUNCHGATE" "$@" >"$top/out" 2>"$top/err" || code=$?
  [ "$code" = "$wanted" ] || failed "line ${BASH_LINENO[0]}: exit $code, not $wanted, of $*"
  case $code in
    0 | 2 | 3 | 5 | 6) ;;
    *) grep -q '^error: \|^Error: ' "$top/err" || failed "line ${BASH_LINENO[0]}: no error line" ;;
  esac
}

# holds FILTER: jq says that this is true of the last answer.
holds() {
  jq -e "$1" "$top/out" >/dev/null || failed "line ${BASH_LINENO[0]}: the answer does not hold: $1"
}

# says TEXT: the last answer or what was said beside it holds this text.
says() { grep -qF -- "$1" "$top/out" "$top/err" || failed "line ${BASH_LINENO[0]}: it does not say: $1"; }

# same A B
same() { [ "$1" = "$2" ] || failed "line ${BASH_LINENO[0]}: '$1' is not '$2'"; }

# Serves the example shop and enters its folder.
serve() {
  mkdir "$top/demo"
  "$LAUNCHGATE" demo --serve --folder "$top/demo" >"$top/shop" 2>"$top/serve-err" &
  echo $! >"$top/serving"
  local tries=0
  until [ -s "$top/shop" ]; do
    tries=$((tries + 1))
    [ $tries -lt 600 ] || failed "the example is not served: $(cat "$top/serve-err")"
    kill -0 "$(cat "$top/serving")" 2>/dev/null || failed "the example ended: $(cat "$top/serve-err")"
    sleep 0.1
  done
  cd "$(cat "$top/shop")"
  set -a && . ../server/test-users.env && set +a
  file=$PWD/acme-shop-4.2.0.evidence.json
}

# points STATE: ids of the points that stand so.
points() {
  "$LAUNCHGATE" status --json |
    jq -r --arg state "$1" '.points[] | select(.state == $state) | .id'
}

# Confirms the release and every critical control.
confirmed=(--confirm 4.2.0)
for control in 1 2 5 14 18 24; do confirmed+=(--confirm "$control"); done

# Signs all that is open, as both people have to, until the gate says GO.
settle() {
  expect 0 sign if --decision met "${mara[@]}" --confirm 4.2.0
  mapfile -t open < <(points OPEN; points REVIEW)
  expect 0 sign "${open[@]}" --decision met --note "Walked through with the team." \
    "${mara[@]}" "${confirmed[@]}" --json
  signoff=$(jq -r .id "$top/out")
  echo "nmap from a rented host: only 80 and 443" >"$top/seen.txt"
  mapfile -t unseen < <(points UNKNOWN)
  expect 0 sign "${unseen[@]}" --decision observed-by-hand \
    --note "Seen on shop-1, and from outside." --attach "$top/seen.txt" "${mara[@]}" \
    "${confirmed[@]}"
  expect 3 gate --json
  holds '[.points[] | select(.state == "OPEN") | ."four-eyes"] | length > 0 and all'
  expect 64 countersign "$signoff" --note "Read and agreed." "${tomas[@]}" --confirm 4.2.0
  expect 0 countersign "$signoff" --note "Read and agreed." "${tomas[@]}" "${confirmed[@]}"
  expect 0 gate --json
  holds '.verdict == "GO" and .blockers == []'
}

# Every id is the digest of its record's bytes, and nothing of ours is needed to see that.
recompute() {
  local id index=0
  for id in $(jq -r '.[1:][].id' "$1"); do
    index=$((index + 1))
    same "$id" "sha256:$(jq -cj ".[$index].record" "$1" | sha256sum | cut -d' ' -f1)"
  done
  [ "$index" -gt 0 ]
}

# A repository with a launch of three manual points, the last one critical and under four eyes.
small() {
  git init -q -b main "$1" && cd "$1"
  git config user.name Setup && git config user.email setup@acme.example
  "$LAUNCHGATE" init --subject shop --release 1.0 --environment production --checklist production-25 \
    >/dev/null
  cat >list.yaml <<'YAML'
checklist: small
title: A small launch
version: 1
domains:
  - title: All
    controls:
      - number: "1"
        slug: easy
        title: Easy
        severity: medium
        signers: [release-manager, team-lead]
        why: It matters a little.
        fix: Do it.
        points:
          - { id: "1.1", text: One thing is so., how: manual, bound-to: time }
          - { id: "1.2", text: Another thing is so., how: manual, bound-to: time }
      - number: "2"
        slug: grave
        title: Grave
        severity: critical
        four-eyes: true
        signers: [release-manager, team-lead]
        why: It matters much.
        fix: Do it together.
        points:
          - { id: "2.1", text: A grave thing is so., how: manual, bound-to: time }
YAML
  sed -i 's/^checklist: .*/checklist: list.yaml/' launchgate.yaml
  file=$PWD/shop-1.0.evidence.json
}
