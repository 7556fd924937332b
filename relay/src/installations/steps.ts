/** Pure. How each step of an installation stands: done, waiting, or with a cause; out of what the unit says and what people have done. */
import { InstallStep, type StepView } from '@nattfrid/shared/desk/work-order-view';
import type { CheckName } from '@nattfrid/shared/domain/check';
import { seconds } from '@nattfrid/shared/time/duration';
import { type Instant, parseInstant, printInstant } from '@nattfrid/shared/time/instant';
import { type Installation, toldWithin } from '../record/installation.ts';

/** What is known beside the installation itself: of the room and of the plan, as the relay keeps them. */
export interface Around {
  readonly now: Instant;
  readonly room:
    | { readonly name: 'in-use'; readonly at: Instant; readonly by: string }
    | { readonly name: 'on-its-way' | 'waits-for-second' | 'refused' | 'proposed' | 'none'; readonly at: Instant };
  readonly plan:
    | { readonly name: 'taken'; readonly at: Instant }
    | { readonly name: 'no-consent' | 'not-signed' | 'on-its-way' | 'refused' | 'stopped'; readonly at: Instant };
}

type State = Pick<StepView, 'state' | 'check' | 'why' | 'by' | 'figures'> & { readonly at: Instant };

/** An answer that has not come by then does not come: it is asked anew. */
const answersWithin = seconds(120);

/** In the order in which they stand on the telephone. */
export const stepsOf = (one: Installation, around: Around): readonly StepView[] =>
  InstallStep.options
    .filter((step) => (step === 'wipe') === (one.facts.kind === 'return'))
    .map((step) => {
      const { at, ...state } = stateOf(one, step, around);
      return { step, ...state, since: printInstant(at) };
    });

/** Which are not done. */
export const lackingSteps = (steps: readonly StepView[]): readonly InstallStep[] =>
  steps.filter(({ state }) => state !== 'done').map(({ step }) => step);

const checkOf: Partial<Readonly<Record<InstallStep, CheckName>>> = {
  power: 'power',
  signal: 'signal',
  time: 'time',
  camera: 'camera',
  infrared: 'infrared',
  view: 'view',
};

function stateOf(one: Installation, step: InstallStep, around: Around): State {
  const { facts } = one;
  switch (step) {
    case 'pair':
      return { state: 'done', at: facts.pairedAt, by: facts.pairedBy };
    case 'room':
      return roomState(one, around);
    case 'plan':
      return around.plan.name === 'taken'
        ? { state: 'done', at: around.plan.at }
        : { state: around.plan.name === 'on-its-way' ? 'waits' : 'fault', why: around.plan.name, at: around.plan.at };
    case 'sign':
      return one.sign ? { state: 'done', at: one.sign.at, by: one.sign.by } : { state: 'to-do', at: facts.pairedAt };
    case 'test-look':
      return withRefusal(one, step, around, lookState(one));
    case 'test-fall':
      return withRefusal(one, step, around, fallState(one));
    case 'power-cut':
      return cutState(one, around);
    case 'power':
    case 'signal':
    case 'time':
    case 'camera':
    case 'infrared':
    case 'view':
      return withRefusal(one, step, around, checkState(one, checkOf[step]));
    case 'wipe':
      return one.wiped
        ? { state: 'done', at: parseInstant(one.wiped.at), by: one.wiped.by }
        : withRefusal(one, step, around, { state: 'to-do', at: facts.pairedAt });
  }
}

function checkState({ checks, facts }: Installation, name: CheckName | undefined): State {
  const known = name && checks[name];
  if (!known) return { state: 'to-do', at: facts.pairedAt };
  const { check, at } = known;
  switch (check.state) {
    case 'well':
    case 'advice':
      return { state: 'done', check, at };
    case 'fault':
      return { state: 'fault', check, at };
    case 'unknown':
      return { state: 'to-do', check, at };
  }
}

/** What was asked of the unit is waited for; what it would not do is said, unless it has been done since. */
function withRefusal(one: Installation, step: InstallStep, { now }: Around, state: State): State {
  const asked = one.asked[step];
  if (asked && now - asked.at < answersWithin) return { ...state, state: 'waits', at: asked.at };
  if (asked && state.state !== 'done') return { ...state, state: 'fault', why: 'no-answer', at: asked.at };
  const { refused } = one;
  if (refused?.step === step && state.state !== 'done')
    return { ...state, state: 'fault', why: refused.why, at: refused.at };
  return state;
}

function roomState({ facts }: Installation, { room }: Around): State {
  switch (room.name) {
    case 'in-use':
      return { state: 'done', at: room.at, by: room.by };
    case 'proposed':
      return { state: 'to-do', why: room.name, at: room.at };
    case 'none':
      return { state: 'waits', why: room.name, at: facts.pairedAt };
    case 'on-its-way':
    case 'waits-for-second':
      return { state: 'waits', why: room.name, at: room.at };
    case 'refused':
      return { state: 'fault', why: room.name, at: room.at };
  }
}

const hasSeen = ({ proofs }: Installation, proof: string) => proofs.find((one) => one.proof === proof);

function lookState(one: Installation): State {
  const { look, facts } = one;
  const seen = hasSeen(one, 'test-look');
  const by = look?.by === undefined ? {} : { by: look.by };
  if (seen && look?.pictureAt !== undefined)
    return {
      state: 'done',
      at: seen.at,
      ...by,
      figures: { seconds: Math.round((look.pictureAt - look.askedAt) / 1000) },
    };
  if (!look) return { state: 'to-do', at: facts.pairedAt };
  if (look.failed !== undefined) return { state: 'fault', why: look.failed, at: look.at, ...by };
  if (look.pictureAt !== undefined) return { state: 'waits', why: 'look-to-end', at: look.at, ...by };
  return { state: 'waits', why: look.by === undefined ? 'colleague' : 'picture', at: look.at, ...by };
}

function fallState(one: Installation): State {
  const { fall, facts } = one;
  const seen = hasSeen(one, 'test-fall');
  const by = fall?.takenBy === undefined ? {} : { by: fall.takenBy };
  if (seen && fall?.takenAt !== undefined && fall.reachedAt !== undefined)
    return {
      state: 'done',
      at: seen.at,
      ...by,
      figures: { seconds: Math.round((fall.reachedAt - fall.askedAt) / 1000) },
    };
  if (!fall || (fall.alarm === undefined && !one.asked['test-fall'])) return { state: 'to-do', at: facts.pairedAt };
  if (fall.takenAt !== undefined) return { state: 'waits', why: 'unit-to-hear', at: fall.takenAt, ...by };
  return { state: 'waits', why: fall.reachedAt === undefined ? 'fall-on-its-way' : 'colleague-fall', at: fall.askedAt };
}

function cutState(one: Installation, { now }: Around): State {
  const { cut, facts } = one;
  if (!cut) return { state: 'to-do', at: facts.pairedAt };
  const { saidAt, toldAt, backAt, by } = cut;
  const figures = toldAt === undefined ? {} : { figures: { toldAfterSeconds: Math.round((toldAt - saidAt) / 1000) } };
  const isLate = (toldAt ?? now) - saidAt > toldWithin;
  const seen = hasSeen(one, 'power-cut');
  if (isLate)
    return { state: 'fault', why: toldAt === undefined ? 'not-told' : 'told-late', at: saidAt, by, ...figures };
  if (toldAt === undefined) {
    // It came back before anybody noticed: nothing has been tried.
    if (seen && seen.at >= saidAt) return { state: 'fault', why: 'too-short', at: seen.at, by };
    return { state: 'waits', why: 'pull-the-plug', at: saidAt, by };
  }
  if (backAt === undefined) return { state: 'waits', why: 'put-it-back', at: toldAt, by, ...figures };
  if (!seen) return { state: 'waits', why: 'unit-to-say', at: backAt, by, ...figures };
  return { state: 'done', at: backAt, by, ...figures };
}
