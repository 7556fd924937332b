/** Opens what the river is made of: models, ffmpeg, camera; and builds each stage with its settings. */

import type { NoPicture } from '@nattfrid/shared/domain/look';
import type { Gap } from '@nattfrid/shared/domain/observation';
import type { Mode, Plan } from '@nattfrid/shared/domain/plan';
import type { Room } from '@nattfrid/shared/domain/room';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { CryptoKey } from '@nattfrid/shared/seal/crypto-key';
import { milliseconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { anonymise } from './anonymise/anonymise.ts';
import type { Cleared } from './anonymise/cleared.ts';
import { keepCamera } from './camera/keep-camera.ts';
import { noCamera } from './camera/no-camera.ts';
import { openCamera } from './camera/open-camera.ts';
import { withLargeStream } from './camera/with-large-stream.ts';
import type { Ready } from './config/ready.ts';
import { decide } from './decide/decide.ts';
import type { Finding } from './decide/finding.ts';
import type { Judged } from './decide/judged.ts';
import { decode } from './decode/decode.ts';
import type { Frame } from './decode/frame.ts';
import { pace } from './decode/pace.ts';
import { openPool } from './decode/pool.ts';
import { encoder, requireEncoder } from './encode/encode.ts';
import { ladderFor } from './encode/shape.ts';
import { spareEncoder } from './encode/spare.ts';
import { findFfmpeg } from './ffmpeg/find.ts';
import { belt } from './flow/belt.ts';
import type { Health } from './health/health.ts';
import { counted } from './health/meter.ts';
import type { OpenLook } from './look/open-look.ts';
import type { Readers } from './look/readers.ts';
import { wantsLarge } from './look/wants-large.ts';
import type { Outside } from './outside.ts';
import { builtModels } from './perceive/built-models.ts';
import { lightInCells } from './perceive/cells.ts';
import { maskedOut } from './perceive/mask-out.ts';
import { openModels } from './perceive/models.ts';
import { perceive } from './perceive/perceive.ts';
import type { Seen } from './perceive/seen.ts';
import type { Showing, Watching } from './pipeline.ts';
import { othersAgreed } from './plan/also-agreed.ts';
import { linkControl } from './publish/link-control.ts';
import { publishPictures } from './publish/pictures.ts';
import type { Relays } from './publish/relays.ts';
import { openStandby } from './publish/standby.ts';
import type { RoomWatch } from './room/watch-room.ts';
import type { Certified } from './trust/certified.ts';

/** So many pictures a second are looked at, and shown. */
const picturesPerSecond = 10;
/** Frames that may wait for the models: more would only be older. */
const waitingFrames = 2;
/** Share of the picture for which the room is remembered. */
const knownEnough = 0.6;

export interface Parts extends AsyncDisposable {
  readonly watching: Watching;
  showing(look: OpenLook, readers: Readers): Showing;
  /** Starts what the next look under the plan in force will need, where it takes time to start. */
  prepare(): void;
  readonly cameraName: string;
  /** Names and versions of the models that look. */
  readonly models: readonly string[];
}

export interface Governing {
  readonly health: Health;
  readonly found: (finding: Finding) => void;
  readonly plan: () => Plan | undefined;
  /** The room in use: it may become another while we watch. */
  readonly room: () => Room;
  readonly roomWatch: Pick<RoomWatch, 'see'>;
  readonly looking: () => OpenLook | undefined;
  readonly showing: (taken: Instant) => OpenLook | undefined;
  readonly shown: (what: 'picture' | NoPicture) => void;
  readonly unitPrivateKey: CryptoKey;
  /** Pictures go to the node of the relay that words go to. */
  readonly relays: Pick<Relays, 'here'>;
  /** Of a unit that was paired: what it shows to the relay. */
  readonly certified: (() => Certified) | undefined;
}

/** @throws Fault where there is no ffmpeg or one that cannot encode, or a model is missing or is not the one of the manifest. */
export async function openParts(config: Ready, outside: Outside, governing: Governing): Promise<Parts> {
  const { clock, log, random, environment } = outside;
  const { health, found, plan, looking, showing, room, roomWatch } = governing;
  const ffmpeg = await findFfmpeg({ ...environment, ...(config.ffmpeg ? { NATTFRID_FFMPEG: config.ffmpeg } : {}) });
  // Said at the start, and not when somebody looks for the first time.
  await requireEncoder(ffmpeg, log.child('encode'), new AbortController().signal);
  const models = await openModels(await builtModels(config.models));
  const versions = Object.entries(models.versions).map(([name, version]) => `${name} ${version}`);

  const { url, lookUrl, certificate, profile, loop } = config.camera;
  const small = keepCamera(
    url === undefined
      ? noCamera
      : openCamera(
          { url, certificate, profile, loop },
          { clock, log: log.child('camera'), ffmpeg, advised: health.cameraAdvice },
        ),
    {
      clock,
      random,
      log: log.child('camera'),
      changed: health.camera,
    },
  );
  const camera =
    lookUrl === undefined
      ? small
      : withLargeStream(
          small,
          openCamera(
            { url: lookUrl, certificate, profile, large: true, loop },
            { clock, log: log.child('large'), ffmpeg },
          ),
          {
            clock,
            log: log.child('camera'),
            wanted: () => wantsLarge(looking()),
          },
        );
  const pool = openPool(log.child('decode'));
  const ended = new AbortController();
  const spare = spareEncoder({ ffmpeg, clock, log: log.child('encode') }, ended.signal);
  const { unit, token } = config;
  const { certified, relays } = governing;
  const standby = openStandby(
    { relayUrl: () => relays.here, unit, token, certified, clock, random, log: log.child('publish') },
    ended.signal,
  );
  /** Where the last look's link ended: the next one begins there, and goes up if it can. */
  let lastStep = 0;
  const isSeen = (taken: Instant) => showing(taken) !== undefined;
  return {
    cameraName: camera.name,
    models: versions,
    watching: {
      camera: (signal) => camera.open(signal),
      decode: decode({
        ffmpeg,
        pace: pace(picturesPerSecond),
        log: log.child('decode'),
        clock,
        pool,
        isSeen,
        undecodable: camera.giveUp,
        stuck: health.decoderStuck,
      }),
      belt: (frames, signal) =>
        belt<Frame>(
          counted<Frame | Gap>(frames, health.pictures),
          {
            what: 'frames',
            clock,
            log: log.child('belt'),
            capacity: waitingFrames,
            full: 'drop',
            lost: health.dropped,
          },
          signal,
        ),
      perceive: perceive({
        models,
        room,
        everyPicture: isSeen,
        tooEarly: (taken) => looking() !== undefined && !isSeen(taken),
        log: log.child('perceive'),
      }),
      decide: (seen, signal) =>
        telling(
          decide({ plan: () => plan()?.alarms, room, tell: found, clock, models: versions })(
            watchingRoom(learning(counted(missing(seen, health), health.analysed), log), roomWatch, room),
            signal,
          ),
          health,
        ),
      anonymise: anonymise({
        mode: (taken) => showing(taken)?.mode,
        room,
        alias: config.alias,
        place: config.camera.place,
        next: () => plan()?.mode,
        leastLegible: () => plan()?.leastLegible,
        judgedLegible: health.legibility,
        clock,
        log: log.child('anonymise'),
      }),
    },
    prepare() {
      const mode = plan()?.mode;
      if (!mode || looking()) return;
      const ladder = ladderFor(mode, config.bitrateKbits);
      spare.prepare(ladder[lastStep] ?? ladder[0]);
    },
    showing(look, readers) {
      const ladder = ladderFor(look.mode, config.bitrateKbits);
      const control = linkControl(
        ladder,
        (shape, step) => {
          log.child('publish').info('The link takes another rate', { ...shape });
          lastStep = step;
          coding.want(shape);
        },
        lastStep,
      );
      const coding = encoder({
        ffmpeg,
        shape: control.shape,
        spare,
        clock,
        log: log.child('encode'),
        mayEncode: () => control.mayEncode(clock.now()),
      });
      const changeMode = (mode: Mode) => control.use(ladderFor(mode, config.bitrateKbits));
      return {
        encode: (cleared, signal) => coding.stage(withMode(cleared, look.mode, changeMode), signal),
        publish: (coded, signal) =>
          publishPictures(
            {
              relayUrl: () => relays.here,
              unit,
              token,
              certified,
              standby,
              look,
              readers,
              unitPrivateKey: governing.unitPrivateKey,
              coded,
              control,
              wantKey: coding.wantKey,
              shown: governing.shown,
              offered: () => othersAgreed(plan(), looking()?.mode ?? look.mode),
              clock,
              random,
              log: log.child('publish'),
            },
            signal,
          ),
      };
    },
    async [Symbol.asyncDispose]() {
      ended.abort();
      await standby[Symbol.asyncDispose]();
      await spare[Symbol.asyncDispose]();
      await models[Symbol.asyncDispose]();
    },
  };
}

/** The relay hears of a camera that cannot see also where the plan has no alarm for it. */
async function* telling(judged: AsyncIterable<Judged>, health: Health): AsyncGenerator<Judged, void> {
  for await (const one of judged) {
    health.sees(one.eyesight);
    yield one;
  }
}

/** The relay hears of a unit that cannot keep up, also where the plan has no alarm for it; and who asks hears how the pictures are. */
async function* missing(seen: AsyncIterable<Seen | Gap>, health: Health): AsyncGenerator<Seen | Gap, void> {
  for await (const one of seen) {
    if (one.type === 'gap' && one.why === 'too-slow') health.missed(milliseconds(one.at - one.from));
    else if (one.type === 'seen') health.looked(one.observation.picture);
    yield one;
  }
}

/** Says once that the room is known well enough to tell what changes in it. */
async function* learning(seen: AsyncIterable<Seen | Gap>, log: Logger): AsyncGenerator<Seen | Gap, void> {
  let learnt = false;
  for await (const one of seen) {
    if (!learnt && one.type === 'seen' && one.observation.picture.known >= knownEnough) {
      learnt = true;
      log.info('Room learnt', { knownPercent: Math.round(one.observation.picture.known * 100) });
    }
    yield one;
  }
}

/** Lets the watch over the room see what passes; it gets figures, and the light of coarse cells when it asks for them. */
async function* watchingRoom(
  seen: AsyncIterable<Seen | Gap>,
  watch: Pick<RoomWatch, 'see'>,
  room: () => Room,
): AsyncGenerator<Seen | Gap, void> {
  for await (const one of seen) {
    if (one.type === 'gap') watch.see(one, () => lightInCells({ width: 0, height: 0, y: new Uint8Array() }));
    else watch.see(one.observation, () => lightInCells(maskedOut(one.frame, room().masks)));
    yield one;
  }
}

/** Tells when what passes is drawn another way than before. @param first how it is drawn to begin with */
async function* withMode(
  cleared: AsyncIterable<Cleared>,
  first: Mode,
  changed: (mode: Mode) => void,
): AsyncGenerator<Cleared, void> {
  let mode = first;
  for await (const one of cleared) {
    if (one.type === 'picture' && one.mode !== mode) changed((mode = one.mode));
    yield one;
  }
}
