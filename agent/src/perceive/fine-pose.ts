/**
 * The larger pose model, which draws who is looked at, and watches where there is colour: its points and its mask are finer. For watching in
 * the dark it is not needed, and it is open only while it is, in a thread of its own, so that opening it keeps no picture waiting.
 */
import { type Model, type ModelPlace, openModel } from './model.ts';

export interface FinePose extends AsyncDisposable {
  /** Opens it now, and waits for it. @throws Fault `model-failed` */
  open(): Promise<void>;
  /** The model, as soon as it is open: it is opened when it is wanted first. @throws Fault `model-failed` where it could not be opened */
  wanted(): Model | undefined;
  /** A run for which it was not wanted: after `longUnwanted` of them it is closed. */
  unwanted(): void;
}

/** Runs in a row: some minutes of a quiet room, so that the next look of a round finds it open. */
const longUnwanted = 200;

export function finePose(name: string, place: ModelPlace): FinePose {
  let opening: Promise<Model> | undefined;
  let model: Model | undefined;
  let failed: unknown;
  let unwanted = 0;
  let closed = Promise.resolve();
  const close = (): void => {
    const last = opening;
    [opening, model] = [undefined, undefined];
    closed = Promise.all([closed, last?.then((one) => one[Symbol.asyncDispose]()).catch(() => {})]).then(() => {});
  };
  const begin = (): Promise<Model> => {
    const mine = openModel(name, place);
    mine.then(
      (one) => {
        if (opening === mine) model = one;
      },
      (error: unknown) => {
        failed = error;
      },
    );
    return mine;
  };
  return {
    async open() {
      await (opening ??= begin());
    },
    wanted() {
      unwanted = 0;
      if (failed !== undefined) throw failed;
      opening ??= begin();
      return model;
    },
    unwanted() {
      unwanted++;
      if (opening && unwanted >= longUnwanted) close();
    },
    async [Symbol.asyncDispose]() {
      close();
      await closed;
    },
  };
}
