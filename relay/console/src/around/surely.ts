/** What was refused because it was not sure enough who asks: it goes on where it was, once that has been shown. */
import { asFault, type Fault } from '@nattfrid/shared/fault/fault';
import type { SteppedUp } from '../state/step-up.ts';

export const isUnsure = (error: unknown): error is Fault => asFault(error).code === 'assurance-low';

/**
 * Does it; where it needs more, asks for that and does it once more with the same input.
 *
 * @param anyway the input by which it is asked for all the same, because of an alarm
 * @throws as `act`; the first refusal where the person has shown no more
 */
export async function surely<Input, Output>(
  stepping: { readonly ask: (fault: Fault, anyway: boolean) => Promise<SteppedUp> },
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
