/** Asks whoever is signed in to show more surely who they are, and lets what was refused go on where it was. */
import { Assurance } from '@nattfrid/shared/desk/assurance';
import { asFault, type Fault } from '@nattfrid/shared/fault/fault';
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

export const isUnsure = (error: unknown): error is Fault => asFault(error).code === 'assurance-low';

/**
 * Does it; where it needs more, asks for that and does it once more with the same input.
 *
 * @param anyway the input by which it is asked for all the same, because of an alarm
 * @throws as `act`; the first refusal where the person has shown no more
 */
export async function surely<Input, Output>(
  stepping: Pick<SteppingUp, 'ask'>,
  act: (input: Input) => Promise<Output>,
  input: Input,
  anyway?: (input: Input) => Input,
): Promise<Output> {
  try {
    return await act(input);
  } catch (error) {
    if (!isUnsure(error)) throw error;
    const how = await stepping.ask(asFault(error), anyway !== undefined);
    if (how === 'no') throw error;
    return act(how === 'anyway' && anyway ? anyway(input) : input);
  }
}
