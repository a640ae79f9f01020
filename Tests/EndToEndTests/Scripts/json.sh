# With --json the answer is one document and nothing else, whatever is said beside it.
source "${BASH_SOURCE[0]%/*}/steps.sh"
small shop

# one CODE ARGUMENT...: one JSON document, without an escape sequence.
one() {
  local wanted=$1
  shift
  expect "$wanted" "$@" --json
  jq -es 'length == 1' "$top/out" >/dev/null || failed "line ${BASH_LINENO[0]}: not one document"
  ! grep -q $'\e' "$top/out" || failed "line ${BASH_LINENO[0]}: an escape sequence"
}
one 0 sign 1 --decision met --note "Seen." --confirm 1.0 "${mara[@]}"
one 3 gate
one 0 status
one 0 sign 1 --decision met --note "Again." --confirm 1.0 "${mara[@]}"
record=$(jq -r .id "$top/out")
one 0 revoke "$record" --reason "Another machine." "${mara[@]}"
one 0 sign 1 --decision not-met --note "It fails." --confirm 1.0 "${mara[@]}"
one 2 gate
one 2 gate "$file"
one 0 status
one 0 verify "$file"
one 0 audit "$file"
one 2 board "$file"
one 0 diff "$file" "$file"
one 0 checklist show production-25
one 0 checklist lint list.yaml
# Also where it fails, standard output holds a document or nothing.
: >"$top/empty.json"
expect 4 verify "$top/empty.json" --json
[ ! -s "$top/out" ] || jq -es 'length == 1' "$top/out" >/dev/null
