/** This console's own key: its fingerprint to read out, the key to copy, and the upload of the municipality's voucher. */
import { FileButton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useAround } from '../around/around.tsx';
import { mayConfirm, useAskForWord, useOwnConsole } from '../consoles/own-console.ts';
import press from '../parts/press.module.css';
import { WayLink } from '../parts/way.tsx';
import type { ConsoleSelf } from '../trust/trust.ts';
import { useWords } from '../words/words.ts';
import css from './frame.module.css';

/** In bytes; a voucher is a few lines of text. */
const largest = 16 * 1024;

/** What this console is, once it is known, and what to call when it has become something else. */
export function useConsoleSelf() {
  const { trust } = useAround();
  const [self, setSelf] = useState<ConsoleSelf>();
  useEffect(() => void trust.self().then(setSelf), [trust]);
  return [self, setSelf] as const;
}

export interface ThisConsoleProps {
  readonly self: ConsoleSelf;
  readonly changed: (self: ConsoleSelf | undefined) => void;
}

export function ThisConsole({ self, changed }: ThisConsoleProps) {
  const { say } = useWords();
  const { trust } = useAround();
  const [told, setTold] = useState<'copied' | 'taken' | 'not-a-voucher'>();
  const copy = () =>
    navigator.clipboard.writeText(self.key).then(
      () => setTold('copied'),
      () => undefined,
    );
  const take = async (file: File | null) => {
    if (!file) return;
    const taken = file.size <= largest && (await trust.takeVoucher(await file.text()));
    setTold(taken ? 'taken' : 'not-a-voucher');
    changed(await trust.self());
  };
  return (
    <div className={css['choice']} data-testid="this-console">
      <span>{say(self.vouched ? 'console.key.vouched' : 'console.key')}</span>
      <output className={css['figures']} data-testid="console-fingerprint" title={self.key}>
        {self.fingerprint}
      </output>
      <div className={css['keyActs']}>
        <button type="button" className={press['plain']} onClick={() => void copy()} data-testid="copy-console-key">
          {say('console.key.copy')}
        </button>
        <FileButton
          onChange={(file) => void take(file)}
          accept="application/json,.json"
          inputProps={{ 'aria-label': say('console.voucher.choose'), 'data-testid': 'voucher-file' } as object}
        >
          {(props) => (
            <button {...props} type="button" className={press['plain']}>
              {say('console.voucher.choose')}
            </button>
          )}
        </FileButton>
      </div>
      <AskForWord />
      <p>
        <WayLink to={{ page: 'consoles' }} data-testid="my-consoles">
          {say('consoles.mine')}
        </WayLink>
      </p>
      {told ? (
        <p role="status" data-testid="console-told">
          {say(`console.told.${told}`)}
        </p>
      ) : null}
    </div>
  );
}

/** For a console that is known or confirmed here and that a unit has refused. */
function AskForWord() {
  const { say } = useWords();
  const own = useOwnConsole();
  const ask = useAskForWord();
  if (!mayConfirm(own) || own?.asks) return null;
  return (
    <button
      type="button"
      className={press['plain']}
      disabled={ask.busy}
      onClick={() => ask.run(undefined)}
      data-testid="ask-for-word"
    >
      {say('consoles.ask')}
    </button>
  );
}
