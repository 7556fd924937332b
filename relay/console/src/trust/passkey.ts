/** The door to SimpleWebAuthn in the browser: makes a passkey, or shows one, by whatever this device or a security key has for it. */
import type { MadePasskey, PasskeyToMake, PasskeyToShow, ShownPasskey } from '@nattfrid/shared/desk/passkey';
import { Fault } from '@nattfrid/shared/fault/fault';

export const knowsPasskeys = (): boolean => typeof globalThis.PublicKeyCredential === 'function';

/** Fetched when somebody shows one: hardly any page needs it. */
const library = () => import('@simplewebauthn/browser');
type Library = Awaited<ReturnType<typeof library>>;

/** @throws Fault `passkey-wrong` where the person has called it off, it took too long, or this device has it already */
export const makePasskey = (asked: PasskeyToMake): Promise<MadePasskey> =>
  orFault(
    library().then(({ startRegistration }) =>
      startRegistration({ optionsJSON: asked as Parameters<Library['startRegistration']>[0]['optionsJSON'] }),
    ),
  );

/** @throws Fault `passkey-wrong` where the person has called it off, it took too long, or there is none */
export const showPasskey = (asked: PasskeyToShow): Promise<ShownPasskey> =>
  orFault(
    library().then(({ startAuthentication }) =>
      startAuthentication({ optionsJSON: asked as Parameters<Library['startAuthentication']>[0]['optionsJSON'] }),
    ),
  );

/** What is not asked for is not sent either. */
async function orFault<Given extends { readonly clientExtensionResults: unknown }>(given: Promise<Given>) {
  try {
    return { ...(await given), clientExtensionResults: {} } as never;
  } catch (cause) {
    throw new Fault('passkey-wrong', 'This device has shown no passkey.', { cause });
  }
}
