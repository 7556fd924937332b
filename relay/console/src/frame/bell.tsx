/** The switch of the alarm sound; a browser that is silent until the first click says so in words. */
import { useSyncExternalStore } from 'react';
import { useAround } from '../around/around.tsx';
import { SilentSign, SoundSign } from '../parts/icons.tsx';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/words.ts';
import css from './frame.module.css';

export function Bell() {
  const { say } = useWords();
  const { ringer } = useAround();
  const sound = useSyncExternalStore(ringer.subscribe, ringer.get);
  const press = () => ringer.mute(sound === 'on');
  if (sound === 'off-until-click')
    return (
      <button type="button" className={css['icon']} data-hint onClick={press} data-testid="sound" data-sound={sound}>
        <SilentSign size={22} /> <span className={css['hint']}>{say('sound.off')}</span>
      </button>
    );
  return (
    <button
      type="button"
      className={css['icon']}
      data-testid="sound"
      data-sound={sound}
      {...(sound === 'muted' ? { 'data-hint': true } : {})}
      onClick={press}
      title={say(sound === 'on' ? 'sound.mute' : 'sound.turnOn')}
    >
      {sound === 'on' ? <SoundSign size={22} /> : <SilentSign size={22} />}
      <span className={parts['hidden']}>{say(sound === 'on' ? 'sound.on' : 'sound.muted')}</span>
    </button>
  );
}
