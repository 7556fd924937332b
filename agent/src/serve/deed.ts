/** Pure. What a technician can ask of a unit, as deeds: one for each call that this unit knows, each of which answers with one word. */
import type { ServiceAnswer, ServiceCall, ServiceCallType, WhyNotServed } from '@nattfrid/shared/wire/service-call';

type WithoutCall<Answer> = Answer extends unknown ? Omit<Answer, 'call'> : never;
/** As a deed gives it: whose call it answers is added by whoever called it. */
export type Answer = WithoutCall<ServiceAnswer>;
export type CallOf<Type extends ServiceCallType> = Extract<ServiceCall, { type: Type }>;

/** @param tell of a deed that takes its time, or answers in parts: said before the last word */
export type Deed<Type extends ServiceCallType> = (
  call: CallOf<Type>,
  tell: (answer: Answer) => void,
) => Promise<Answer> | Answer;

/** A call that is not in it is refused with `not-known`. */
export type Deeds = { readonly [Type in ServiceCallType]?: Deed<Type> };

export const refused = (why: WhyNotServed): Answer => ({ type: 'refused', why });
