/** Compares one run with kept figures, and prints what fell and what rose. */
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Asked } from './arguments.ts';
import { compare, type Figures } from './regression-gate.ts';

/** @returns whether a figure fell @throws Fault where the figures name none of these clips */
export function gateFell(before: Figures, now: Figures, { gate, only, json }: Asked): boolean {
  const { compared, fell, rose, absent } = compare(before, now);
  const missing = only.source === '(?:)' ? absent : [];
  const say = json ? console.error : console.log;
  if (compared === 0) throw new Fault('request-invalid', `${gate} has no figures of these clips.`);
  for (const words of fell) say(`FELL  ${words}`);
  if (missing.length > 0) say(`FELL  ${missing.length} clips were not scored: ${missing.slice(0, 3).join(', ')} …`);
  for (const words of rose) say(`rose  ${words}`);
  const has = fell.length + missing.length > 0;
  say(`\nThe gate ${has ? 'FELL' : 'holds'}: ${compared} clips compared with ${gate}`);
  return has;
}
