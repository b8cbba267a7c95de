#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# fetch_consul.sh FOLDER: puts the real Consul 1.8.7 (Debian bullseye) into FOLDER/tree and prints the path of its binary.
# Nothing is installed: a private apt tree in FOLDER, whose one source is the mirror this machine's own apt sources already name.
# Exit 0: the path is on standard output. Exit 1: the plain reason why it can't be had is on standard error.
set -u
folder=$1
binary=$folder/tree/usr/bin/consul
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
give_up() { echo "$1" >&2; exit 1; }

if [ -x "$binary" ]; then echo "$binary"; exit 0; fi
command -v apt-get >/dev/null && command -v dpkg >/dev/null || give_up "no apt-get and dpkg on this machine: Consul comes from a Debian package"
[ -r "$keyring" ] || give_up "no $keyring: the package could not be verified"
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null | grep -E '/debian/?$' | head -n 1)
[ -n "$mirror" ] || give_up "this machine's apt sources name no Debian mirror"

mkdir -p "$folder/lists/partial" "$folder/archives/partial" "$folder/tree" || give_up "$folder can't be written"
echo "deb [signed-by=$keyring] $mirror bullseye main" >"$folder/sources.list"
: >"$folder/status"
apt() {
    timeout 240 apt-get -qq -o Dir::Etc::sourcelist="$folder/sources.list" -o Dir::Etc::sourceparts=- -o Dir::Etc::preferencesparts=- \
        -o Dir::State="$folder" -o Dir::State::lists="$folder/lists" -o Dir::State::status="$folder/status" \
        -o Dir::Cache="$folder" -o Dir::Cache::archives="$folder/archives" -o APT::Sandbox::User=root -o Acquire::Languages=none \
        -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20 -o Acquire::Retries=1 -o APT::Update::Error-Mode=any "$@" >"$folder/apt.log" 2>&1
}
last_words() { grep -E '^(E|W|Err)' "$folder/apt.log" | tail -n 1; }
apt update || give_up "bullseye can't be read from $mirror: $(last_words)"
(cd "$folder/archives" && apt download consul) || give_up "consul can't be downloaded from $mirror: $(last_words)"
# Unpacked beside and moved, so that an interrupted run leaves no half a binary.
rm -rf "$folder/unpacking"
dpkg -x "$folder"/archives/consul_*.deb "$folder/unpacking" || give_up "the consul package can't be unpacked"
rm -rf "$folder/tree" && mv "$folder/unpacking" "$folder/tree"
"$binary" version >/dev/null 2>&1 || give_up "consul was fetched but does not run on this machine"
echo "$binary"
