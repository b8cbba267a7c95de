#!/usr/bin/env bash
# moc 6.4 misreads some raw strings and then drops slots without a word: a test would run fewer cases than it has, and pass.
# Usage: slots.sh SOURCE_DIR BINARY_DIR. Every slot of a test class must be in what moc made of its file.
set -uo pipefail
source=$1 binary=$2 checked=0 lost=0
while IFS= read -r file; do
  made=$(find "$binary/tests" -name "$(basename "${file%.cpp}").moc" -path '*_autogen*' | head -n 1)
  [ -n "$made" ] || continue # not built here
  for slot in $(awk '/Q_SLOTS:/ {on=1} /^};|^public:|^private:|^protected:/ {on=0} on && match($0, /^    void [A-Za-z0-9_]+\(\)/) {print $2}' "$file" | sed 's/().*//'); do
    checked=$((checked + 1))
    grep -q "\"$slot\"\|$slot" "$made" || { echo "$file: moc lost the slot $slot (a raw string above it?)"; lost=$((lost + 1)); }
  done
done < <(grep -rl 'Q_OBJECT' --include='*.cpp' "$source/tests")
echo "$checked slots, $lost lost"
[ "$checked" -gt 0 ] && [ "$lost" -eq 0 ]
