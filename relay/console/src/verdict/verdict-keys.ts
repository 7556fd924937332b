/** Pure. The keys of the verdicts, of going on and of taking back: the one that says «all well» lies far from every other. */
import type { Verdict } from '@nattfrid/shared/domain/look';

/** In the order of the screen. */
export const verdictOrder = ['all-well', 'not-seen', 'help-needed'] as const satisfies readonly Verdict[];

/** As the browser names them, in small letters. A for «allt väl» and «all well», H for «hjälp» and «help», I for what is not to be seen. */
export const verdictKeys = { 'all-well': 'a', 'not-seen': 'i', 'help-needed': 'h' } as const satisfies Record<
  Verdict,
  string
>;

/** Opens what is next, and goes on to it. */
export const onKey = ' ';
/** Says yes to what is asked once more. */
export const yesKey = 'enter';
/** Leaves a question, and takes back a verdict that is still held. */
export const backKey = 'escape';

/** @param key in small letters, as the browser names it @returns undefined for a key that is no verdict's */
export const verdictOf = (key: string): Verdict | undefined =>
  verdictOrder.find((verdict) => verdictKeys[verdict] === key);
