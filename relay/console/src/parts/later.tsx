/** A page, or a part of one, that comes in a file of its own: shown at once where the file is there already, and said in words where it cannot be had. */
import { type ReactNode, useEffect, useState } from 'react';
import { fetchLaterWords, useWords } from '../words/words.ts';
import { Empty, Loading } from './page.tsx';
import { Press } from './press.tsx';

type Drawn<Props> = (props: Props) => ReactNode;

interface Later<Props> {
  /** A page is given nothing. */
  (...given: object extends Props ? [props?: Props] : [props: Props]): ReactNode;
  /** Fetches the file; once is enough. */
  readonly fetch: () => Promise<void>;
}

/** @param load its file, which the browser keeps */
export function later<Props extends object = object>(load: () => Promise<Drawn<Props>>): Later<Props> {
  let Ready: Drawn<Props> | undefined;
  let loading: Promise<void> | undefined;
  const fetch = () => {
    loading ??= Promise.all([load(), fetchLaterWords()]).then(
      ([page]) => {
        Ready = page;
      },
      (error: unknown) => {
        loading = undefined;
        throw error;
      },
    );
    return loading;
  };
  function Page(...[props]: readonly [props?: Props]) {
    const [state, setState] = useState<'loading' | 'there' | 'lacking'>(Ready ? 'there' : 'loading');
    useEffect(() => {
      if (Ready) return setState('there');
      fetch().then(
        () => setState('there'),
        () => setState('lacking'),
      );
    }, []);
    if (Ready) return <Ready {...(props as Props)} />;
    return state === 'lacking' ? <Lacking /> : <Loading />;
  }
  return Object.assign(Page, { fetch });
}

/** The relay has a newer console, or cannot be reached; alarms go on being told. */
function Lacking() {
  const { say } = useWords();
  return (
    <>
      <Empty>{say('app.pageLacking')}</Empty>
      <Press press={() => location.reload()}>{say('app.reload')}</Press>
    </>
  );
}
