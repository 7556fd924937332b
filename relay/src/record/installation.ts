/**
 * Pure. One installation by a work order: what the unit says of itself, what people have done, and the three tests before it is left.
 * It is over only when the unit has said that it has seen them all; the relay keeps what happened, and decides nothing of that.
 */
import type { InstallStep, Wiped, WorkOrderKind } from '@nattfrid/shared/desk/work-order-view';
import type { Check, CheckName } from '@nattfrid/shared/domain/check';
import type { AlarmId, ClientAlias, LookId, UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { minutes } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { FoundCamera, Proof, ServiceAnswer, WhyNotServed } from '@nattfrid/shared/wire/service-call';

/** By then a unit whose power was pulled has been told of, or its alarm would come too late at night as well. */
export const toldWithin = minutes(3);

export interface InstallationFacts {
  readonly order: string;
  readonly organisation: string;
  readonly kind: WorkOrderKind;
  readonly client: ClientAlias;
  readonly place: string;
  readonly unit: UnitId;
  readonly pairedAt: Instant;
  readonly pairedBy: string;
}

/** A line of the record. */
export interface Happening {
  readonly at: Instant;
  readonly by: string;
  readonly step?: InstallStep;
  readonly what: string;
  readonly figures?: Readonly<Record<string, number>>;
}

interface Tests {
  /** The look that a colleague is to answer. */
  readonly look?: {
    readonly look: LookId;
    readonly askedAt: Instant;
    readonly askedBy: string;
    readonly by?: string;
    readonly pictureAt?: Instant;
    /** Nobody answered it, or it showed nothing. */
    readonly failed?: string;
    readonly at: Instant;
  };
  readonly fall?: {
    readonly askedAt: Instant;
    readonly alarm?: AlarmId;
    readonly raisedAt?: Instant;
    readonly reachedAt?: Instant;
    readonly takenAt?: Instant;
    readonly takenBy?: string;
  };
  readonly cut?: {
    readonly saidAt: Instant;
    readonly by: string;
    readonly toldAt?: Instant;
    readonly backAt?: Instant;
  };
}

export interface Installation extends Tests {
  readonly facts: InstallationFacts;
  readonly state: 'paired' | 'ready' | 'done';
  readonly checks: Partial<Readonly<Record<CheckName, { readonly check: Check; readonly at: Instant }>>>;
  readonly cameras: readonly FoundCamera[];
  readonly sealing?: { readonly key: string; readonly proof: string };
  readonly proofs: readonly { readonly proof: Proof; readonly at: Instant }[];
  /** What the unit was asked and has not answered, by step. */
  readonly asked: Partial<Readonly<Record<InstallStep, { readonly call: string; readonly at: Instant }>>>;
  readonly refused?: { readonly step: InstallStep | 'ready'; readonly why: WhyNotServed; readonly at: Instant };
  readonly sign?: { readonly at: Instant; readonly by: string };
  readonly finish?: { readonly record: string; readonly at: Instant; readonly by: string; readonly byId: string };
  readonly doneAt?: Instant;
  /** Of a return: the unit has erased what it knew of the home. */
  readonly wiped?: Wiped;
  readonly happened: readonly Happening[];
}

export type InstallationState = { readonly state: 'none' } | Installation;

export type InstallationEvent =
  | { readonly type: 'paired'; readonly facts: InstallationFacts }
  /** Something was asked of the unit for this step. */
  | {
      readonly type: 'asked';
      readonly step: InstallStep;
      readonly call: string;
      readonly by: string;
      readonly at: Instant;
    }
  | { readonly type: 'answered'; readonly answer: ServiceAnswer; readonly at: Instant }
  | { readonly type: 'sign-placed'; readonly by: string; readonly at: Instant }
  | { readonly type: 'look-asked'; readonly look: LookId; readonly by: string; readonly at: Instant }
  | {
      readonly type: 'look-told';
      readonly look: LookId;
      readonly by?: string | undefined;
      readonly pictureAt?: Instant | undefined;
      readonly failed?: string | undefined;
      readonly at: Instant;
    }
  | { readonly type: 'fall-reached'; readonly alarm: AlarmId; readonly at: Instant }
  | { readonly type: 'fall-taken'; readonly alarm: AlarmId; readonly by: string; readonly at: Instant }
  | { readonly type: 'pulling'; readonly by: string; readonly at: Instant }
  /** The relay has found out that the unit is not there. */
  | { readonly type: 'told-gone'; readonly at: Instant }
  | { readonly type: 'back'; readonly at: Instant }
  | { readonly type: 'wiped'; readonly wiped: Wiped; readonly at: Instant }
  | {
      readonly type: 'finish';
      /** Steps that are not done, by what the relay knows. */
      readonly lacks: readonly InstallStep[];
      readonly record: string;
      readonly by: string;
      readonly byId: string;
      readonly at: Instant;
    };

export type InstallationEffect =
  | { readonly type: 'refuse'; readonly fault: Fault }
  | { readonly type: 'ask-ready'; readonly record: string }
  /** It can be left: what was kept quiet while it was set up is so no more. */
  | { readonly type: 'done' };

type Stepped = readonly [InstallationState, readonly InstallationEffect[]];

export const installationMachine: Machine<InstallationState, InstallationEvent, InstallationEffect> = {
  initial: { state: 'none' },
  step(one, event): Stepped {
    if (event.type === 'paired') return [begun(event.facts), []];
    if (one.state === 'none') return [one, [refuse('not-found', 'No unit has been paired by this work order yet.')]];
    const asks = askedBySomebody(event);
    // The record of a unit that was left is closed: what somebody still asks by its order reaches no unit that looks after a home by now.
    if (one.state === 'done') return [one, asks ? [refuse('not-now', 'This unit has been left already.')] : []];
    const isReturn = one.facts.kind === 'return';
    if (asks && (asks === 'wipe') !== isReturn) return [one, [refuse('not-now', wrongKind(one.facts.kind))]];
    return open(one, event);
  },
};

/** @returns what a person asks of an installation by this; undefined: it is what a unit or the relay says */
function askedBySomebody(event: Exclude<InstallationEvent, { type: 'paired' }>): 'wipe' | 'set-up' | undefined {
  switch (event.type) {
    case 'asked':
      return event.step === 'wipe' ? 'wipe' : 'set-up';
    case 'wiped':
      return 'wipe';
    case 'sign-placed':
    case 'look-asked':
    case 'pulling':
    case 'finish':
      return 'set-up';
    case 'answered':
    case 'look-told':
    case 'fall-reached':
    case 'fall-taken':
    case 'told-gone':
    case 'back':
      return undefined;
  }
}

const wrongKind = (kind: WorkOrderKind): string =>
  kind === 'return'
    ? 'This work order takes a unit back: nothing of it is set up.'
    : 'Nothing is erased by a work order that sets a unit up: make one that takes it back.';

const begun = (facts: InstallationFacts): Installation => ({
  facts,
  state: 'paired',
  checks: {},
  cameras: [],
  proofs: [],
  asked: {},
  happened: [
    facts.kind === 'return'
      ? { at: facts.pairedAt, by: facts.pairedBy, step: 'wipe', what: 'return-begun' }
      : { at: facts.pairedAt, by: facts.pairedBy, step: 'pair', what: 'paired' },
  ],
});

function open(one: Installation, event: Exclude<InstallationEvent, { type: 'paired' }>): Stepped {
  switch (event.type) {
    case 'asked': {
      const { step, call, at, by } = event;
      const asked = { ...one.asked, [step]: { call, at } };
      const fall = step === 'test-fall' ? { fall: { askedAt: at } } : {};
      const { refused, ...rest } = one;
      const before = refused?.step === step ? {} : refused && { refused };
      return [noted({ ...rest, ...before, ...fall, asked }, { at, by, step, what: 'asked' }), []];
    }
    case 'answered':
      return answered(one, event.answer, event.at);
    case 'sign-placed': {
      const { by, at } = event;
      return [noted({ ...one, sign: { by, at } }, { at, by, step: 'sign', what: 'sign-placed' }), []];
    }
    case 'look-asked': {
      const { look, by, at } = event;
      const asked = { look, askedAt: at, askedBy: by, at };
      return [noted({ ...one, look: asked }, { at, by, step: 'test-look', what: 'look-asked' }), []];
    }
    case 'look-told':
      return [lookTold(one, event), []];
    case 'fall-reached': {
      const { alarm, at } = event;
      if (one.fall?.alarm !== undefined && one.fall.alarm !== alarm) return [one, []];
      if (one.fall?.reachedAt !== undefined) return [one, []];
      const fall = { ...one.fall, askedAt: one.fall?.askedAt ?? at, alarm, reachedAt: at };
      const figures = one.fall ? { seconds: secondsBetween(one.fall.askedAt, at) } : {};
      return [
        noted({ ...one, fall }, { at, by: one.facts.unit, step: 'test-fall', what: 'fall-reached', figures }),
        [],
      ];
    }
    case 'fall-taken': {
      const { alarm, by, at } = event;
      const { fall } = one;
      if (!fall || fall.alarm !== alarm || fall.takenAt !== undefined) return [one, []];
      const figures = { seconds: secondsBetween(fall.reachedAt ?? fall.askedAt, at) };
      const next = noted(
        { ...one, fall: { ...fall, takenAt: at, takenBy: by } },
        { at, by, step: 'test-fall', what: 'fall-taken', figures },
      );
      return [next, []];
    }
    case 'pulling': {
      const { by, at } = event;
      return [noted({ ...one, cut: { saidAt: at, by } }, { at, by, step: 'power-cut', what: 'pulling' }), []];
    }
    case 'told-gone': {
      const { cut } = one;
      if (!cut || cut.toldAt !== undefined) return [one, []];
      const figures = { seconds: secondsBetween(cut.saidAt, event.at) };
      return [
        noted(
          { ...one, cut: { ...cut, toldAt: event.at } },
          { at: event.at, by: one.facts.unit, step: 'power-cut', what: 'told-gone', figures },
        ),
        [],
      ];
    }
    case 'back': {
      const { cut } = one;
      if (cut?.toldAt === undefined || cut.backAt !== undefined) return [one, []];
      const figures = { seconds: secondsBetween(cut.toldAt, event.at) };
      return [
        noted(
          { ...one, cut: { ...cut, backAt: event.at } },
          { at: event.at, by: one.facts.unit, step: 'power-cut', what: 'back', figures },
        ),
        [],
      ];
    }
    case 'wiped': {
      const { wiped, at } = event;
      const what = wiped.signature === undefined ? 'wipe-said' : 'wiped';
      return [
        noted({ ...one, wiped, state: 'done', doneAt: at }, { at, by: wiped.by, step: 'wipe', what }),
        [{ type: 'done' }],
      ];
    }
    case 'finish': {
      const { lacks, record, by, byId, at } = event;
      const first = lacks[0];
      if (first) return [one, [refuse('not-now', `It is not ready to leave: ${lacks.join(', ')} is not done yet.`)]];
      return [
        noted({ ...one, state: 'ready', finish: { record, by, byId, at } }, { at, by, what: 'finished' }),
        [{ type: 'ask-ready', record }],
      ];
    }
  }
}

function answered(one: Installation, answer: ServiceAnswer, at: Instant): Stepped {
  const step = 'call' in answer ? stepOf(one, answer.call) : undefined;
  const settled = step ? without(one, step) : one;
  const by = one.facts.unit;
  switch (answer.type) {
    case 'checked': {
      const { sealingKey: key, sealingProof: proof } = answer;
      const sealing = key && proof ? { sealing: { key, proof } } : {};
      // Said by itself, or to somebody else, it is what this step waits for all the same.
      const all = (['power', 'signal', 'time', 'view'] as const).reduce(without, settled);
      return [{ ...checked(all, answer.checks, at), ...sealing }, []];
    }
    case 'camera-chosen': {
      // What a colleague was shown of the camera before is no test of this one.
      const { look: _before, ...rest } = settled;
      const proofs = rest.proofs.filter(({ proof }) => proof !== 'test-look');
      return [
        noted(checked({ ...rest, proofs }, answer.checks, at), { at, by, step: 'camera', what: 'camera-chosen' }),
        [],
      ];
    }
    case 'dark-tried':
      return [noted(checked(settled, [answer.check], at), { at, by, step: 'infrared', what: 'dark-tried' }), []];
    case 'cameras':
      return [{ ...settled, cameras: answer.cameras }, []];
    case 'test-fall-raised': {
      const fall = { ...settled.fall, askedAt: settled.fall?.askedAt ?? at, alarm: answer.alarm, raisedAt: at };
      return [noted({ ...settled, fall }, { at, by, step: 'test-fall', what: 'fall-raised' }), []];
    }
    case 'proofs':
      return [answer.seen.reduce((all, proof) => proven(all, proof, at), settled), []];
    case 'ready-taken': {
      if (one.finish?.record !== answer.record) return [one, []];
      return [noted({ ...settled, state: 'done', doneAt: at }, { at, by, what: 'ready-taken' }), [{ type: 'done' }]];
    }
    case 'refused': {
      // A test fall that it does not know: nothing of the installation waits for that.
      if (step === undefined && answer.why === 'not-found') return [one, []];
      const isReady = one.state === 'ready' && step === undefined;
      const refused = { step: step ?? 'ready', why: answer.why, at } as const;
      const back = isReady ? withoutFinish(settled) : settled;
      return [noted({ ...back, refused }, { at, by, ...(step && { step }), what: `refused-${answer.why}` }), []];
    }
    // Of service, and none of setting up.
    case 'surveyed':
    case 'restarting':
    case 'updating':
    case 'bundle':
    case 'wiping':
      return [settled, []];
  }
}

function lookTold(one: Installation, event: Extract<InstallationEvent, { type: 'look-told' }>): Installation {
  const { look } = one;
  if (look?.look !== event.look) return one;
  const { by = look.by, failed, at } = event;
  const pictureAt = look.pictureAt ?? event.pictureAt;
  const { failed: _before, ...rest } = look;
  const next = {
    ...rest,
    at,
    ...(by !== undefined && { by }),
    ...(pictureAt !== undefined && { pictureAt }),
    ...(failed !== undefined && pictureAt === undefined && { failed }),
  };
  const isShown = look.pictureAt === undefined && pictureAt !== undefined;
  const moved = { ...one, look: next };
  if (isShown)
    return noted(moved, {
      at: pictureAt,
      by: by ?? one.facts.unit,
      step: 'test-look',
      what: 'look-shown',
      figures: { seconds: secondsBetween(look.askedAt, pictureAt) },
    });
  return moved;
}

const checked = (one: Installation, checks: readonly Check[], at: Instant): Installation => ({
  ...one,
  checks: { ...one.checks, ...Object.fromEntries(checks.map((check) => [check.name, { check, at }])) },
});

function proven(one: Installation, proof: Proof, at: Instant): Installation {
  if (one.proofs.some((known) => known.proof === proof)) return one;
  return noted(
    { ...one, proofs: [...one.proofs, { proof, at }] },
    { at, by: one.facts.unit, step: proof, what: 'unit-has-seen' },
  );
}

const stepOf = ({ asked }: Installation, call: string | undefined): InstallStep | undefined =>
  (Object.keys(asked) as InstallStep[]).find((step) => asked[step]?.call === call);

function without(one: Installation, step: InstallStep): Installation {
  const { [step]: _answered, ...asked } = one.asked;
  return { ...one, asked };
}

function withoutFinish({ finish: _refused, ...one }: Installation): Installation {
  return { ...one, state: 'paired' };
}

const mostHappenings = 400;
const noted = (one: Installation, line: Happening): Installation =>
  one.happened.length >= mostHappenings ? one : { ...one, happened: [...one.happened, line] };

const secondsBetween = (from: Instant, to: Instant): number => Math.max(0, Math.round((to - from) / 1000));

const refuse = (code: 'not-found' | 'not-now', words: string): InstallationEffect => ({
  type: 'refuse',
  fault: new Fault(code, words),
});
