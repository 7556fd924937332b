/** A real H.264 stream made by ffmpeg: moving test bars, as the access units that a unit would seal. */
import { spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';

export interface CodedPicture {
  readonly kind: 'key' | 'delta';
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Three seconds at ten a second, a keyframe each second, constrained baseline, colours said as a unit says them, 640x360 where not said otherwise. */
export async function movingPictures(ffmpeg = 'ffmpeg', size = '640x360'): Promise<readonly CodedPicture[]> {
  const words =
    `-v error -f lavfi -i testsrc=size=${size}:rate=10 -t 3 -pix_fmt yuv420p -c:v libx264 -profile:v baseline ` +
    '-color_range tv -colorspace smpte170m -color_primaries smpte170m -color_trc smpte170m ' +
    '-preset superfast -tune zerolatency -g 10 -bf 0 -b:v 300k -bsf:v h264_metadata=aud=insert -f h264 pipe:1';
  const child = spawn(ffmpeg, words.split(' '), { stdio: ['ignore', 'pipe', 'inherit'] });
  return split(new Uint8Array(await buffer(child.stdout)));
}

const delimiter = [0, 0, 0, 1, 9];

function split(stream: Uint8Array): readonly CodedPicture[] {
  const starts: number[] = [];
  for (let at = 0; at + 5 <= stream.length; at++)
    if (delimiter.every((byte, index) => stream[at + index] === byte)) starts.push(at);
  return starts.map((start, index) => {
    const bytes = new Uint8Array(stream.slice(start, starts[index + 1] ?? stream.length));
    return { kind: holdsKey(bytes) ? 'key' : 'delta', bytes };
  });
}

/** NAL unit type 5 (ISO/IEC 14496-10 table 7-1): a slice of a picture that needs no other. */
function holdsKey(bytes: Uint8Array): boolean {
  for (let at = 0; at + 4 < bytes.length; at++)
    if (bytes[at] === 0 && bytes[at + 1] === 0 && bytes[at + 2] === 1 && (bytes[at + 3]! & 31) === 5) return true;
  return false;
}
