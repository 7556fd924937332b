/** What a camera says of itself by ONVIF: who made it, its clock, its streams with what is set in them, and its infrared filter. */
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import { z } from 'zod';
import { askOnvif } from './ask-onvif.ts';
import { onvifFault } from './faults.ts';
import type { IrCut, OnvifTarget } from './messages.ts';
import { Count, Text } from './readable.ts';

export interface CameraStream {
  readonly profile: string;
  readonly name: string;
  /** As the camera says it, usually without a login; undefined: it says none. */
  readonly url: string | undefined;
  /** Token of its encoder's configuration; undefined: nothing can be set in it. */
  readonly encoder: string | undefined;
  /** As ONVIF calls it: H264, H265, JPEG. */
  readonly encoding: string | undefined;
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** Pictures a second, at most. */
  readonly rate: number | undefined;
  /** Pictures from one key picture to the next. */
  readonly govLength: number | undefined;
  readonly kilobits: number | undefined;
}

export interface DescribedCamera {
  readonly maker: string;
  readonly model: string;
  readonly firmware: string;
  /** By how much its clock is ahead of ours. */
  readonly clockOffset: Duration | undefined;
  readonly streams: readonly CameraStream[];
  readonly irCut: { readonly source: string; readonly mode: IrCut } | undefined;
}

const perhaps = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);
/** Empty elements become empty text. */
const part = <Shape extends z.ZodRawShape>(shape: Shape) => perhaps(z.object(shape));

const Encoder = z.object({
  $: z.object({ token: Text, GovLength: perhaps(Count) }),
  encoding: perhaps(Text),
  resolution: part({ width: Count, height: Count }),
  rateControl: part({ frameRateLimit: perhaps(Count), bitrateLimit: perhaps(Count) }),
  H264: part({ govLength: perhaps(Count) }),
});
const Profile = z.object({
  $: z.object({ token: Text }),
  name: Text.catch(''),
  videoEncoderConfiguration: perhaps(Encoder),
});
const Imaging = z.object({ irCutFilter: z.enum(['ON', 'OFF', 'AUTO']) });
const Described = z.object({
  offset: perhaps(z.number()),
  information: z.object({
    manufacturer: Text.catch('?'),
    model: Text.catch('?'),
    firmwareVersion: Text.catch('?'),
  }),
  streams: z.array(z.object({ profile: z.unknown(), uri: z.unknown() })).max(8),
  source: perhaps(z.string().max(200)),
  imaging: z.unknown(),
});
const Uri = z.object({ uri: z.string().max(1000) });

/** @throws Fault `camera-unreachable`, `camera-refused-login`, `camera-not-video` */
export async function describeCamera(target: OnvifTarget, clock: Clock, signal: AbortSignal): Promise<DescribedCamera> {
  const said = await askOnvif({ type: 'describe', target }, clock, signal);
  const read = readDescribed(said);
  if (!read) throw onvifFault(`${target.host}:${target.port}`, 'it does not say what it is');
  return read;
}

export function readDescribed(said: unknown): DescribedCamera | undefined {
  const read = Described.safeParse(said);
  if (!read.success) return undefined;
  const { offset, information, streams, source, imaging } = read.data;
  const mode = Imaging.safeParse(imaging);
  return {
    ...{ maker: information.manufacturer, model: information.model, firmware: information.firmwareVersion },
    clockOffset: offset === undefined ? undefined : milliseconds(offset),
    streams: streams.flatMap(({ profile, uri }) => streamOf(profile, uri)),
    irCut: mode.success && source !== undefined ? { source, mode: mode.data.irCutFilter } : undefined,
  };
}

function streamOf(profile: unknown, uri: unknown): readonly CameraStream[] {
  const read = Profile.safeParse(profile);
  if (!read.success) return [];
  const { $, name, videoEncoderConfiguration: encoder } = read.data;
  const address = Uri.safeParse(uri);
  return [
    {
      profile: $.token,
      name,
      url: address.success && /^rtsps?:\/\/[\x21-\x7e]+$/i.test(address.data.uri) ? address.data.uri : undefined,
      encoder: encoder?.$.token,
      encoding: encoder?.encoding?.toUpperCase(),
      width: encoder?.resolution?.width,
      height: encoder?.resolution?.height,
      rate: encoder?.rateControl?.frameRateLimit,
      govLength: encoder?.$.GovLength ?? encoder?.H264?.govLength,
      kilobits: encoder?.rateControl?.bitrateLimit,
    },
  ];
}
