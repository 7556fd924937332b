/** The title of the tab: how many alarms wait, then the page, then the console. */
import { useEffect } from 'react';
import { useDeskState } from '../around/around.tsx';
import { untaken } from '../state/needs.ts';
import { useWords } from '../words/words.ts';

/** @param page its heading */
export function useTitle(page: string): void {
  const { say } = useWords();
  const state = useDeskState();
  const count = state.name === 'known' ? untaken(state).length : 0;
  useEffect(() => {
    document.title = count === 0 ? say('title.calm', { page }) : say('title.alarms', { count, page });
  }, [count, page, say]);
}
