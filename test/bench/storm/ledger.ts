/** What units have said, and what the relay's database holds; times are of a clock that never steps, in milliseconds. */
import { openToRead } from '@nattfrid/relay/store/database';
import { elapsed } from '@nattfrid/shared/time/clock';

export interface Ledger {
  /** A unit's line. */
  heard(unit: string, line: string): void;
  /** It is down, and will be for longer than a silence takes. */
  fellSilent(unit: string): void;
  /** Reads the relay's database: which silences have been told by now. */
  look(database: string): Promise<void>;
  readonly raised: ReadonlySet<string>;
  readonly acknowledged: ReadonlySet<string>;
  readonly silences: readonly Silence[];
  /** How long each alarm waited, from the unit's disk to the relay's acknowledgement. */
  readonly waits: readonly number[];
  /** The relay was killed, or its disk was full, while a silence was open. */
  hindered(): void;
  /** Alarms of silence that the relay has, of whatever unit. */
  readonly silent: ReadonlySet<string>;
}

export interface Silence {
  readonly unit: string;
  readonly since: number;
  /** Undefined: not yet. */
  told: number | undefined;
  /** The relay was killed, or could not save, before it was told. */
  hindered: boolean;
}

/** An alarm as the relay has it. */
export interface Row {
  readonly alarm: string;
  readonly unit: string;
  readonly kind: string;
}

export function openLedger(): Ledger {
  const [raised, acknowledged, silent] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const silences: Silence[] = [];
  const raisedAt = new Map<string, number>();
  const waits: number[] = [];
  return {
    waits,
    hindered() {
      for (const one of silences) if (one.told === undefined) one.hindered = true;
    },
    raised,
    acknowledged,
    silences,
    silent,
    heard(_unit, line) {
      const [what, alarm = ''] = line.split(' ');
      if (what === 'raised') raised.add(alarm);
      if (what === 'raised' && !raisedAt.has(alarm)) raisedAt.set(alarm, elapsed());
      if (what === 'acknowledged' && !acknowledged.has(alarm)) {
        acknowledged.add(alarm);
        waits.push(elapsed() - (raisedAt.get(alarm) ?? elapsed()));
      }
    },
    fellSilent: (unit) => void silences.push({ unit, since: elapsed(), told: undefined, hindered: false }),
    async look(database) {
      const now = elapsed();
      for (const { alarm, unit, kind } of await alarmsIn(database).catch(() => [])) {
        if (kind !== 'unit-silent' || silent.has(alarm)) continue;
        silent.add(alarm);
        const open = silences.find((one) => one.unit === unit && one.told === undefined);
        if (open) open.told = now;
      }
    },
  };
}

/** Every alarm that the relay holds, those that were closed too. */
export async function alarmsIn(database: string): Promise<readonly Row[]> {
  const db = openToRead(database);
  try {
    const rows = await db.selectFrom('alarms').select(['alarm', 'unit', 'body']).execute();
    return rows.map(({ alarm, unit, body }) => ({ alarm, unit, kind: /"kind":"([a-z-]+)"/.exec(body)?.[1] ?? '' }));
  } finally {
    await db.destroy();
  }
}
