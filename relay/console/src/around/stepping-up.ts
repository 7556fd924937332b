/** Asks whoever is signed in to show more surely who they are, in one dialog. */
import { Assurance } from '@nattfrid/shared/desk/assurance';
import type { Fault } from '@nattfrid/shared/fault/fault';
import { type SteppedUp, type StepUpEvent, type StepUpState, stepUp } from '../state/step-up.ts';
import { openStore, type Store } from '../state/store.ts';

export interface SteppingUp {
  readonly store: Store<StepUpState, StepUpEvent>;
  /** @param anyway whether what was refused has a way of going on without */
  ask(fault: Fault, anyway?: boolean): Promise<SteppedUp>;
}

export function openSteppingUp(): SteppingUp {
  const waiting = new Set<(how: SteppedUp) => void>();
  const store = openStore(stepUp, ({ how }) => {
    const told = [...waiting];
    waiting.clear();
    for (const tell of told) tell(how);
  });
  return {
    store,
    ask: ({ fields }, anyway = false) =>
      new Promise((resolve) => {
        waiting.add(resolve);
        const needs = Assurance.catch(2).parse(fields['needs']);
        store.send({ type: 'needed', needs, anyway: anyway && fields['anyway'] === true });
      }),
  };
}
