/** A wall-clock time, and how long ago one was, counting up. */
import { useNow } from '../around/around.tsx';
import { ago, clockTimeWithSeconds, readTime, whenever } from '../words/times.ts';
import { useWords } from '../words/words.ts';

/** «03:15», with the day before it when it is not this night. */
export function When({ at, seconds = false }: { at: string; seconds?: boolean }) {
  const { say, language } = useWords();
  const now = useNow();
  const then = readTime(at);
  const words = whenever(then, now, language, say);
  return <time dateTime={at}>{seconds && words.length === 5 ? clockTimeWithSeconds(then, language) : words}</time>;
}

/** «4 min 10 s sedan». */
export function Ago({ at }: { at: string }) {
  const { say } = useWords();
  return <span>{ago(readTime(at), useNow(), say)}</span>;
}
