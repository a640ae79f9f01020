# Probes of one's own: nothing runs before trust, nothing ever out of somebody else's evidence.
source "${BASH_SOURCE[0]%/*}/steps.sh"

# checklist NAME POINTS...: a checklist of one control with these points.
checklist() {
  cat <<YAML
checklist: $1
title: Our own
version: 1
domains:
  - title: All
    controls:
      - number: "1"
        slug: one
        title: One
        severity: medium
        why: It matters.
        fix: Mend it.
        points:
YAML
  shift
  printf '          - %s\n' "$@"
}
manual='{ id: "1.9", text: Somebody looked., how: manual, bound-to: time }'
ran() { if [ -e "$top/ran" ]; then wc -c <"$top/ran"; else echo 0; fi; }
touching() { echo "{ id: \"$1\", text: It runs., how: automatic, bound-to: time, probe: { id: command, arguments: [sh, -c, 'printf x >>\"\$0\"', \"$2\"] } }"; }

# Whether a process still runs; one that ended may wait for its parent to notice.
runs() { grep -q '^State:[[:space:]]*[^ZX]' "/proc/$1/status" 2>/dev/null; }

git init -q -b main shop && cd shop
git config user.name Mara && git config user.email mara@acme.example
cat >launchgate.yaml <<'YAML'
launch: { subject: shop, release: "1.0", environment: production }
checklist: ours.yaml
YAML
echo 'version = 3' >settings.ini
checklist ours "$(touching 1.1 "$top/ran")" \
  '{ id: "1.2", text: The settings are ours., how: automatic, bound-to: time, probe: { id: file, path: settings.ini, pattern: "^version = 4" } }' \
  '{ id: "1.3", text: The tool is there., how: automatic, bound-to: time, probe: { id: command, arguments: [no-such-tool, --version] } }' \
  "$manual" >ours.yaml
expect 0 checklist lint ours.yaml
expect 0 checklist show ours.yaml
says "own: runs sh -c 'printf x >>\"\$0\"' $top/ran"
expect 0 probes list
says 'command  [repository, own checklists]'
expect 0 probes show command
says 'without a shell'

# Nothing runs before trust, and trust says what would.
expect 5 probe "${mara[@]}"
expect 5 trust --show
says "point 1.1 runs the probe command, which runs, as you: sh -c 'printf x >>\"\$0\"' $top/ran"
same "$(ran)" 0
expect 0 trust --yes
same "$(ran)" 0
expect 0 probe "${mara[@]}" --json
same "$(ran)" 1
holds '[.[] | .verdict] == ["pass", "fail", "unknown"]'
holds '.[2].message | contains("no-such-tool is not there")'
expect 5 probe --require-complete "${mara[@]}"
same "$(ran)" 2

# A changed byte asks again.
echo '# more' >>ours.yaml
expect 5 probe "${mara[@]}"
same "$(ran)" 2
sed -i '$d' ours.yaml

# A stranger's evidence of the same launch, whose checklist has a command that ours has not.
mkdir "$top/stranger" && cd "$top/stranger" && git init -q -b main
cp "$top/shop/launchgate.yaml" .
checklist ours "$(touching 1.1 "$top/evil")" "$(touching 1.2 "$top/ran")" "$manual" >ours.yaml
expect 0 sign 1.9 --decision met --note "Seen." --confirm 1.0 --role release-manager \
  --name Eve --email eve@evil.example
[ ! -e "$top/evil" ]
cd "$top/shop"
rm -f shop-1.0.evidence.json
cp "$top/stranger/shop-1.0.evidence.json" .
(echo R; sleep 8; echo quit) | "$LAUNCHGATE" --plain >"$top/out" 2>"$top/err" || true
[ ! -e "$top/evil" ] || failed "a command of a stranger's evidence was run"
# What the trusted checklist holds too was run, once.
same "$(ran)" 3
expect 3 gate --json
holds '[.points[] | select(.id == "1.1") | .findings[] | .verdict] == ["unknown"]'
holds '.points[] | select(.id == "1.1") | .findings[0] | (.message | contains("nothing was run")) and (.hint | contains("launchgate adopt"))'
expect 0 probe 1.1 "${mara[@]}"
same "$(ran)" 4

# The same of every other probe: which files and variables it reads is up to the checklist that is
# trusted, or a bundled one as it is today. The stranger's asks for more.
git init -q -b main "$top/theirs" && cd "$top/theirs"
cat >launchgate.yaml <<'YAML'
launch: { subject: shop, release: "2.0", environment: production }
checklist: theirs.yaml
YAML
printf '# Plan\n\nCall Mara.\n' >"$top/private.md"
point() { echo "{ id: \"$1\", text: It is so., how: automatic, bound-to: time, probe: $2 }"; }
checklist theirs "$(point 1.1 "{ id: documents.exist, files: [\"$top/private.md\"] }")" \
  "$(point 1.2 '{ id: secrets.env-ignored }')" \
  "$(point 1.3 '{ id: tls.certificate, warn-days: 17 }')" "$manual" >theirs.yaml
expect 0 sign 1.9 --decision met --note "Seen." --confirm 2.0 --role release-manager \
  --name Eve --email eve@evil.example
git init -q -b main "$top/victim" && cd "$top/victim"
sed '/^checklist:/d' "$top/theirs/launchgate.yaml" >launchgate.yaml
cp "$top/theirs/shop-2.0.evidence.json" .
(echo R; sleep 8; echo quit) | "$LAUNCHGATE" --plain >"$top/out" 2>"$top/err" || true
expect 2 gate --json
holds '[.points[] | .findings[]? | .verdict] == ["unknown", "fail", "unknown"]'
holds '[.points[] | select(.id == "1.1" or .id == "1.3") | .findings[0]
  | (.message | contains("nothing was run: the evidence asks for")) and (.hint | contains("launchgate adopt"))] == [true, true]'
# Without a screen it is the points of the own checklist that are looked at, never theirs.
expect 0 probe 4 5.2 --json "${mara[@]}"
holds '[.[] | .probe] | index("container.dockerfile") and index("secrets.env-ignored") and (index("documents.exist") | not)'
# The way out that it names.
expect 0 adopt --reason "Theirs is not ours" --confirm 2.0 "${mara[@]}"
says "launchgate countersign"

# What it runs ends with it, and so does what that started.
mkdir "$top/long" && cd "$top/long" && git init -q -b main
cp "$top/shop/launchgate.yaml" .
checklist ours "{ id: \"1.1\", text: It runs., how: automatic, bound-to: time, probe: { id: command, arguments: [sh, -c, 'trap \"\" TERM HUP INT; sleep 600 & echo \$! >\"\$0\"; wait', \"$top/child\"] } }" >ours.yaml
expect 0 trust --yes
for signal in TERM HUP; do
  rm -f "$top/child"
  "$LAUNCHGATE" probe "${mara[@]}" >/dev/null 2>&1 &
  process=$!
  until [ -s "$top/child" ]; do sleep 0.1; done
  kill -"$signal" "$process"
  code=0
  wait "$process" || code=$?
  same "$code" $((128 + $(kill -l "$signal")))
  for _ in $(seq 50); do
    runs "$(cat "$top/child")" || break
    sleep 0.1
  done
  ! runs "$(cat "$top/child")" || failed "a program outlived the run"
done
cd "$top/shop"

# The auditor and all that only read run nothing, trusted or not.
for command in "verify shop-1.0.evidence.json" "audit shop-1.0.evidence.json --plain" \
  "audit shop-1.0.evidence.json --json" "gate shop-1.0.evidence.json" "status" "checklist lint ours.yaml" \
  "report --format markdown"; do
  # shellcheck disable=SC2086
  "$LAUNCHGATE" $command >/dev/null 2>&1 </dev/null || true
done
same "$(ran)" 4
[ ! -e "$top/evil" ]

# A checklist that extends another: a command is more to ask for, but not instead of a person.
cat >more.yaml <<'YAML'
checklist: more
title: More than the base
version: 1
extends: production-25
add:
  - control: "24"
    points: [{ id: "24.90", text: The tool agrees., how: automatic, bound-to: time, probe: { id: command, arguments: ["true"] } }]
YAML
expect 0 checklist lint more.yaml
says '1 added'
cat >>more.yaml <<'YAML'
change:
  - { point: "18.2", how: automatic, probe: { id: command, arguments: ["true"] } }
YAML
expect 64 checklist lint more.yaml
says '18.2/how is loosened, which needs a reason'
