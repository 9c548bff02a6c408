#!/bin/sh
# vipsthumbnail at the same work: vips.sh WORKERS SIDE OUT FILE…
# It takes one file after the other, so each worker is a process with its part of the files.
set -e
workers=$1 side=$2 out=$3
shift 3
export VIPS_CONCURRENCY=1
printf '%s\n' "$@" | xargs -P "$workers" -n $((($# + workers - 1) / workers)) \
    vipsthumbnail --size "${side}x${side}" -o "$out/%s.jpg[Q=97]"
