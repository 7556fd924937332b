/** Pure. Our one error: a code from one table, words for people, what caused it, and whether trying again may help. */

/** Every code there is, and whether trying again by itself may help. */
export const faultCodes = {
  // camera
  'camera-refused-login': { mayRetry: true },
  'camera-unreachable': { mayRetry: true },
  'camera-not-video': { mayRetry: true },
  'camera-silent': { mayRetry: true },
  'camera-dropped': { mayRetry: true },
  'camera-corrupt': { mayRetry: true },
  'camera-busy': { mayRetry: true },
  'camera-not-trusted': { mayRetry: true },
  'camera-not-chosen': { mayRetry: true },
  // files, configuration, models
  'file-missing': { mayRetry: false },
  'file-unreadable': { mayRetry: false },
  'config-invalid': { mayRetry: false },
  'data-in-use': { mayRetry: false },
  'data-damaged': { mayRetry: false },
  'model-missing': { mayRetry: false },
  'model-wrong-digest': { mayRetry: false },
  'model-failed': { mayRetry: true },
  'program-missing': { mayRetry: false },
  'process-ended': { mayRetry: true },
  // the wire
  'message-too-large': { mayRetry: false },
  'message-not-json': { mayRetry: false },
  'message-wrong-version': { mayRetry: false },
  'message-invalid': { mayRetry: false },
  'message-not-yours': { mayRetry: false },
  'link-refused': { mayRetry: true },
  'link-lost': { mayRetry: true },
  'relay-not-trusted': { mayRetry: true },
  // sealing
  'seal-broken': { mayRetry: false },
  'personal-key-missing': { mayRetry: false },
  'personal-key-wrong': { mayRetry: false },
  'seal-replayed': { mayRetry: false },
  'signature-wrong': { mayRetry: false },
  'key-changed': { mayRetry: false },
  // desk
  'not-found': { mayRetry: false },
  'not-signed-in': { mayRetry: false },
  'not-allowed': { mayRetry: false },
  locked: { mayRetry: false },
  'not-now': { mayRetry: false },
  'needs-confirming': { mayRetry: false },
  'request-invalid': { mayRetry: false },
  'already-there': { mayRetry: false },
  'too-many-requests': { mayRetry: true },
  'unit-unreachable': { mayRetry: true },
  'console-unconfirmed': { mayRetry: false },
  'console-withdrawn': { mayRetry: false },
  'assurance-low': { mayRetry: false },
  'code-wrong': { mayRetry: false },
  'passkey-wrong': { mayRetry: false },
  'password-wrong': { mayRetry: false },
  'password-weak': { mayRetry: false },
  'cannot-save': { mayRetry: true },
  'no-main': { mayRetry: true },
  // ourselves
  'broken-invariant': { mayRetry: false },
} as const satisfies Record<string, { readonly mayRetry: boolean }>;

export type FaultCode = keyof typeof faultCodes;

export class Fault extends Error {
  override readonly name = 'Fault';
  readonly code: FaultCode;
  /** Figures and names that belong to the words: never a picture, never a person, never a password. */
  readonly fields: Readonly<Record<string, string | number | boolean>>;

  /** @param words what happened, where, and what to do about it; one or two plain sentences. */
  constructor(
    code: FaultCode,
    words: string,
    more: { readonly cause?: unknown; readonly fields?: Readonly<Record<string, string | number | boolean>> } = {},
  ) {
    super(words, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.fields = more.fields ?? {};
  }

  get mayRetry(): boolean {
    return faultCodes[this.code].mayRetry;
  }
}

/** Whatever was thrown, as a Fault: an unknown error is a broken invariant of ours. */
export function asFault(error: unknown, code: FaultCode = 'broken-invariant'): Fault {
  if (error instanceof Fault) return error;
  return new Fault(code, error instanceof Error ? error.message : String(error), { cause: error });
}

export const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';
