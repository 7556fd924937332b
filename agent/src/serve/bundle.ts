/**
 * What support is given of a unit: checks, vitals, versions, and the log of late, cut down to names that are known to be safe. Nothing is
 * passed on because it looks harmless: a field that does not stand here is left out.
 */
import { AlarmKind } from '@nattfrid/shared/domain/alarm';
import { type Check, checkCodes } from '@nattfrid/shared/domain/check';
import { evidenceCodes } from '@nattfrid/shared/domain/evidence-code';
import { faultCodes } from '@nattfrid/shared/fault/fault';
import { WhyNotServed } from '@nattfrid/shared/wire/service-call';
import { CameraAdvice, CannotKeep, HaltState, type Vitals } from '@nattfrid/shared/wire/vitals';
import { type Answer, type Deed, refused } from './deed.ts';
import type { HeardLine } from './recent-log.ts';

/** Longest text of one part, in characters: the message that bears it has room for more. */
const longestPart = 30_000;
const mostParts = 16;

/** Figures and codes of the unit's own, never what somebody has given it. */
const safeFields: ReadonlySet<string> = new Set([
  ...['code', 'why', 'many', 'kind', 'phase', 'evidence', 'seconds', 'waitMilliseconds', 'knownPercent', 'version'],
  ...['beds', 'exits', 'masks', 'floor', 'bedsLeftOut', 'floorLeftOut', 'what', 'call', 'check', 'whole', 'letter'],
]);
/** Words that such a field may hold: those of our own tables, and no other, whatever it looks like. */
const safeWords: ReadonlySet<string> = new Set<string>([
  ...Object.keys(faultCodes),
  ...Object.values(checkCodes).flat(),
  ...Object.keys(checkCodes),
  ...Object.values(evidenceCodes).flatMap(({ began, changed, ended }) => [...began, ...changed, ...ended]),
  ...AlarmKind.options,
  ...WhyNotServed.options,
  ...CameraAdvice.options,
  ...CannotKeep.options,
  ...HaltState.unwrap().shape.why.options,
  ...['began', 'changed', 'ended', 'connected', 'connecting', 'lost', 'resting', 'decoder', 'load', 'moved', 'frozen'],
  ...['mains', 'battery', 'stop', 'pause', 'pause-over', 'undefined'],
]);
const versionWord = /^\d{1,4}\.\d{1,4}\.\d{1,4}$/;

export interface BundleParts {
  readonly checks: () => Promise<readonly Check[]>;
  readonly vitals: () => readonly { readonly at: string; readonly vitals: Vitals }[];
  readonly lines: () => readonly HeardLine[];
  readonly versions: { readonly agent: string; readonly node: string; readonly models: readonly string[] };
  readonly at: () => string;
  /** How many words wait to be sent. */
  readonly waiting: () => number;
}

/** With more than that waiting the link carries nothing: another bundle would lie on the disk beside the last one. */
const mostWaiting = 50;

export function bundleDeed(parts: BundleParts): Deed<'bundle'> {
  return async (_call, tell) => {
    if (parts.waiting() > mostWaiting) return refused('busy');
    const text = JSON.stringify(await bundleOf(parts));
    const pieces = Math.min(mostParts, Math.max(1, Math.ceil(text.length / longestPart)));
    const all = Array.from(
      { length: pieces },
      (_, part): Answer => ({
        ...{ type: 'bundle', part, parts: pieces },
        text: text.slice(part * longestPart, (part + 1) * longestPart),
      }),
    );
    for (const one of all.slice(0, -1)) tell(one);
    return all.at(-1) ?? { type: 'refused', why: 'failed' };
  };
}

/** Vitals of the last hours and lines, as many as fit. */
export async function bundleOf(parts: BundleParts) {
  const checks = await parts.checks();
  const vitals = parts.vitals().map((one) => ({ at: one.at, ...safeVitals(one.vitals) }));
  const lines = parts.lines().map(({ at, level, sentence, fields }) => ({ at, level, sentence, ...safeOf(fields) }));
  const whole = { at: parts.at(), versions: parts.versions, checks, vitals, lines };
  // The newest are kept where it is too much.
  while (JSON.stringify(whole).length > longestPart * mostParts && whole.lines.length + whole.vitals.length > 0) {
    whole.lines = whole.lines.slice(Math.ceil(whole.lines.length / 2));
    whole.vitals = whole.vitals.slice(Math.ceil(whole.vitals.length / 2));
  }
  return whole;
}

/** Numbers, and words that are codes of ours. Ids of plans and looks, and where its access log ends, are left out. */
function safeVitals(vitals: Vitals) {
  const { plan, halt, accessLog: _log, roomChanged, legibility, ...rest } = vitals;
  return {
    ...Object.fromEntries(
      Object.entries(rest).filter(([, value]) => (Array.isArray(value) ? value.every(isSafe) : isSafe(value))),
    ),
    ...(plan && { plan: plan.state }),
    ...(halt && { halt: halt.why }),
    ...(roomChanged && { roomChanged: roomChanged.length }),
    ...(legibility && { legibility: { pictures: legibility.pictures, hard: legibility.hard } }),
  };
}

const safeOf = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(fields).filter(([name, value]) => safeFields.has(name) && isSafe(value)));

const isSafe = (value: unknown): boolean =>
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  (typeof value === 'string' && (safeWords.has(value) || versionWord.test(value)));
