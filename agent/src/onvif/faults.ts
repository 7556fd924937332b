/** Pure. What went wrong between the unit's side and a camera's ONVIF service, in words for a technician. */
import { Fault } from '@nattfrid/shared/fault/fault';
import { printable } from './readable.ts';

/** By what the library, Node or the camera says; the first that fits. */
const kinds: readonly (readonly [said: RegExp, fault: (name: string, said: string) => Fault])[] = [
  [
    /lock/i,
    (name) =>
      new Fault(
        'camera-refused-login',
        `The camera ${name} has locked this user after too many tries: wait half an hour, or restart it.`,
      ),
  ],
  [
    /not ?authori[sz]ed|unauthori[sz]ed|authentication|\b401\b|\b403\b|forbidden/i,
    (name) =>
      new Fault(
        'camera-refused-login',
        `The camera ${name} refuses the user name or the password for ONVIF. Many cameras have ONVIF users of their own: make one on the camera's page, and allow ONVIF there.`,
      ),
  ],
  [
    /timeout|ECONN|EHOST|ENET|ENOTFOUND|EAI_AGAIN|hang ?up|EPIPE/i,
    (name) =>
      new Fault(
        'camera-unreachable',
        `Nobody answers ONVIF at ${name}. Is the camera on, is ONVIF allowed on its page, and is that its ONVIF port (often 80, 8000, 8080 or 2020)?`,
      ),
  ],
  [
    /not implemented|not supported|ActionNotSupported|OptionalAction/i,
    (name, said) => new Fault('camera-not-video', `The camera ${name} does not offer this by ONVIF (${said}).`),
  ],
  [
    /invalid|InvalidArg|ConfigModify|out of range|no longer knows/i,
    (name, said) =>
      new Fault('camera-not-video', `The camera ${name} does not take this value (${said}). Choose another one.`),
  ],
];

export function onvifFault(name: string, words: string): Fault {
  const said = printable(words.replace(/^ONVIF SOAP Fault: ?/, '')).slice(0, 100);
  for (const [kind, fault] of kinds) if (kind.test(words)) return fault(name, said);
  return new Fault('camera-not-video', `What answers at ${name} does not speak ONVIF as it should (${said}).`);
}
