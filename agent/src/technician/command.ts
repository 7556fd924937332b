/** Pure. A command of `npm run camera`: what it is for, how it is typed, and what it does. */

export interface Surroundings {
  /** Lines for whoever reads them, or one JSON value. */
  readonly print: (text: string) => void;
  /** How far it is, for a person who waits; it may be written over. */
  readonly progress: (text: string) => void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C: what was seen until then is told. */
  readonly signal: AbortSignal;
}

export interface CameraCommand {
  /** As it is typed, without `npm run camera --`. */
  readonly usage: string;
  /** One line. */
  readonly does: string;
  /** The whole of `--help`. */
  readonly help: string;
  /** @returns the exit code, see `exits` @throws Fault `request-invalid` or a TypeError of parseArgs for wrong arguments */
  readonly run: (args: readonly string[], surroundings: Surroundings) => Promise<number>;
}

/** The camera is well; something is to be set in it; the command was typed wrong; the camera refused, or did not answer. */
export const exits = { well: 0, toSet: 1, wrongArguments: 2, refused: 3 } as const;
