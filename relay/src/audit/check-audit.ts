/** The command `check-audit`: the whole chain, and the newest head that was kept of it. */
import { openToRead } from '../store/database.ts';
import { nothingChecked } from './check.ts';
import { against } from './head.ts';
import type { Kept } from './head-files.ts';
import { walkChain } from './walk.ts';

export interface Verdict {
  readonly whole: boolean;
  /** For people, one or several lines. */
  readonly words: string;
}

/** @param kept what to compare with; undefined: nothing was kept. @throws Fault where there is no such database */
export async function checkAudit(database: string, kept: Kept | undefined): Promise<Verdict> {
  const db = openToRead(database);
  try {
    let found: string | undefined;
    const log = await walkChain(db, nothingChecked, (line) => {
      if (line.number === kept?.head.lines) found = line.hash;
    });
    if (log.type === 'broken') return { whole: false, words: brokenWords[log.why](log.at) };
    const whole = `The audit log is whole: ${log.lines} lines, head ${log.head}.`;
    if (!kept) return { whole: true, words: `${whole}\n${nothingKept}` };
    const { at, lines } = kept.head;
    const seen = `the head of ${at} (${kept.file})`;
    switch (against(kept.head, found, log)) {
      case 'same':
        return { whole: true, words: `${whole}\nIt goes on from ${seen}: ${lines} lines.` };
      case 'cut-off':
        return {
          whole: false,
          words: `Line ${log.lines + 1} is missing, and all after it: the log ends at line ${log.lines}, and ${seen} saw ${lines}. It was cut off, or a backup was restored.`,
        };
      case 'recomputed':
        return {
          whole: false,
          words: `Line ${lines} is another than ${seen} saw: it, or a line before it, was changed and the chain computed anew, or a backup was restored.`,
        };
    }
  } finally {
    await db.destroy();
  }
}

const brokenWords = {
  missing: (at: number) => `Line ${at} is missing: the next line has another number.`,
  changed: (at: number) => `Line ${at} does not fit: it was changed, or the line before it was.`,
} as const;

const nothingKept =
  'There is no head file to compare with: an end that was cut off, or a chain that was computed anew, would not be found. Set auditHeadFolder and auditKey.';
