/** Pure. The fields of a receiver as they are typed, and the request that they make, with the names of those that are wrong. */
import type { ReceiverView } from '@nattfrid/shared/desk/receiver-view';
import { type Asked, routes } from '@nattfrid/shared/desk/routes';

export const nothing = {
  name: '',
  primary: '',
  secondary: '',
  transport: 'tls',
  at: 'at-once',
  controller: '',
  homes: '',
  user: '',
  password: '',
  heartbeatMinutes: '60',
  contentType: 'application/scaip+xml',
  root: 'mrq',
  deviceType: '0002',
  authority: '',
};
export type Given = typeof nothing;

export function givenOf({ settings }: ReceiverView): Given {
  const { homes, heartbeatMinutes, secondary, user, authority, ...rest } = settings;
  const { name, primary, transport, at, controller, contentType, root, deviceType } = rest;
  return {
    ...{ name, primary, transport, at, controller, contentType, root, deviceType },
    secondary: secondary ?? '',
    user: user ?? '',
    password: '',
    authority: authority ?? '',
    heartbeatMinutes: String(heartbeatMinutes),
    homes: Object.entries(homes)
      .map(([alias, number]) => `${alias} = ${number}`)
      .join('\n'),
  };
}

/** What is asked, or which fields cannot be. */
export function askedOf(
  given: Given,
  more: { readonly events: readonly string[]; readonly padded: boolean },
  before: ReceiverView | undefined,
): Asked<'saveReceiver'> | { readonly wrong: ReadonlySet<string> } {
  const { password, secondary, user, authority, heartbeatMinutes, homes, ...rest } = given;
  const maybe = (name: string, text: string) => (text.trim() === '' ? {} : { [name]: text.trim() });
  const asked = routes.saveReceiver.body.safeParse({
    ...(before && { receiver: before.receiver }),
    ...(password !== '' && { password }),
    settings: {
      ...rest,
      ...more,
      ...maybe('secondary', secondary),
      ...maybe('user', user),
      ...maybe('authority', authority),
      heartbeatMinutes: Number(heartbeatMinutes),
      homes: homesOf(homes),
      codes: before?.settings.codes ?? {},
    },
  });
  if (asked.success) return asked.data;
  return { wrong: new Set(asked.error.issues.map(({ path }) => String(path[0] === 'settings' ? path[1] : path[0]))) };
}

/** «Alias = 4711», one on each line; a line that is none is told as wrong by its number, which is not one. */
const homesOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const at = line.lastIndexOf('=');
        return [line.slice(0, Math.max(at, 0)).trim() || line.trim(), at < 0 ? '' : line.slice(at + 1).trim()];
      }),
  );
