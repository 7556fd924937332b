/**
 * Who may reach what, as it is now: whose each unit and person is, and the agreements, remembered so that each event of the live stream
 * can be asked about at once. Read anew after each change, once a second, and when another process has written.
 */
import type { Agreement } from '@nattfrid/shared/desk/agreement';
import { isTraining, type Organisation, trainingOf } from '@nattfrid/shared/desk/organisation';
import type { Action } from '@nattfrid/shared/desk/permissions';
import { Role } from '@nattfrid/shared/desk/role';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Instant } from '@nattfrid/shared/time/instant';
import { aliasOf } from '../operators/alias.ts';
import { allAgreements } from '../store/agreements-table.ts';
import type { Store } from '../store/database.ts';
import { fromMemory } from '../store/from-memory.ts';
import { allOperators } from '../store/operators-table.ts';
import { unitOrganisations } from '../store/units-table.ts';
import { isInForce, isInHours, type Reacher, reaches, type Thing } from './reach.ts';

export interface ReachNow {
  /** Reads it anew. */
  refresh(): Promise<void>;
  /** Another one where somebody may now see more or less than before. */
  readonly holding: string;
  /** Whose it is; undefined: there never was such a unit. */
  unit(unit: string): Organisation | undefined;
  /** By the id of a person; undefined: nobody, or gone. */
  person(id: string): (Reacher & { readonly role: Role }) | undefined;
  /** By how units call an operator. */
  alias(alias: string): Organisation | undefined;
  may(who: Reacher, action: Action, thing: Thing): boolean;
  /** Whether these people have to do with that organisation's clients at all: their own, or by any agreement, at whatever hour. */
  agrees(who: Organisation, whose: Organisation): boolean;
}

interface Known {
  readonly units: ReadonlyMap<string, Organisation>;
  readonly people: ReadonlyMap<string, Reacher & { readonly role: Role }>;
  readonly aliases: ReadonlyMap<string, Organisation>;
  readonly agreements: readonly Agreement[];
}

const nothing: Known = { units: new Map(), people: new Map(), aliases: new Map(), agreements: [] };

export function openReach({
  store,
  clock,
  secret,
  showsTraining,
}: {
  readonly store: Store;
  readonly clock: Clock;
  readonly secret: string;
  /** Whether training homes stand on this person's desk now. */
  readonly showsTraining: (person: string) => boolean;
}): ReachNow {
  let known = nothing;
  let holding = '';
  const aliases = new Map<string, string>();
  const alias = (id: string) => {
    const made = aliases.get(id) ?? aliasOf(id, secret);
    aliases.set(id, made);
    return made;
  };
  const read = fromMemory(() =>
    store.read(async (db) => ({
      units: await unitOrganisations(db),
      people: await allOperators(db),
      agreements: await allAgreements(db),
    })),
  );
  return {
    async refresh() {
      const { units, people, agreements } = await read();
      known = {
        units,
        people: new Map(people.map(({ id, organisation, role }) => [id, { id, organisation, role: Role.parse(role) }])),
        aliases: new Map(people.map(({ id, organisation }) => [alias(id), organisation])),
        agreements,
      };
      holding = holdingNow(agreements, clock.now());
    },
    get holding() {
      return holding;
    },
    unit: (unit) => known.units.get(unit),
    person: (id) => known.people.get(id),
    alias: (named) => known.aliases.get(named),
    agrees: (who, whose) =>
      who === whose ||
      known.agreements.some((one) => one.operator === who && one.municipality === whose && isInForce(one, clock.now())),
    may: (who, action, thing) =>
      isTraining(thing.organisation)
        ? thing.organisation === trainingOf(who.organisation) && showsTraining(who.id)
        : reaches(who, action, thing, known.agreements, clock.now()),
  };
}

/** Which agreements hold, and whether their hours have come: as long as it is the same, nobody sees anything else. */
const holdingNow = (agreements: readonly Agreement[], now: Instant): string =>
  agreements
    .filter((one) => isInForce(one, now))
    .map((one) => `${one.agreement} ${isInHours(one, now)}`)
    .join();
