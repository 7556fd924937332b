/** A wipe and another camera are done by somebody's word: a relay that lies can neither make one up, nor use one twice, late or elsewhere. */
import { randomUUID } from 'node:crypto';
import type { OperatorAlias, UnitId } from '@nattfrid/shared/domain/ids';
import { silent } from '@nattfrid/shared/log/logger';
import { proveCall, type SignedCall } from '@nattfrid/shared/seal/call-proof';
import { confirmConsole, withdrawConsole } from '@nattfrid/shared/seal/confirmation';
import { makeSignKey, type SignKey } from '@nattfrid/shared/seal/sign';
import { signVoucher } from '@nattfrid/shared/seal/voucher';
import { type Duration, hours, minutes, seconds } from '@nattfrid/shared/time/duration';
import { after, instant, printInstant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { CallProof } from '@nattfrid/shared/wire/console-proof';
import type { ServiceAnswer } from '@nattfrid/shared/wire/service-call';
import { describe, expect, it, vi } from 'vitest';
import { callSigned } from '../../../agent/src/look/call-signed.ts';
import { trustConsoles } from '../../../agent/src/look/trusted-consoles.ts';
import { whoseConsole } from '../../../agent/src/look/whose-console.ts';
import { openServing } from '../../../agent/src/serve/serve.ts';
import { somebodyThere } from '../../../agent/src/serve/somebody-there.ts';
import { wordFor } from '../../../agent/src/serve/word-for.ts';
import { accessTable } from '../../../agent/src/store/access-table.ts';
import { consolesTable } from '../../../agent/src/store/consoles-table.ts';
import { type Database, openDatabase } from '../../../agent/src/store/database.ts';
import { serveTable, usedCalls } from '../../../agent/src/store/serve-table.ts';

const unit = 'e-aaaaaaaa' as UnitId;
const start = instant(Date.parse('2026-11-30T09:00:00Z'));
const [tove, eva] = ['op-tove' as OperatorAlias, 'op-eva' as OperatorAlias];
const [municipality, phone, desk, stranger] = [
  await makeSignKey(),
  await makeSignKey(),
  await makeSignKey(),
  await makeSignKey(),
];
const vouchFor = (key: SignKey, by = municipality) =>
  signVoucher(
    {
      console: toBase64Url(key.publicKey),
      place: 'Teknikern',
      validFrom: '2026-11-01T00:00:00Z',
      validUntil: '2026-12-24T00:00:00Z',
    },
    by.privateKey,
  );
const wipe: SignedCall = { type: 'wipe' };
const login = { encapsulated: 'A'.repeat(43), sealed: 'BBBB' };
const camera: SignedCall = { type: 'choose-camera', camera: 'urn:bed', login };
const proof = async (
  call: SignedCall,
  { key = phone, at = start, of = unit, by = municipality as SignKey | null } = {},
): Promise<CallProof> =>
  proveCall(
    { unit: of, call, nonce: randomUUID(), at: printInstant(at) },
    key,
    by ? await vouchFor(key, by) : undefined,
  );

interface Given {
  readonly database?: Database;
  readonly clock?: ReturnType<typeof movedClock>;
  readonly isSettingUp?: boolean;
  /** Names this start of the machine. */
  readonly boot?: string;
  readonly poweredFor?: Duration;
  /** What a camera that is asked answers after. */
  readonly cameraAnswers?: Promise<void>;
}

/** One run of the agent over a disk that outlasts it. */
function openUnit({
  database = openDatabase(':memory:'),
  clock = movedClock(start),
  isSettingUp = false,
  boot = 'one',
  poweredFor = minutes(1),
  cameraAnswers = Promise.resolve(),
}: Given = {}) {
  const [table, access, consoles] = [serveTable(database), accessTable(database), consolesTable(database)];
  const current = { current: municipality.publicKey };
  const trusted = trustConsoles({ municipality: current, consoles, access });
  const whose = whoseConsole({ municipality: current, consoles, trusted });
  const begun = clock.steady();
  const since = () => (poweredFor + (clock.steady() - begun)) as Duration;
  const beside = somebodyThere({ table, power: { since }, boot, clock, log: silent });
  const done: string[] = [];
  const answers: ServiceAnswer[] = [];
  const serving = openServing({
    deeds: {
      wipe() {
        done.push('wipe');
        throw new Error('erased another time');
      },
      ready: ({ record }) => ({ type: 'ready-taken', record }),
      async 'choose-camera'({ camera: name, login: sealed }) {
        await cameraAnswers;
        done.push(`${name} ${sealed?.sealed ?? ''}`);
        return { type: 'camera-chosen', checks: [] };
      },
    },
    mayNow: () => undefined,
    wordFor: wordFor({
      callSigned: callSigned({ unit, municipality: current, consoles, whose, used: usedCalls(table) }),
      isSettingUp: () => isSettingUp,
      isSomebodyThere: () => beside.now,
      clock,
    }),
    access,
    outbox: { put: (_name, answer) => void answers.push(answer as ServiceAnswer) },
    clock,
    log: silent,
    task: () => {},
  });
  /** As the relay passes it on. @returns why not; undefined: it was done */
  async function ask(call: SignedCall, signed?: CallProof): Promise<string | undefined> {
    const many = { answers: answers.length, done: done.length };
    serving['service-call']({ ...call, call: randomUUID(), ...(signed && { signed }) } as never);
    await vi.waitFor(() => expect(answers.length).toBeGreaterThan(many.answers));
    if (done.length > many.done) return undefined;
    const last = answers.at(-1);
    return last?.type === 'refused' ? last.why : undefined;
  }
  return { database, clock, access, consoles, trusted, beside, done, ask, answers, serving };
}

describe('what a relay that lies asks of a unit that looks after somebody', () => {
  for (const [name, call] of [
    ['a wipe', wipe],
    ['another camera', camera],
  ] as const) {
    it(`${name} is refused where nobody has signed for it`, async () => {
      const one = openUnit();
      expect(await one.ask(call)).toBe('not-vouched');
      expect(one.done).toEqual([]);
      expect(one.access.lines().at(-1)?.what).toBe(`service ${call.type} refused not-vouched`);
    });

    it(`${name} is refused where the relay has made the console up, or its voucher`, async () => {
      const one = openUnit();
      one.consoles.add(tove, toBase64Url(stranger.publicKey), start);
      expect(await one.ask(call, await proof(call, { key: stranger, by: null }))).toBe('not-vouched');
      expect(await one.ask(call, await proof(call, { key: stranger, by: stranger }))).toBe('not-vouched');
      const lent = { ...(await proof(call, { key: stranger })), voucher: await vouchFor(phone) };
      expect(await one.ask(call, lent)).toBe('not-vouched');
      expect(one.done).toEqual([]);
    });

    it(`${name} is done once by one word, also where the unit has been started again meanwhile`, async () => {
      const one = openUnit();
      const said = await proof(call);
      expect(await one.ask(call, said)).toBeUndefined();
      expect(await one.ask(call, said)).toBe('signature-wrong');
      expect(await openUnit({ database: one.database }).ask(call, said)).toBe('signature-wrong');
      expect(one.done.length).toBe(1);
    });

    it(`${name} is not done by one word twice, where it comes twice at once`, async () => {
      const one = openUnit();
      const said = await proof(call);
      await Promise.all([one.ask(call, said), one.ask(call, said)]);
      expect(one.done.length).toBe(1);
    });

    it(`${name} is not done by a word that was kept back, or that is of a time to come`, async () => {
      const one = openUnit();
      const late = await proof(call, { at: start });
      const early = await proof(call, { at: after(start, hours(2)) });
      expect(await one.ask(call, early)).toBe('signature-wrong');
      await one.clock.advance(minutes(16));
      expect(await one.ask(call, late)).toBe('signature-wrong');
    });

    it(`${name} of another unit is not done here`, async () => {
      expect(await openUnit().ask(call, await proof(call, { of: 'e-bbbbbbbb' as UnitId }))).toBe('signature-wrong');
    });
  }

  it('the word for one camera serves neither another, nor another login, nor a wipe', async () => {
    const one = openUnit();
    for (const other of [
      { ...camera, camera: 'urn:bathroom' },
      { ...camera, login: { ...login, sealed: 'CCCC' } },
      { type: 'choose-camera', camera: 'urn:bed' },
      wipe,
    ] as const)
      expect(await one.ask(other, await proof(camera))).toBe('signature-wrong');
    expect(await one.ask(camera, await proof(wipe))).toBe('signature-wrong');
    expect(one.done).toEqual([]);
  });
});

describe('whose word counts', () => {
  it('a console’s that the municipality vouches for, and the log names it', async () => {
    const one = openUnit();
    expect(await one.ask(camera, await proof(camera))).toBeUndefined();
    expect(one.done).toEqual(['urn:bed BBBB']);
    expect(one.access.lines().at(-1)?.what).toMatch(/^service choose-camera by console [\d ]+$/);
  });

  for (const [story, vouched, expected] of [
    ['that one which it vouches for has confirmed', true, undefined],
    ['that one has confirmed which is itself only known by sight', false, 'not-vouched'],
  ] as const)
    it(`a console ${story}: ${expected ?? 'done'}`, async () => {
      const one = openUnit();
      one.consoles.add(eva, toBase64Url(desk.publicKey), start);
      const voucher = vouched ? await vouchFor(desk) : undefined;
      const named = { operator: tove, console: toBase64Url(phone.publicKey) };
      const confirmation = await confirmConsole(named, start, desk, voucher);
      const said = { ...(await proof(wipe, { by: null })), confirmation };
      expect(await one.ask(wipe, said)).toBe(expected);
    });

  it('not that of a telephone that was lost, whoever the relay says is signed in on it', async () => {
    const one = openUnit();
    const lost = { operator: tove, console: toBase64Url(phone.publicKey) };
    const withdrawn = await withdrawConsole(lost, start, desk, await vouchFor(desk));
    await one.trusted.consider({ confirmations: [], withdrawals: [withdrawn] }, start);
    expect(await one.ask(wipe, await proof(wipe))).toBe('not-vouched');
  });

  it('nobody’s is needed while the unit is set up, when nothing of its plan is in force', async () => {
    const one = openUnit({ isSettingUp: true });
    expect(await one.ask(camera)).toBeUndefined();
    expect(one.access.lines().at(-1)?.what).toBe('service choose-camera by set-up');
  });
});

describe('a unit that is being set up', () => {
  it('does not become ready while a camera is still being chosen, which nobody would have tried', async () => {
    const camera1 = Promise.withResolvers<void>();
    const one = openUnit({ isSettingUp: true, cameraAnswers: camera1.promise });
    const chosen = one.ask(camera);
    const said = () => one.answers.map((answer) => ('why' in answer ? answer.why : answer.type));
    await vi.waitFor(() => expect(one.access.count()).toBe(1));
    one.serving['service-call']({ type: 'ready', call: randomUUID(), record: randomUUID() });
    await vi.waitFor(() => expect(said()).toEqual(['busy']));
    camera1.resolve();
    await chosen;
    one.serving['service-call']({ type: 'ready', call: randomUUID(), record: randomUUID() });
    await vi.waitFor(() => expect(said().at(-1)).toBe('ready-taken'));
  });
});

describe('whoever stands beside the unit', () => {
  /** @param starts as [name of the start, minutes that it had power then]; each but the last ends by the plug */
  async function plugged(...starts: readonly (readonly [string, number])[]) {
    const clock = movedClock(start);
    const database = openDatabase(':memory:');
    let one = openUnit({ database, clock, boot: 'long ago', poweredFor: hours(100) });
    for (const [boot, lasts] of starts) {
      one = openUnit({ database, clock, boot });
      await clock.advance(minutes(lasts));
    }
    return one;
  }

  it('has pulled its plug twice in a row: what is asked then is done', async () => {
    const one = await plugged(['a', 3], ['b', 2]);
    expect(await one.ask(wipe)).toBeUndefined();
    expect(one.access.lines().at(-1)?.what).toBe('service wipe by somebody-there');
  });

  for (const [story, starts] of [
    ['is not believed after one power cut, which comes by itself', [['a', 2]]],
    [
      'is not believed after two power cuts of a storm',
      [
        ['a', 30],
        ['b', 2],
      ],
    ],
    [
      'is believed for a quarter of an hour, and no longer',
      [
        ['a', 3],
        ['b', 16],
      ],
    ],
  ] as const)
    it(story, async () => {
      expect(await (await plugged(...starts)).ask(wipe)).toBe('not-vouched');
    });

  it('is not the relay, which can have the machine started again as often as it likes', async () => {
    const database = openDatabase(':memory:');
    const clock = movedClock(start);
    for (const boot of ['a', 'b', 'c', 'd']) {
      const one = openUnit({ database, clock, boot });
      await clock.advance(seconds(30));
      expect(await one.ask(wipe)).toBe('not-vouched');
      one.beside.startingAgain();
    }
  });
});
