/** What was written last in this browser, for the next client: the action card, the folder, who decides, when somebody goes there. No person. */
import type { CardDraft, Draft, Remembered } from './draft.ts';

const shelf = 'nattfrid.client-form';

export function recall(): Remembered {
  try {
    const { card, ...rest } = JSON.parse(localStorage.getItem(shelf) ?? '{}') as Remembered;
    return { ...rest, ...(card && hasSteps(card) && { card }) };
  } catch {
    return {};
  }
}

export function remember({ plan, consent, decision }: Draft): void {
  const kept: Remembered = {
    // What to think of is about this home.
    card: { ...plan.card, words: '' },
    folderVersion: consent.folderVersion,
    by: decision.by,
    physicalTimes: plan.physicalTimes,
  };
  localStorage.setItem(shelf, JSON.stringify(kept));
}

/** One that an older console has kept has minutes, and no steps. */
const hasSteps = ({ steps }: Partial<CardDraft>): boolean =>
  Array.isArray(steps) && steps.length > 0 && steps.every(({ within }) => typeof within === 'string');
