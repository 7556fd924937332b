/** Pure. The figures behind a unit's proposal, and how sure it is, in words. */
import { sureEnough } from '@nattfrid/shared/domain/room-proposal';
import type { Language } from '../words/language.ts';
import type { Say } from '../words/say.ts';
import { number } from '../words/times.ts';
import type { Said } from './draft.ts';

export function saidWords({ kind, of }: Said, language: Language, say: Say): string {
  switch (kind) {
    case 'bed': {
      const seen = say('room.said.bed', { seen: number(of.seen, language), looked: number(of.looked, language) });
      const rested =
        of.restedMinutes >= 0.5 ? say('room.said.rested', { count: Math.round(of.restedMinutes) || 1 }) : '';
      return [seen, rested].filter(Boolean).join(' ');
    }
    case 'floor':
      return say('room.said.floor', { steps: number(of.steps, language), walks: number(of.walks, language) });
    case 'exit':
      return say(`room.said.exit.${of.at}`, { out: number(of.out, language), in: number(of.in, language) });
  }
}

export const isSure = ({ of }: Said): boolean => of.certainty >= sureEnough;

export const sureWords = ({ of }: Said, say: Say): string =>
  say(of.certainty >= 0.8 ? 'room.sure.very' : of.certainty >= sureEnough ? 'room.sure.fairly' : 'room.sure.little', {
    percent: Math.round(100 * of.certainty),
  });
