/** Probes a recording before it is played: is it there, has it video, and can its H.264 be copied without transcoding? */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import { openNut } from '../ffmpeg/nut.ts';
import { startFfmpeg } from '../ffmpeg/process.ts';
import { nalType, nalTypes, nalUnits } from '../h264/annex-b.ts';
import { readSps } from '../h264/sps.ts';

export interface Recording {
  /** Absolute path. */
  readonly file: string;
  /** `copy`: H.264 without reordered pictures. `transcode`: everything else. */
  readonly way: 'copy' | 'transcode';
}

/** @throws Fault `file-missing`, `file-unreadable` or `camera-not-video`, with the file's name in words. */
export async function lookInto(file: string, ffmpeg: string, log: Logger, signal: AbortSignal): Promise<Recording> {
  const path = resolve(file);
  const found = await stat(path).catch((cause: unknown) => {
    throw new Fault('file-missing', `There is no file ${file}.`, { cause });
  });
  if (!found.isFile()) throw new Fault('file-unreadable', `${file} is not a file.`);
  if (found.size === 0) throw new Fault('file-unreadable', `The file ${file} is empty.`);

  const said: string[] = [];
  const args = ['-loglevel', 'info', ...readingArgs(path), '-c', 'copy', '-frames:v', '1', '-f', 'nut', 'pipe:1'];
  await using child = startFfmpeg(
    { ffmpeg, args, what: 'look into a recording', log, heard: (line) => said.push(line) },
    signal,
  );
  child.finish();
  const nut = await openNut(child.output).catch(() => undefined);
  const fault = await child.ended;
  if (fault?.code === 'program-missing') throw fault;
  return { file: path, way: judge(file, said, nut?.stream.codecData) };
}

/** ffmpeg's input arguments for the first video stream of a local file; a playlist in it must not open an address. */
export const readingArgs = (path: string): readonly string[] => [
  ...['-protocol_whitelist', 'file,pipe', '-i', `file:${path}`, '-map', '0:V:0'],
];

function judge(file: string, said: readonly string[], codecData: Uint8Array | undefined): Recording['way'] {
  const input = said.find((line) => line.startsWith('Input #0,'));
  // ffmpeg takes any text for the output of a terminal and draws it.
  if (!input || input.startsWith('Input #0, tty'))
    throw new Fault('file-unreadable', `The file ${file} cannot be read: it is broken, or not a recording.`);
  const video = said.find((line) => /Stream #0.*: Video: /.test(line) && !line.includes('(attached pic)'));
  if (!video) throw new Fault('camera-not-video', `There is no video in the file ${file}.`);
  const timed = /Input #0, (mov|matroska|flv|mpegts)/.test(input);
  const plain = /Video: h264.*, yuvj?420p[,(]/.test(video) && !said.some((line) => /rotation of -?[1-9]/.test(line));
  const inOrder = codecData && spsOf(codecData)?.reordered === 0;
  return timed && plain && inOrder ? 'copy' : 'transcode';
}

/** The SPS of an mp4's decoder configuration (ISO/IEC 14496-15 §5.3.3) or of an Annex B stream. */
function spsOf(codecData: Uint8Array) {
  const mp4 = codecData[0] === 1;
  const size = ((codecData[6] ?? 0) << 8) | (codecData[7] ?? 0);
  const sps = mp4
    ? codecData.subarray(8, 8 + size)
    : nalUnits(codecData).find((unit) => nalType(unit) === nalTypes.sps);
  return sps && readSps(sps);
}
