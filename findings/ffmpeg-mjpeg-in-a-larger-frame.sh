#!/usr/bin/env bash
# FFmpeg: MJPEG pictures in a container that names a size more than a third larger than theirs are taken for halves of interlaced pictures.
#
# Of ten whole JPEG pictures of 64 x 100 in a Matroska file that says PixelHeight 200, five come out; to the others ffmpeg says «No JPEG
# data found in image». The same file with PixelHeight 100 gives ten. The size in a container is a hint everywhere else: of H.264 and
# H.265 the one in the stream counts. A muxer for a camera's stream meets this where it writes a size before it knows the camera's, or
# where a camera changes to smaller pictures at night.
#
# Seen: ffmpeg of @ffmpeg-installer/linux-x64 4.1.0, and Debian 12's 5.1.9: 10 pictures, then 5.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @ffmpeg-installer/linux-x64@4.1.0
ffmpeg="$folder/node_modules/@ffmpeg-installer/linux-x64/ffmpeg"
chmod +x "$ffmpeg"
"$ffmpeg" -version | head -1
"$ffmpeg" -v error -f lavfi -i testsrc=s=64x100:r=10:d=1 -pix_fmt yuvj420p -c:v mjpeg right.mkv
# PixelHeight is the element BA; one byte long here: 100 becomes 200.
node -e '
  const fs = require("node:fs");
  const bytes = fs.readFileSync("right.mkv");
  const at = bytes.indexOf(Buffer.from([0xba, 0x81, 100]));
  if (at < 0) throw new Error("no PixelHeight");
  bytes[at + 2] = 200;
  fs.writeFileSync("larger.mkv", bytes);
'
pictures() { "$ffmpeg" -v error -i "$1" -f framemd5 - 2>"$1.said" | grep -vc '^#' || true; }
right=$(pictures right.mkv)
larger=$(pictures larger.mkv)
echo "PixelHeight 100: $right pictures; PixelHeight 200: $larger pictures, and it says: $(grep -m1 JPEG larger.mkv.said || true)"
[ "$right" = 10 ] && [ "$larger" = 5 ] && grep -q 'No JPEG data found' larger.mkv.said
