/** Joins what a technician can ask of this unit with the parts that answer it, and looks at the unit itself meanwhile. */
import { Check } from '@nattfrid/shared/domain/check';
import { openScope } from '@nattfrid/shared/lifetime/scope';
import type { Logger } from '@nattfrid/shared/log/logger';
import { makeOperatorKey } from '@nattfrid/shared/seal/hpke';
import { signSealingKey } from '@nattfrid/shared/seal/sealed-login';
import type { SignKey } from '@nattfrid/shared/seal/sign';
import type { Clock } from '@nattfrid/shared/time/clock';
import { printInstant } from '@nattfrid/shared/time/instant';
import type { ServiceAnswer } from '@nattfrid/shared/wire/service-call';
import type { PowerState } from '@nattfrid/shared/wire/vitals';
import { notTried } from '../check/dark.ts';
import { diagnose, type Sources } from '../check/diagnose.ts';
import { type PowerReading, powerCheck, powerState } from '../check/power.ts';
import type { SignalReading } from '../check/signal.ts';
import type { Config } from '../config/schema.ts';
import type { Outbox } from '../report/outbox.ts';
import type { AccessTable } from '../store/access-table.ts';
import type { ServeTable } from '../store/serve-table.ts';
import type { Power } from '../trust/power.ts';
import { type BundleParts, bundleDeed } from './bundle.ts';
import { type CameraParts, cameraDeeds } from './cameras.ts';
import type { Answer, Deeds } from './deed.ts';
import type { Download } from './download.ts';
import { type QuietNow, whyNotQuiet } from './quiet.ts';
import { restartDeed, restarter } from './restart.ts';
import { openServing, type Serving } from './serve.ts';
import { somebodyThere } from './somebody-there.ts';
import { openSurvey } from './survey.ts';
import { tellBusy } from './tell-busy.ts';
import { type DarkParts, tryDark } from './try-dark.ts';
import { updateDeed, updated } from './update.ts';
import { watchSelf } from './watch-self.ts';
import { type WordParts, wordFor } from './word-for.ts';

export interface Serve extends Pick<Serving, 'service-call'>, AsyncDisposable {
  /** What feeds the unit, as it was read last. */
  readonly power: PowerState | undefined;
  /** All checks, made now. */
  checks(): Promise<readonly Check[]>;
}

export interface ServeParts
  extends Pick<CameraParts, 'unit' | 'through' | 'searchFor'>,
    Pick<WordParts, 'callSigned' | 'isSettingUp'> {
  readonly key: SignKey;
  readonly table: ServeTable;
  readonly access: Pick<AccessTable, 'write'>;
  readonly outbox: Pick<Outbox, 'put' | 'depth'>;
  readonly keepCamera: CameraParts['keep'];
  readonly dark: Pick<DarkParts, 'watch' | 'listen' | 'isDark'>;
  readonly sources: Omit<Sources, 'power' | 'infrared'>;
  readonly readPower: () => Promise<PowerReading>;
  /** What feeds the unit has become something else. */
  readonly powerChanged: () => void;
  readonly now: () => QuietNow;
  /** Those of other parts of the agent. */
  readonly more: Deeds;
  readonly measureSignal: () => Promise<SignalReading>;
  /** Ends this program, to be started again. */
  readonly again: () => void;
  readonly board: Pick<Config['board'], 'restart' | 'update' | 'busy'>;
  readonly data: string;
  readonly version: string;
  /** Names this start of the computer; undefined: it does not say. */
  readonly boot: string | undefined;
  /** For how long the machine has had power. */
  readonly power: Pick<Power, 'since'>;
  readonly download: Download;
  readonly bundle: Omit<BundleParts, 'checks' | 'at' | 'waiting'>;
  readonly clock: Clock;
  readonly log: Logger;
}

export async function openServe(parts: ServeParts): Promise<Serve> {
  const { unit, table, clock, log, outbox } = parts;
  const scope = openScope((error) => log.error('A call of a technician ended', { words: String(error) }));
  const { signal } = scope;
  const sealingKey = await makeOperatorKey();
  const sealing = await signSealingKey(unit, sealingKey.publicKey, parts.key);
  let power: PowerReading = { mains: undefined };

  const readPower = async () => {
    const before = powerState(power);
    power = await parts.readPower();
    if (powerState(power) !== before) parts.powerChanged();
    return powerCheck(power);
  };
  const infrared = () => Check.safeParse(JSON.parse(table.load('infrared') ?? 'null')).data ?? notTried;
  const checks = () => diagnose({ ...parts.sources, power: readPower, infrared }, log);

  const watching = scope.own(
    watchSelf({
      clock,
      log,
      power: readPower,
      all: checks,
      tell(changed, first) {
        if (!serving.isAsked) return;
        outbox.put('service-answer', { type: 'checked', checks: changed, ...sealing }, first ? -1 : undefined);
      },
    }),
  );
  const say = (call: string, answer: Answer) => outbox.put('service-answer', { ...answer, call } as ServiceAnswer);
  const before = updated(table, parts.version, parts.boot);
  if (before) say(before.call, before.answer);
  const survey = scope.own(openSurvey({ ...{ table, clock, log, tell: say }, measure: parts.measureSignal }));
  const beside = scope.own(somebodyThere({ table, power: parts.power, boot: parts.boot, clock, log }));
  const restarts = restarter({ program: parts.board.restart, again: parts.again, log });
  let isRestarting = false;
  const restart = () => {
    isRestarting = true;
    beside.startingAgain();
    return restarts();
  };
  const isQuiet = () => whyNotQuiet('restart', parts.now()) === undefined;
  const mayStill = () => !serving.isWiping && isQuiet();
  if (parts.board.busy !== undefined) scope.own(tellBusy({ file: parts.board.busy, mayStill: isQuiet, clock, log }));
  const ending = { ...{ restart, mayStill, log, signal }, task: scope.task };
  const deeds: Deeds = {
    async diagnose() {
      const all = await checks();
      watching.told(all);
      return { type: 'checked', checks: all, ...sealing };
    },
    ...cameraDeeds({
      ...{ unit, sealingKey, clock, log, signal, keep: parts.keepCamera },
      whyNotNow: () => whyNotQuiet('choose-camera', parts.now()),
      ...(parts.through && { through: parts.through }),
      ...(parts.searchFor !== undefined && { searchFor: parts.searchFor }),
    }),
    'try-dark': tryDark({
      ...parts.dark,
      ...{ clock, signal },
      keep: (check) => table.save('infrared', JSON.stringify(check)),
    }),
    ...survey.deeds,
    restart: restartDeed({ ...ending, clock }),
    update: updateDeed({
      ...ending,
      ...{
        clock,
        table,
        folder: parts.data,
        program: parts.board.update,
        download: parts.download,
        version: parts.version,
        boot: parts.boot,
      },
    }),
    bundle: bundleDeed({ ...parts.bundle, checks, at: () => printInstant(clock.now()), waiting: () => outbox.depth }),
    ...parts.more,
  };
  const serving = openServing({
    deeds,
    wordFor: wordFor({ ...parts, isSomebodyThere: () => beside.now }),
    // A wipe is over in the start that it was asked for in: the next one must be somebody's who has pulled the plug.
    mayNow: (type) => (isRestarting ? 'busy' : whyNotQuiet(type, parts.now())),
    access: parts.access,
    ...{ outbox, clock, log, task: scope.task },
  });
  return {
    'service-call': serving['service-call'],
    checks,
    get power() {
      return powerState(power);
    },
    [Symbol.asyncDispose]: () => scope[Symbol.asyncDispose](),
  };
}
