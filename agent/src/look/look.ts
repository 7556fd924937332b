/**
 * Pure. The looks of one unit, one at a time: what opens the gate, what shuts it, and what is answered.
 * It opens by `plan/may.ts` alone, and everything that happens ends in a shut gate.
 */
import type { LookId, OperatorAlias } from '@nattfrid/shared/domain/ids';
import { HaltWord, type LookEnd, type NoPicture, type Refusal } from '@nattfrid/shared/domain/look';
import type { Mode } from '@nattfrid/shared/domain/plan';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';
import { type Instant, parseInstant, printInstant } from '@nattfrid/shared/time/instant';
import { fromBase64Url } from '@nattfrid/shared/wire/bytes';
import type { LookAnswer, LookCall, LookJoin, LookWish } from '@nattfrid/shared/wire/look-call';
import { type Circumstances, type May, may, mayShowAs } from '../plan/may.ts';
import { stopsWhenSeen } from '../plan/stops-when-seen.ts';
import type { ConfirmedBy } from '../store/consoles-table.ts';
import type { AccessLine } from './access-line.ts';
import { type Asker, unwelcome } from './asker.ts';
import type { OpenLook } from './open-look.ts';
import type { Reader } from './readers.ts';
import type { WishSigned } from './wish-signed.ts';

/**
 * A call that comes late or twice must not open a look again that somebody has closed. It is known by its key: whoever asks anew for a look that
 * showed nothing (which ones those are, the relay knows) has made another.
 */
type Ended = Pick<LookCall, 'look' | 'operatorKey'>;

export type LookState =
  | { readonly name: 'closed'; readonly ended: readonly Ended[] }
  | {
      readonly name: 'open';
      readonly ended: readonly Ended[];
      readonly call: LookCall;
      readonly asker: Asker;
      readonly look: OpenLook;
      /** Colleagues who have joined. */
      readonly joined: readonly OperatorAlias[];
      readonly endsBy: LookEnd;
      /** Shown as somebody has wished: not as the plan says first, and for as long as it agrees to that too. */
      readonly wished: boolean;
      /** The last wish that was signed, and why it was refused: one from before it comes late; the same once more gets the same answer. */
      readonly lastWish?: { readonly at: Instant; readonly why?: Refusal };
      /** What the operator was told last: a picture, or why there is none. */
      readonly told: 'nothing' | 'picture' | NoPicture;
      /** This camera has shown somebody, and the relay has been told so. */
      readonly seen?: true;
      /** The latest time known: a clock that goes back must not make a look longer. */
      readonly latest: Instant;
    };

export type LookEvent =
  | { readonly type: 'call'; readonly call: LookCall; readonly asker: Asker; readonly now: Circumstances }
  | { readonly type: 'join'; readonly join: LookJoin; readonly asker: Asker; readonly now: Circumstances }
  | { readonly type: 'wish'; readonly wish: LookWish; readonly signed: WishSigned; readonly now: Circumstances }
  | { readonly type: 'leave'; readonly look: LookId; readonly operator: OperatorAlias; readonly at: Instant }
  /** `operatorKey`: the call that is meant, where the relay says so. */
  | {
      readonly type: 'close';
      readonly look: LookId;
      readonly operatorKey?: string | undefined;
      readonly why: LookEnd;
      readonly at: Instant;
    }
  /** Another camera of the home has shown the client. */
  | {
      readonly type: 'seen-elsewhere';
      readonly look: LookId;
      readonly operatorKey?: string | undefined;
      readonly now: Circumstances;
    }
  /** What has passed the gate shows somebody, for long enough. */
  | { readonly type: 'client-seen'; readonly look: LookId; readonly now: Circumstances }
  /** What came out behind the gate: a picture, or the reason why there is none. */
  | { readonly type: 'shown'; readonly what: 'picture' | NoPicture }
  | { readonly type: 'tick'; readonly at: Instant }
  | { readonly type: 'plan-changed'; readonly now: Circumstances }
  | { readonly type: 'link-lost'; readonly at: Instant }
  | { readonly type: 'stopping'; readonly at: Instant };

/** Done in this order, each before the next: the line is written before the gate opens, or the gate stays shut. */
export type LookEffect =
  | { readonly type: 'write-access-line'; readonly line: AccessLine }
  /** The operator is known by this console from now on. */
  | {
      readonly type: 'know-console';
      readonly operator: OperatorAlias;
      readonly key: string;
      /** By whose word; absent: it is the first one of this operator. */
      readonly confirmed?: ConfirmedBy;
      readonly at: Instant;
    }
  | { readonly type: 'open-gate'; readonly look: OpenLook }
  | { readonly type: 'admit'; readonly look: LookId; readonly reader: Reader }
  | { readonly type: 'dismiss'; readonly look: LookId; readonly operator: OperatorAlias }
  | { readonly type: 'shut-gate' }
  | { readonly type: 'answer'; readonly answer: LookAnswer };

type Step = readonly [LookState, readonly LookEffect[]];
type Open = Extract<LookState, { name: 'open' }>;

/** A wall clock may be corrected by so much without anybody noticing. */
const correction: Duration = seconds(2);
const remembered = 64;
/** Each costs the upload of the pictures once more. */
const mostJoined = 3;

export const looks: Machine<LookState, LookEvent, LookEffect> = {
  initial: { name: 'closed', ended: [] },
  step(state, event) {
    switch (event.type) {
      case 'call':
        return called(state, event);
      case 'join':
        return joined(state, event);
      case 'wish':
        return wished(state, event);
      case 'leave':
        return left(state, event);
      case 'close':
        if (state.name !== 'open' || state.look.look !== event.look) return [state, []];
        if ((event.operatorKey ?? state.call.operatorKey) !== state.call.operatorKey) return [state, []];
        return end(state, event.why, event.at);
      case 'seen-elsewhere':
        return seenElsewhere(state, event);
      case 'client-seen':
        return clientSeen(state, event);
      case 'shown':
        return shown(state, event.what);
      case 'tick':
        return state.name === 'open' ? ticked(state, event.at) : [state, []];
      case 'plan-changed':
        return state.name === 'open' ? replanned(state, event.now) : [state, []];
      case 'link-lost':
        return state.name === 'open' ? end(state, 'link-lost', event.at) : [state, []];
      case 'stopping':
        return state.name === 'open' ? end(state, 'unit-stopping', event.at) : [state, []];
    }
  },
};

function called(state: LookState, { call, asker, now }: Extract<LookEvent, { type: 'call' }>): Step {
  if (state.ended.some((one) => one.look === call.look && one.operatorKey === call.operatorKey))
    return [state, refusal(call, { type: 'refused', why: 'call-invalid' }, now.at)];
  if (state.name === 'open') {
    if (state.look.look !== call.look)
      return [state, refusal(call, { type: 'refused', why: 'another-look-open' }, now.at)];
    // The same look for another key: somebody between us and the operator wants to see too. Neither key opens it again.
    if (state.call.operatorKey !== call.operatorKey) {
      const [closed, effects] = end(state, 'key-changed', now.at, [{ look: call.look, operatorKey: call.operatorKey }]);
      return [closed, [...effects, ...refusal(call, { type: 'refused', why: 'key-changed' }, now.at)]];
    }
    return [state, [answer(opened(state.look, state.call))]];
  }
  const verdict = allowed(call, asker, now);
  switch (verdict.type) {
    case 'refused':
      return [state, refusal(call, verdict, now.at)];
    case 'allowed': {
      const { mode, until, endsBy } = verdict;
      const { look, operator, reason } = call;
      const operatorKey = fromBase64Url(call.operatorKey);
      const open: OpenLook = { look, operator, operatorKey, console: call.console?.key, reason, mode, until };
      return [
        {
          name: 'open',
          ended: state.ended,
          call,
          asker,
          look: open,
          joined: [],
          endsBy,
          wished: false,
          told: 'nothing',
          latest: now.at,
        },
        [
          ...known(call, asker, now.at),
          line({ at: now.at, look, operator, what: 'opened', reason, mode, until }),
          { type: 'open-gate', look: open },
          answer(opened(open, call)),
        ],
      ];
    }
  }
}

/** A colleague may see what this unit would show to that colleague now, for the same reason: the same plan, the same question. */
function joined(state: LookState, { join, asker, now }: Extract<LookEvent, { type: 'join' }>): Step {
  const { look, operator, operatorKey } = join;
  const why = cannotJoin(state, join, asker, now);
  if (why || state.name !== 'open') {
    const refused = why ?? 'no-such-look';
    return [
      state,
      [
        line({ at: now.at, look, operator, what: 'join-refused', why: refused }),
        answer({ type: 'not-joined', look, operator, why: refused }),
      ],
    ];
  }
  const others = state.joined.filter((one) => one !== operator);
  return [
    { ...state, joined: [...others, operator] },
    [
      ...known(join, asker, now.at),
      line({ at: now.at, look, operator, what: 'joined', opener: state.look.operator }),
      { type: 'admit', look, reader: { operator, operatorKey: fromBase64Url(operatorKey) } },
      answer({ type: 'joined', look, operator }),
    ],
  ];
}

function cannotJoin(state: LookState, join: LookJoin, asker: Asker, now: Circumstances): Refusal | undefined {
  if (state.name !== 'open' || state.look.look !== join.look) return 'no-such-look';
  // Whoever opened it has its pictures; for another key of theirs they would have to be opened anew.
  if (join.operator === state.look.operator) return 'call-invalid';
  if (state.joined.length >= mostJoined && !state.joined.includes(join.operator)) return 'too-many-viewers';
  const { operator, operatorKey } = join;
  const verdict = allowed({ ...state.call, operator, operatorKey }, asker, now, wishIn(state));
  if (verdict.type === 'refused') return verdict.why;
  return verdict.mode === state.look.mode ? undefined : 'call-invalid';
}

function left(state: LookState, { look, operator, at }: Extract<LookEvent, { type: 'leave' }>): Step {
  if (state.name !== 'open' || state.look.look !== look || !state.joined.includes(operator)) return [state, []];
  return [
    { ...state, joined: state.joined.filter((one) => one !== operator) },
    [{ type: 'dismiss', look, operator }, line({ at, look, operator, what: 'left' })],
  ];
}

/** Whoever opened the look decides how it is shown, to all who see it, within what the plan has agreed to. */
function wished(before: LookState, { wish, signed, now }: Extract<LookEvent, { type: 'wish' }>): Step {
  const { look, operator, mode } = wish;
  const verdict = mayWish(before, wish, signed, now);
  const why = verdict.type === 'refused' ? verdict.why : undefined;
  const state = before.name === 'open' && signed === 'right' ? withWish(before, wish, why) : before;
  if (why || state.name !== 'open') {
    const refused = why ?? 'no-such-look';
    return [
      state,
      [
        line({ at: now.at, look, operator, what: 'mode-refused', mode, why: refused }),
        answer({ type: 'mode-refused', look, mode, why: refused }),
      ],
    ];
  }
  const { operatorKey } = state.call;
  const changed = answer({ type: 'mode-changed', look, operatorKey, mode });
  if (mode === state.look.mode) return [state, [changed]];
  const open: OpenLook = { ...state.look, mode };
  return [
    { ...state, look: open, wished: true },
    [line({ at: now.at, look, operator, what: 'mode-changed', mode }), { type: 'open-gate', look: open }, changed],
  ];
}

function mayWish(state: LookState, wish: LookWish, signed: WishSigned, now: Circumstances): May {
  const { look, operator, mode } = wish;
  if (state.name !== 'open' || state.look.look !== look) return { type: 'refused', why: 'no-such-look' };
  if (operator !== state.look.operator) return { type: 'refused', why: 'call-invalid' };
  if (signed === 'wrong') return { type: 'refused', why: 'console-proof-wrong' };
  const since = signed === 'right' ? sinceLast(state, wish) : undefined;
  if (since !== undefined && since < 0) return { type: 'refused', why: 'console-proof-wrong' };
  if (since === 0 && state.lastWish?.why) return { type: 'refused', why: state.lastWish.why };
  return allowed(state.call, state.asker, now, mode);
}

/** Milliseconds, by the console's clock alone; undefined where it is the first, or not signed. */
const sinceLast = ({ lastWish }: Open, { console: proof }: LookWish): number | undefined =>
  lastWish && proof && parseInstant(proof.at) - lastWish.at;

const withWish = (state: Open, wish: LookWish, why: Refusal | undefined): Open =>
  !wish.console || (sinceLast(state, wish) ?? 0) < 0
    ? state
    : { ...state, lastWish: { at: parseInstant(wish.console.at), ...(why && { why }) } };

const wishIn = (state: Open): Mode | undefined => (state.wished ? state.look.mode : undefined);

/**
 * The plan first: a console learns nothing of itself where nobody may look at all.
 * @param wish how it is to be shown, where that is not as the plan says first
 */
function allowed(call: LookCall, asker: Asker, now: Circumstances, wish?: Mode): May {
  const verdict = wish ? mayShowAs(wish, call, now) : may(call, now);
  const why = verdict.type === 'allowed' ? unwelcome(asker, now.plan?.consoles) : undefined;
  return why ? { type: 'refused', why } : verdict;
}

/** Written down with the look in which it was first seen: an operator whom somebody has made up stands in the unit's own log. */
function known(
  { look, operator }: Pick<LookCall, 'look' | 'operator'>,
  asker: Asker,
  at: Instant,
): readonly LookEffect[] {
  if (asker.by === 'first-sight')
    return [
      line({ at, look, operator, what: 'console-known', console: asker.fingerprint }),
      { type: 'know-console', operator, key: asker.key, at },
    ];
  if (asker.by !== 'confirmed' || !asker.fresh) return [];
  const { key, fingerprint: figures, confirmed } = asker.fresh;
  return [
    line({ at, look, operator, what: 'console-confirmed', console: figures, signer: confirmed.signer }),
    { type: 'know-console', operator, key, confirmed, at },
  ];
}

function shown(state: LookState, what: 'picture' | NoPicture): Step {
  if (state.name !== 'open' || state.told === what) return [state, []];
  const { look, operatorKey } = state.call;
  const said: LookAnswer =
    what === 'picture' ? { type: 'picture', look, operatorKey } : { type: 'no-picture', look, operatorKey, why: what };
  return [{ ...state, told: what }, [answer(said)]];
}

/** Said only where one camera is enough: otherwise it is nobody's matter but the operator's whether somebody is in the picture. */
function clientSeen(state: LookState, { look, now }: Extract<LookEvent, { type: 'client-seen' }>): Step {
  if (state.name !== 'open' || state.look.look !== look || state.seen || !oneIsEnough(state, now)) return [state, []];
  const { operatorKey } = state.call;
  return [{ ...state, seen: true }, [answer({ type: 'client-seen', look, operatorKey })]];
}

/** Shut by this unit's own plan alone, whoever says it; a camera that shows somebody itself goes on. */
function seenElsewhere(state: LookState, event: Extract<LookEvent, { type: 'seen-elsewhere' }>): Step {
  const { look, operatorKey, now } = event;
  if (state.name !== 'open' || state.look.look !== look || state.seen) return [state, []];
  if ((operatorKey ?? state.call.operatorKey) !== state.call.operatorKey) return [state, []];
  return oneIsEnough(state, now) ? end(state, 'seen-elsewhere', now.at) : [state, []];
}

/** At an agreed time; at an alarm every camera is looked through. */
const oneIsEnough = ({ call }: Open, { plan }: Circumstances): boolean =>
  call.reason.type === 'window' && plan !== undefined && stopsWhenSeen(plan);

function ticked(state: Open, at: Instant): Step {
  if (at >= state.look.until) return end(state, state.endsBy, at);
  if (at < state.latest - correction) return end(state, 'time-up', at);
  return [at > state.latest ? { ...state, latest: at } : state, []];
}

/** A look goes on under a new plan only if that plan would have opened it just so; it never gets longer. */
function replanned(state: Open, now: Circumstances): Step {
  const verdict = allowed(state.call, state.asker, now, wishIn(state));
  if (verdict.type === 'refused') return end(state, endFor(verdict.why), now.at);
  if (verdict.mode !== state.look.mode) return end(state, 'plan-changed', now.at);
  if (verdict.until >= state.look.until) return [state, []];
  const look = { ...state.look, until: verdict.until };
  return [{ ...state, look, endsBy: verdict.endsBy }, [{ type: 'open-gate', look }, answer(opened(look, state.call))]];
}

const endFor = (why: Refusal): LookEnd => HaltWord.safeParse(why).data ?? 'plan-changed';

function end(state: Open, why: LookEnd, at: Instant, alsoEnded: readonly Ended[] = []): Step {
  const { look, operator } = state.look;
  const { operatorKey } = state.call;
  const ended = [...state.ended, { look, operatorKey }, ...alsoEnded];
  return [
    { name: 'closed', ended: ended.slice(-remembered) },
    [
      { type: 'shut-gate' },
      line({ at, look, operator, what: 'ended', why }),
      answer({ type: 'ended', look, operatorKey, why }),
    ],
  ];
}

function refusal(call: LookCall, { why }: Extract<May, { type: 'refused' }>, at: Instant): readonly LookEffect[] {
  const { look, operator, operatorKey, reason } = call;
  return [
    line({ at, look, operator, what: 'refused', reason, why }),
    answer({ type: 'refused', look, operatorKey, why }),
  ];
}

const opened = ({ look, mode, until }: OpenLook, { operatorKey }: LookCall): LookAnswer => ({
  type: 'opened',
  look,
  operatorKey,
  mode,
  until: printInstant(until),
});
const line = (one: AccessLine): LookEffect => ({ type: 'write-access-line', line: one });
const answer = (one: LookAnswer): LookEffect => ({ type: 'answer', answer: one });
