/** Sets something in a camera by ONVIF, on the word of a technician only; whoever calls tells what was and what is. */
import type { Clock } from '@nattfrid/shared/time/clock';
import { z } from 'zod';
import { askOnvif } from './ask-onvif.ts';
import type { EncoderChange, IrCut, OnvifTarget } from './messages.ts';

/** @param encoder token of the stream's encoder. @throws Fault as `describeCamera` does, and `camera-not-video` for a value that it does not take */
export async function setEncoder(
  target: OnvifTarget,
  encoder: string,
  change: EncoderChange,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  await askOnvif({ type: 'set-encoder', target, encoder, change }, clock, signal);
}

/** Sets the camera's clock to this machine's. @throws Fault as above */
export async function setTime(target: OnvifTarget, clock: Clock, signal: AbortSignal): Promise<void> {
  await askOnvif({ type: 'set-time', target }, clock, signal);
}

const Imaging = z.object({ irCutFilter: z.enum(['ON', 'OFF', 'AUTO']) });

/** @returns what the camera then says; undefined: it does not say. @throws Fault as above */
export async function setIrCut(
  target: OnvifTarget,
  source: string,
  mode: IrCut,
  clock: Clock,
  signal: AbortSignal,
): Promise<IrCut | undefined> {
  const said = Imaging.safeParse(await askOnvif({ type: 'set-ir-cut', target, source, mode }, clock, signal));
  return said.success ? said.data.irCutFilter : undefined;
}
