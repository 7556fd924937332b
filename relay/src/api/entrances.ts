/** Who may open which socket, asked before it is one. */

import { LookId, UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { longestMessage } from '@nattfrid/shared/wire/envelope';
import { longestPicture } from '@nattfrid/shared/wire/picture';
import { sockets } from '@nattfrid/shared/wire/sockets';
import type { Audit } from '../audit/audit.ts';
import type { Refusals } from '../audit/refusals.ts';
import { locked } from '../computers/computers.ts';
import { openSlowDown, waitAfterWrong } from '../limit/slow-down.ts';
import type { Broker } from '../mqtt/broker.ts';
import type { Asking, MaySend, MayView } from '../nodes/core.ts';
import type { Operators, Present } from '../operators/operators.ts';
import { bellOf } from '../organisations/bell.ts';
import type { Pass } from '../pass/pass.ts';
import { openStandby } from '../pass/standby.ts';
import type { Entrance } from '../socket/door.ts';
import type { Units } from '../units/units.ts';
import { goLive, type LiveParts } from './live.ts';
import { isOurOwn } from './origin.ts';

export interface AdmitParts {
  readonly operators: Pick<Operators, 'who'>;
  readonly units: Pick<Units, 'credential'>;
  readonly audit: Audit;
  readonly refusals: Refusals;
  readonly pass: Pick<Pass, 'operatorMay' | 'unitMay' | 'wasRefused' | 'yes'>;
  readonly publicOrigin: string | undefined;
  readonly isLocked: (session: string) => boolean;
  /** A unit would send pictures of a look that is over: it has not been told. */
  readonly closeAgain: (look: LookId, unit: UnitId) => Promise<void>;
}

interface EntranceParts extends AdmitParts {
  readonly pass: Pass;
  readonly broker: Broker;
  readonly live: LiveParts;
}

export function entrances(parts: EntranceParts): Readonly<Record<string, Entrance>> {
  return {
    [sockets.live]: live(parts),
    [sockets.viewer]: viewer(parts),
    [sockets.unit]: unit(parts, parts.live.clock),
    [sockets.mqtt]: {
      // Several packets may come in one message; how long each may be is watched by the broker.
      longest: 4 * longestMessage,
      protocol: 'mqtt',
      speaks: true,
      admit: async ({ address }) => ({
        welcome: (socket, shows) => parts.broker.attach(socket.wire(), address, shows),
      }),
    },
  };
}

const live = (parts: EntranceParts): Entrance => ({
  longest: 1024,
  deflates: true,
  async admit(knock) {
    const who = await signedIn(parts, knock);
    if (who instanceof Fault) return who;
    const brief = knock.query.get('units') === 'brief';
    if (!parts.isLocked(who.session))
      return { guest: guestOf(who), welcome: (socket) => goLive(parts.live, socket, who, brief) };
    const bell = { ...parts.live, seen: bellOf(parts.live.seen) };
    return { guest: { ...guestOf(who), bell: true }, welcome: (socket) => goLive(bell, socket, who) };
  },
});

const viewer = (parts: EntranceParts): Entrance => ({
  longest: 1024,
  async admit(knock) {
    const may = await admitViewer(parts, knock);
    if (may instanceof Fault) return may;
    const { guest, look, operator } = may;
    return { guest, welcome: (socket) => parts.pass.viewer(look, operator, socket) };
  },
});

/**
 * May somebody see the pictures of a look? Written before it is answered, either way. Whoever has asked for a look may knock before its unit
 * has answered, so that the first picture waits for no handshake: nothing is written or answered until the unit has said yes.
 */
export async function admitViewer(parts: AdmitParts, knock: Asking): Promise<MayView | Fault> {
  const { pass, audit } = parts;
  const early = await mayView(parts, knock);
  if (early instanceof Fault) return early;
  if (!(await pass.yes(early.look))) return notAllowedIn();
  // Signed out, locked or put out while the unit was asked.
  const may = await mayView(parts, knock);
  if (may instanceof Fault) return may;
  const { look, who } = may;
  await audit.write(who.name, 'pictures-viewed', look, { operator: who.id });
  return { type: 'view', guest: { ...guestOf(who), look }, look, operator: who.id };
}

async function mayView(
  parts: AdmitParts,
  knock: Asking,
): Promise<{ readonly who: Present; readonly look: LookId } | Fault> {
  const { pass, refusals } = parts;
  const who = await signedIn(parts, knock);
  if (who instanceof Fault) return who;
  if (parts.isLocked(who.session)) {
    const details = { why: 'locked', operator: who.id };
    await refusals.write({ who: who.name, counted: who.id, what: 'pictures-denied', subject: 'pictures', details });
    return locked();
  }
  const look = lookOf(knock);
  if (look instanceof Fault) return look;
  // The look's own refusal stands in the log: whose screen comes right after it has tried nothing else.
  if (pass.wasRefused(look, who.id)) return notAllowedIn();
  if (!pass.operatorMay(look, who.id)) {
    const details = { why: 'not-allowed', role: who.role, operator: who.id };
    await refusals.write({ who: who.name, counted: who.id, what: 'pictures-denied', subject: look, details });
    return new Fault(
      'not-allowed',
      'Only whoever has opened or joined a look can see its pictures, and only while it is open.',
    );
  }
  return { who, look };
}

const notAllowedIn = () => new Fault('not-now', 'The unit has not allowed this look: it has no pictures.');

const unit = (parts: EntranceParts, clock: Clock): Entrance => {
  const { pass } = parts;
  const admit = unitAdmission(parts, clock);
  const standing = openStandby(pass);
  return {
    longest: longestPicture + 1,
    async admit(knock) {
      const may = await admit(knock);
      if (may instanceof Fault) return may;
      const { guest, look, reader } = may;
      if (!look) return { guest, welcome: (socket) => standing.add(guest.unit, socket) };
      return { guest, welcome: (socket) => pass.unit(look, socket, reader) };
    },
  };
};

/** May a unit send pictures, or stand by for it? */
export function unitAdmission(
  { units, pass, refusals, closeAgain }: Pick<AdmitParts, 'units' | 'pass' | 'refusals' | 'closeAgain'>,
  clock: Clock,
): (knock: Asking) => Promise<MaySend | Fault> {
  const slow = openSlowDown();
  return async (knock) => {
    const look = knock.query.has('look') ? lookOf(knock) : undefined;
    if (look instanceof Fault) return look;
    const [, name, token] = /^Bearer ([^:]+):(.+)$/.exec(knock.headers.authorization ?? '') ?? [];
    const id = UnitId.safeParse(name);
    const refused = (why: string) =>
      refusals.write({
        who: id.success ? `unit ${id.data}` : 'nobody',
        counted: `pictures ${id.success ? id.data : knock.address}`,
        subject: 'pictures',
        details: { why, ...(id.success && { unit: id.data }) },
      });
    if (!id.success || !token) {
      await refused('not-signed-in');
      return new Fault('not-signed-in', 'A unit says who it is: Authorization: Bearer UNIT:TOKEN.');
    }
    const credential = await units.credential(id.data, token);
    if (!credential) {
      await refused('credential');
      await waitAfterWrong(clock, slow, `${id.data} ${knock.address}`);
      return new Fault('not-signed-in', 'The credential of this unit is wrong.');
    }
    const guest = { type: 'unit', unit: id.data, credential } as const;
    if (!look) return { type: 'send', guest };
    const reader = knock.query.get('reader') ?? undefined;
    if (!pass.unitMay(look, id.data, reader)) {
      await refused('not-allowed');
      await closeAgain(look, id.data);
      return new Fault('not-allowed', 'No such look is open in this home.');
    }
    return { type: 'send', guest, look, ...(reader !== undefined && { reader }) };
  };
}

const guestOf = ({ id, session }: Present) => ({ type: 'session', session, operator: id }) as const;

async function signedIn(
  { operators, publicOrigin, refusals }: Pick<AdmitParts, 'operators' | 'publicOrigin' | 'refusals'>,
  knock: Asking,
): Promise<Present | Fault> {
  const { headers, path, address } = knock;
  const refused = (why: string) =>
    refusals.write({ who: 'nobody', counted: `${path} ${address}`, subject: path, details: { why } });
  if (!isOurOwn(headers, publicOrigin)) {
    await refused('other-page');
    return new Fault('not-allowed', 'This socket is asked for by another page than the console.');
  }
  const who = await operators.who(headers.cookie);
  if (who) return who;
  await refused('not-signed-in');
  return new Fault('not-signed-in', 'Sign in first.');
}

function lookOf({ query }: Asking): LookId | Fault {
  const look = LookId.safeParse(query.get('look'));
  return look.success ? look.data : new Fault('request-invalid', 'Which look? The address needs ?look=ID.');
}
