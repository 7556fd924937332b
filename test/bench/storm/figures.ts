/** Prints what came of a storm. */
import type { AuditCheck } from '@nattfrid/relay/audit/check';
import type { Ledger, Row } from './ledger.ts';

export interface StormFigures {
  readonly ledger: Ledger;
  /** What the relay's database holds in the end. */
  readonly there: readonly Row[];
  readonly audit: AuditCheck;
  readonly kills: { readonly relay: number; readonly unit: number };
  /** Milliseconds: of the relay until a unit is connected, of units until they are, of units that run without the relay. */
  readonly recoveries: Readonly<Record<'relay' | 'unit' | 'link', readonly number[]>>;
  readonly lastedFor: number;
  readonly settled: number;
  /** The relay was killed, or was starting. */
  readonly away: number;
  readonly allEmpty: boolean;
  /** How often the relay ended by itself. */
  readonly ended: number;
  /** Seconds within which a silence is to be told. */
  readonly promised: number;
}

export const inSeconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
const longest = (times: readonly number[]): string => inSeconds(Math.max(0, ...times.filter(Number.isFinite)));

export function tellFigures(of: StormFigures): void {
  tellAlarms(of);
  tellSilences(of);
  const { recoveries, ledger, settled, ended, audit } = of;
  say('longest to recover, other kills in between counted in');
  row('  relay, from its kill until a unit is connected', longest(recoveries.relay));
  row('  unit, from its start until it is connected', longest(recoveries.unit));
  row('  unit that runs, without the relay', longest(recoveries.link));
  row("  alarm, from the unit's disk to its acknowledgement", longest(ledger.waits));
  row('  after the last kill, until all outboxes are empty', inSeconds(settled));
  row('relay ended by itself, and was started again', `${ended} times`);
  row('audit chain', `${audit.type}, ${audit.lines} lines`);
}

function tellAlarms({ ledger, there, kills, lastedFor, away, allEmpty }: StormFigures): void {
  const own = there.filter(({ kind }) => kind !== 'unit-silent').map(({ alarm }) => alarm);
  const known = new Set(own);
  const { acknowledged, raised } = ledger;
  const missing = (alarms: ReadonlySet<string>) => [...alarms].filter((alarm) => !known.has(alarm)).length;
  row('kills', `${kills.relay} of the relay, ${kills.unit} of units, in ${inSeconds(lastedFor)}`);
  row('relay was down or starting', inSeconds(away));
  row('alarms raised', String(raised.size));
  row('alarms acknowledged', String(acknowledged.size));
  row('  lost', String(missing(acknowledged)));
  row("  doubled, or nobody's", String(own.length - known.size + own.filter((alarm) => !raised.has(alarm)).length));
  row('raised and not at the relay', `${missing(raised)}${allEmpty ? '' : ' (not all outboxes were empty)'}`);
}

/** «Free»: the relay ran and could save. It counts silence anew from each of its starts, and cannot save while its disk is full. */
function tellSilences({ ledger: { silences, silent, stood }, promised }: StormFigures): void {
  const waits = silences.flatMap(({ since, told }) => (told === undefined ? [] : [told - since]));
  const fromFree = silences.flatMap(({ free, told }) => (told === undefined ? [] : [told - free]));
  const inTime = (times: readonly number[]) => times.filter((time) => time <= promised * 1000).length;
  const untold = silences.filter(({ told }) => told === undefined);
  const freeAllTheWhile = untold.filter(({ free, back }) => (back ?? 0) - free > promised * 1000);
  row('silences', `${silences.length}, and ${stood} of units that stood as silent already`);
  row(`  told within ${promised} s of the silence`, `${inTime(waits)}; slowest ${longest(waits)}`);
  row(`  told within ${promised} s of when the relay was free`, `${inTime(fromFree)}; slowest ${longest(fromFree)}`);
  row(
    '  unit was back before it was told',
    `${untold.length}; of these the relay was free so long: ${freeAllTheWhile.length}`,
  );
  row('silences of units that ran', `${silent.size - waits.length} (links' waits are not made faster)`);
}

const say = (line: string): void => console.log(line);
const row = (name: string, value: string): void => say(`${name.padEnd(58)}${value}`);
