#!/usr/bin/env bash
# Lets TorchSharp load where the system's libstdc++ ends before GLIBCXX_3.4.32 (Debian 12, Ubuntu 22.04).
#
# libLibTorchSharp.so 0.107.0 requires that version for a single symbol without a relocation, so the requirement can be
# weak. This sets the weak flag (vna_flags, one byte) in a copy of the library inside a build's output folder. It changes
# nothing where the system has the version, where the file is not the one that was examined, or in the package cache.
set -euo pipefail
out=$1
stock=cf33b1b0
offset=$((0x3fa34))

for lib in "$out"/runtimes/linux-x64/native/libLibTorchSharp.so "$out"/libLibTorchSharp.so; do
  [ -e "$lib" ] || continue
  # No early exit in awk: the pipe would break under ldconfig, and pipefail would fail the build.
  libstdcxx=$( (ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null || true) |
    awk '/libstdc\+\+\.so\.6 / && /x86-64/ && !found { print $NF; found = 1 }')
  if [ -n "$libstdcxx" ] && grep -qa 'GLIBCXX_3\.4\.32' "$libstdcxx"; then continue; fi
  case "$(sha256sum "$lib" | cut -c1-8)" in "$stock") ;; *) continue ;; esac
  copy=$lib.mend.$$
  cp -L "$lib" "$copy"
  chmod u+w "$copy"
  printf '\002' | dd of="$copy" bs=1 seek="$offset" conv=notrunc status=none
  mv -f "$copy" "$lib" # replaces the link, never the file in the package cache
  echo "mended $lib for this system's libstdc++"
done
