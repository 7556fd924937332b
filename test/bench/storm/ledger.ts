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
  /** The relay has been started again, or its disk has room again: what it counts, it counts from here. */
  free(): void;
  /** Silences that began where the unit stood as silent already: it ran, and its link was not back yet. */
  readonly stood: number;
  /** The unit runs again: what has not been told of its silence will not be. */
  back(unit: string): void;
  /** Alarms of silence that the relay has, of whatever unit. */
  readonly silent: ReadonlySet<string>;
}

export interface Silence {
  readonly unit: string;
  readonly since: number;
  /** Undefined: not yet. */
  told: number | undefined;
  /** The relay could count and save from then on, until it was told or the unit was back. */
  free: number;
  /** The unit is back since. */
  back: number | undefined;
}

/** An alarm as the relay has it. */
export interface Row {
  readonly alarm: string;
  readonly unit: string;
  readonly kind: string;
  readonly isOver: boolean;
}

export function openLedger(): Ledger {
  const [raised, acknowledged, silent] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const silences: Silence[] = [];
  const raisedAt = new Map<string, number>();
  let standing: ReadonlySet<string> = new Set();
  let stood = 0;
  const waits: number[] = [];
  return {
    waits,
    free() {
      for (const one of silences.filter(isOpen)) one.free = elapsed();
    },
    back(unit) {
      for (const one of silences.filter(isOpen)) if (one.unit === unit) one.back = elapsed();
    },
    raised,
    acknowledged,
    silences,
    silent,
    get stood() {
      return stood;
    },
    heard(_unit, line) {
      const [what, alarm = ''] = line.split(' ');
      if (what === 'raised') raised.add(alarm);
      if (what === 'raised' && !raisedAt.has(alarm)) raisedAt.set(alarm, elapsed());
      if (what === 'acknowledged' && !acknowledged.has(alarm)) {
        acknowledged.add(alarm);
        waits.push(elapsed() - (raisedAt.get(alarm) ?? elapsed()));
      }
    },
    fellSilent(unit) {
      const since = elapsed();
      // Somebody knows of it already, and is told no second time.
      if (standing.has(unit)) {
        stood++;
        return;
      }
      silences.push({ unit, since, told: undefined, free: since, back: undefined });
    },
    async look(database) {
      const now = elapsed();
      const rows = await alarmsIn(database).catch(() => []);
      standing = new Set(rows.filter(({ kind, isOver }) => kind === 'unit-silent' && !isOver).map(({ unit }) => unit));
      for (const { alarm, unit, kind } of rows) {
        if (kind !== 'unit-silent' || silent.has(alarm)) continue;
        silent.add(alarm);
        const open = silences.find((one) => one.unit === unit && isOpen(one));
        if (open) open.told = now;
      }
    },
  };
}

const isOpen = ({ told, back }: Silence): boolean => told === undefined && back === undefined;

/** Every alarm that the relay holds: those that were closed, and those behind the card of another, too. */
export async function alarmsIn(database: string): Promise<readonly Row[]> {
  const db = openToRead(database);
  try {
    // Of a storm most stand behind the card of another, and are kept like any other.
    const cards = await db.selectFrom('alarms').select(['alarm', 'unit', 'body']).execute();
    const rows = [...cards, ...(await db.selectFrom('held_alarms').select(['alarm', 'unit', 'body']).execute())];
    return rows.map(({ alarm, unit, body }) => ({
      alarm,
      unit,
      kind: /"kind":"([a-z-]+)"/.exec(body)?.[1] ?? '',
      isOver: body.includes('"endedAt"'),
    }));
  } finally {
    await db.destroy();
  }
}
