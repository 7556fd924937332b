/** A part of a bench in a process of its own, which is talked to. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface BenchProcess<To, From extends { readonly type: string }> extends Disposable {
  tell(word: To): void;
  /** The next message of this type. @throws Error where the process ends before it */
  hear<Type extends From['type']>(type: Type): Promise<Extract<From, { type: Type }>>;
}

/** @param program beside this file, or below it @param as options of Node, and what its environment holds besides ours */
export function startProcess<To, From extends { readonly type: string }>(
  program: string,
  words: readonly string[] = [],
  as: { readonly flags?: readonly string[]; readonly environment?: NodeJS.ProcessEnv } = {},
): BenchProcess<To, From> {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const child: ChildProcess = fork(path, words, {
    serialization: 'advanced',
    ...(as.flags && { execArgv: [...as.flags] }),
    env: { ...process.env, ...as.environment },
  });
  const heard: From[] = [];
  let changed = Promise.withResolvers<void>();
  child.on('message', (word) => {
    heard.push(word as From);
    changed.resolve();
    changed = Promise.withResolvers();
  });
  child.on('exit', (code) => {
    if (!over) changed.reject(new Error(`${program} ended with ${code}; what it said stands above`));
  });
  let over = false;
  return {
    tell: (word) => void child.send(word as object),
    async hear(type) {
      for (;;) {
        const index = heard.findIndex((one) => one.type === type);
        if (index >= 0) return heard.splice(index, 1)[0] as never;
        await changed.promise;
      }
    },
    [Symbol.dispose]() {
      over = true;
      child.kill();
    },
  };
}
