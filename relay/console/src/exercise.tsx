/** The page inside the page in which people train: the console as it is, over a home that is nobody's, without any network. */
import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import '@mantine/core/styles.layer.css';
import './parts/tokens.css';
import './exercise/exercise.css';
import { ExerciseName } from '@nattfrid/shared/desk/exercise-routes';
import { trainingMark } from '@nattfrid/shared/desk/organisation';
import type { LookId } from '@nattfrid/shared/domain/ids';
import { systemClock } from '@nattfrid/shared/time/clock';
import { printInstant } from '@nattfrid/shared/time/instant';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import { openApp } from './app.tsx';
import { shelfInMemory } from './deeds/shelf.ts';
import type { Answers } from './exercise/answer.ts';
import { careAnswers } from './exercise/care-answers.ts';
import { deskAnswers } from './exercise/desk-answers.ts';
import { drawnPictures } from './exercise/drawn-pictures.ts';
import { firstPath } from './exercise/first-path.ts';
import { answering, livingStream } from './exercise/network.ts';
import { roomAnswers } from './exercise/room-answers.ts';
import { play, scenes } from './exercise/scripts.ts';
import { openWorld, type World } from './exercise/world.ts';
import type { Installed } from './ring/installed.ts';
import type { Told } from './training/talk.ts';
import type { KeyStore } from './trust/key-store.ts';
import { openWords } from './words/words.ts';

config({ jitless: true });

const place = document.getElementById('root');
const asked = new URL(location.href).searchParams;
const exercise = ExerciseName.safeParse(asked.get('exercise')).data;

async function begin(root: HTMLElement, name: ExerciseName): Promise<void> {
  await openWords(localStorage);
  const tell = (told: Told) => window.parent.postMessage(told, location.origin);
  const world = openWorld(systemClock, name, asked.get('name')?.slice(0, 60) || trainingMark, (what) =>
    tell({ ...what, exercise: name }),
  );
  const keys = openKeys();
  const municipality = await makeKey(keys);
  const answers: Answers = {
    ...deskAnswers(world),
    ...careAnswers(world, municipality),
    ...roomAnswers(world),
    ...around(world),
  };
  Object.defineProperty(window, 'localStorage', { value: ownStorage() });
  window.fetch = answering(answers);
  window.WebSocket = livingStream(systemClock, world);
  history.replaceState(null, '', firstPath(world));
  const prepare = () =>
    Promise.resolve(
      drawnPictures(
        systemClock,
        () => scenes[name],
        trainingMark,
        (look) => shown(world, look),
        (scene) => {
          if (scene === 'on-the-floor') world.step('person-seen');
        },
      ),
    );
  createRoot(root).render(
    openApp(systemClock, Math.random, { keys, shelf: shelfInMemory(), prepare, installed: notInstalled }),
  );
  play(systemClock, world);
}

/** As the relay tells it: a verdict rests on a picture that was shown. */
function shown(world: World, id: LookId): void {
  const look = world.looks.get(id);
  if (look?.state === 'open') world.put({ type: 'look', look: { ...look, firstPictureAt: world.now() } });
}

/** What every page asks, and no exercise is about. */
const around = (world: World): Answers => ({
  me: () => world.me,
  desk: () => world.desk(),
  plan: () => ({}),
  consoles: () => ({ consoles: [] }),
  registerConsole: ({ body }) => ({
    operator: 'ovning' as never,
    console: body.key,
    who: world.me.name,
    state: 'known',
    firstSeenAt: printInstant(systemClock.now()),
    lastSeenAt: printInstant(systemClock.now()),
  }),
  myPush: () => ({ key: 'A'.repeat(87) as never, devices: [], forgotten: [], rings: false }),
  months: () => ({ months: [] }),
  tokens: () => ({ tokens: [] }),
  labelAlarm: ({ params, body }) => ({ ...params, ...body }),
});

/** Keys that end with the page: none of the real console's is known here, and none of these there. */
function openKeys(): KeyStore {
  const kept = new Map<string, unknown>();
  return {
    get: async (key) => kept.get(key),
    put: async (key, value) => void kept.set(key, value),
  };
}

/** What is remembered of an exercise, such as what stands in a form next time, ends with it. */
function ownStorage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const kept = new Map<string, string>();
  const theme = 'mantine-color-scheme-value';
  const known = localStorage.getItem(theme);
  if (known !== null) kept.set(theme, known);
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

/** A municipality's key for this exercise alone. @returns its public half, base64url */
async function makeKey(keys: KeyStore): Promise<string> {
  const pair = (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair;
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  await keys.put('municipality-key', { publicKey, privateKey: pair.privateKey });
  return toBase64Url(publicKey);
}

const notInstalled: Installed = {
  get: () => 'known',
  subscribe: () => () => undefined,
  registration: Promise.resolve(undefined),
  onOpen: () => () => undefined,
  loadNew: () => location.reload(),
};

// Alone, in a window of its own, it would be taken for the console.
if (place && exercise && window.parent !== window) await begin(place, exercise);
