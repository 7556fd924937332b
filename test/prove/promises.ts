/** Pure. The promises about pictures, in words for a security officer, and the tests that prove each. */

export interface Promise_ {
  readonly number: number;
  readonly words: string;
  readonly files: readonly string[];
}

export const promises: readonly Promise_[] = [
  {
    words:
      'No picture is on any disk: unit, relay and browser are traced through looks, a kill and a crash; a full disk changes nothing.',
    files: ['test/privacy/no-picture-on-disk.test.ts', 'test/privacy/full-disk.test.ts'],
  },
  {
    words:
      'Raw pixels end in the unit: a pattern planted on a person is in no picture that leaves the anonymiser, or that the operator opens.',
    files: ['test/privacy/raw-ends.test.ts', 'test/privacy/opened-pictures.test.ts'],
  },
  {
    words:
      'Nothing passes a shut gate, and the gate opens only when the client’s plan, or an alarm of the unit’s own, says so.',
    files: [
      'test/privacy/gate.test.ts',
      'test/pure/plan/may.test.ts',
      'test/pure/look/look.test.ts',
      'test/site/wrong-window.test.ts',
    ],
  },
  {
    words:
      'A unit that is stopped shows nothing and watches nothing, whatever a relay says that lies, until the municipality has signed a newer plan; so does its own switch.',
    files: ['test/pure/halt/halts.test.ts', 'test/shell/agent/halt.test.ts', 'test/shell/agent/halt-lies.test.ts'],
  },
  {
    words:
      'The relay is blind: everything that leaves a unit is captured, and nothing in it can be opened; there is no other way out.',
    files: ['test/privacy/blind-relay.test.ts'],
  },
  {
    words:
      'Sealed by the book: the vectors of RFC 9180 and RFC 9605; what is changed, repeated, late, old or renamed is not shown.',
    files: [
      'test/pure/seal/vectors.test.ts',
      'test/pure/seal/seal-look.test.ts',
      'test/privacy/refused-pictures.test.ts',
    ],
  },
  {
    words:
      'Nobody can swap a key unnoticed: unit and console know each other’s, a change stops the look and is written down.',
    files: [
      'test/pure/seal/signer.test.ts',
      'test/shell/agent/keep-plan.test.ts',
      'test/shell/agent/ask-who.test.ts',
      'test/shell/agent/confirmed-console.test.ts',
      'test/shell/agent/wish-signed.test.ts',
      'test/pure/console/unit-key.test.ts',
      'test/privacy/keys-pinned.test.ts',
    ],
  },
  {
    words:
      'The walls are in the code: only the anonymiser makes what may leave, and the relay’s way for pictures has no key and no store.',
    files: ['test/house/house.test.ts'],
  },
].map((promise, index) => ({ number: index + 1, ...promise }));
