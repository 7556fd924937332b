/** The packets of a coded clip as a camera sends them: in decoding order, each with the time at which it is to be shown. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Packet } from '@nattfrid/agent/camera/packet';
import type { Codec } from '@nattfrid/agent/codec/codec';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import { instant } from '@nattfrid/shared/time/instant';

const forms: Readonly<Record<Codec, { readonly format: string; readonly filter?: string }>> = {
  h264: { format: 'h264', filter: 'h264_mp4toannexb,h264_metadata=aud=insert' },
  h265: { format: 'hevc', filter: 'hevc_mp4toannexb,hevc_metadata=aud=insert' },
  mjpeg: { format: 'mjpeg' },
};

/** @param file a clip in a container, with times @param from the time of its first picture */
export async function packetsOf(file: string, codec: Codec, from = 1_000_000): Promise<readonly Packet[]> {
  const ffmpeg = await findFfmpeg(process.env);
  const { format, filter } = forms[codec];
  const run = promisify(execFile);
  const copy = ['-v', 'error', '-i', file, '-c', 'copy', ...(filter ? ['-bsf:v', filter] : []), '-f', format, 'pipe:1'];
  const { stdout: bytes } = await run(ffmpeg, copy, { encoding: 'buffer', maxBuffer: 1 << 27 });
  const asked = [
    '-v',
    'error',
    '-select_streams',
    'v',
    '-show_entries',
    'packet=pts_time,flags',
    '-of',
    'csv=p=0',
    file,
  ];
  const { stdout: said } = await run(ffmpeg.replace(/ffmpeg$/, 'ffprobe'), asked);
  const rows = said
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const first = Math.min(...rows.map(([time]) => Number(time)));
  return split(bytes, codec).map((data, index) => {
    const [time, flags = ''] = rows[index]!;
    const at = instant(from + Math.round((Number(time) - first) * 1000));
    return { type: 'packet', at, codec, key: codec === 'mjpeg' || flags.includes('K'), data };
  });
}

function split(bytes: Uint8Array, codec: Codec): readonly Uint8Array[] {
  const starts: number[] = [];
  for (let at = 0; at + 5 <= bytes.length; at++) if (begins(bytes, at, codec)) starts.push(at);
  return starts.map((start, index) => bytes.slice(start, starts[index + 1] ?? bytes.length));
}

/** An access unit delimiter (type 9 of H.264, 35 of H.265), or the beginning of a JPEG. */
function begins(bytes: Uint8Array, at: number, codec: Codec): boolean {
  if (codec === 'mjpeg') return bytes[at] === 0xff && bytes[at + 1] === 0xd8 && bytes[at + 2] === 0xff;
  if (bytes[at] !== 0 || bytes[at + 1] !== 0 || bytes[at + 2] !== 0 || bytes[at + 3] !== 1) return false;
  const head = bytes[at + 4]!;
  return codec === 'h264' ? (head & 31) === 9 : ((head >> 1) & 63) === 35;
}
