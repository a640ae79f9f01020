# A repository whose every setting that can name a program names one: launchgate runs none of them.
source "${BASH_SOURCE[0]%/*}/steps.sh"
canary=$top/canary.sh
printf '#!/bin/sh\necho "$0 $*" >>"%s/canary"\ncat 2>/dev/null\nexit 0\n' "$top" >"$canary"
chmod +x "$canary"
git init -q -b main shop && cd shop
git config user.name Mallory && git config user.email m@acme.example
echo one >a.txt && echo "FROM scratch" >Dockerfile && echo '{}' >package.json
git add . && git commit -qm one
mkdir hooks
for hook in pre-commit post-checkout fsmonitor-watchman reference-transaction post-index-change; do
  cp "$canary" "hooks/$hook"
done
printf '* filter=evil diff=evil\n*.txt filter=e=vil\n' >.gitattributes
git add .gitattributes hooks && git commit -qm two
for setting in core.fsmonitor core.sshCommand core.pager core.editor core.askPass gpg.program \
  gpg.ssh.program credential.helper diff.external diff.evil.textconv diff.evil.command \
  filter.evil.clean filter.evil.smudge filter.evil.process filter.e=vil.clean \
  uploadpack.packObjectsHook sequence.editor core.gitProxy; do
  git config "$setting" "$canary"
done
git config filter.evil.required true
git config core.hooksPath hooks
git config alias.diff "!$canary" && git config alias.ls-tree "!$canary"
git config log.showSignature true
git config extensions.partialClone origin && git config core.repositoryFormatVersion 1
git config remote.origin.promisor true && git config remote.origin.url "ext::$canary"
git config protocol.ext.allow always
# The canary does sing: git by itself runs it.
sleep 1 && echo two >a.txt
git diff HEAD >/dev/null 2>&1 || true
[ -s "$top/canary" ] && rm "$top/canary"

ln -s "$top/planted" shop-1.0.evidence.json
cat >launchgate.yaml <<'YAML'
launch: { subject: shop, release: "1.0", environment: production }
checklist: list.yaml
targets:
  - url: https://127.0.0.1:9
    hosts: ["*"]
    proxy: http://127.0.0.1:9
authorised: [127.0.0.1]
YAML
cat >list.yaml <<'YAML'
checklist: evil
title: Evil
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
        signers: [release-manager]
        points:
          - { id: "1.1", text: Secrets., how: assisted, bound-to: code, probe: { id: secrets.git-history } }
          - { id: "1.2", text: Images., how: automatic, bound-to: code, probe: { id: container.dockerfile } }
          - { id: "1.3", text: Locks., how: automatic, bound-to: code, probe: { id: dependencies.locked } }
          - { id: "1.4", text: Env., how: automatic, bound-to: code, probe: { id: secrets.env-ignored } }
          - { id: "1.5", text: TLS., how: automatic, bound-to: target, probe: { id: tls.certificate } }
YAML

# watched CODE ARGUMENT...: no canary, no network, no program but git and ssh-keygen.
watched() {
  local wanted=$1 code=0
  shift
  strace -f -qq -o "$top/calls" -e trace=execve,connect "$LAUNCHGATE" "$@" \
    >"$top/out" 2>"$top/err" || code=$?
  [ "$code" = "$wanted" ] || failed "line ${BASH_LINENO[0]}: exit $code, not $wanted, of $*"
  [ ! -e "$top/canary" ] || failed "line ${BASH_LINENO[0]}: $* ran $(cat "$top/canary")"
  # Foundation connects to itself on loopback for every child; the hostile target is port 9.
  if grep 'AF_INET' "$top/calls" | grep -vE 'inet_addr\("127\.0\.0\.1"\)' ||
    grep 'AF_INET' "$top/calls" | grep -F 'htons(9)'; then failed "line ${BASH_LINENO[0]}: $* contacted somebody"; fi
  if grep 'execve(' "$top/calls" | grep ' = 0$' |
    grep -vE 'execve\("([^"]*/launchgate|/usr/bin/env|[^"]*/git|[^"]*/git-core/git[^"]*|/usr/bin/ssh-keygen)"'; then
    failed "line ${BASH_LINENO[0]}: $* ran another program"
  fi
}

watched 5 probe "${mara[@]}"
watched 5 trust --show
watched 1 status
watched 0 checklist lint list.yaml
watched 0 checklist show list.yaml
# The configuration leads the evidence out of the repository: that is asked about too.
watched 5 sign 1 --decision met --note x --confirm 1.0 "${mara[@]}"
[ ! -e "$top/planted" ]
rm shop-1.0.evidence.json
watched 0 sign 1 --decision met --note x --confirm 1.0 "${mara[@]}"
watched 0 status
watched 3 gate
watched 0 verify shop-1.0.evidence.json
watched 0 audit shop-1.0.evidence.json --plain
jq -e '.[1:] | any(.record.type == "candidate")' shop-1.0.evidence.json >/dev/null

# Once it is trusted, the probes of the repository look, and run none of it either.
expect 0 trust --yes
watched 0 probe 1.1 1.2 1.3 1.4 "${mara[@]}"
