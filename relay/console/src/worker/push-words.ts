/** Pure. What a notification says, in both languages: the service worker has no page whose words it could ask for. */
import type { PushMessage } from '@nattfrid/shared/desk/push-view';
import type { AlarmKind } from '@nattfrid/shared/domain/alarm';

type Language = PushMessage['language'];

const kinds: Readonly<Record<Language, Readonly<Record<AlarmKind, string>>>> = {
  sv: {
    fall: 'fall',
    'left-room': 'lämnat rummet',
    'not-in-bed': 'inte lagt sig',
    blind: 'kameran ser inget',
    'camera-lost': 'kameran svarar inte',
    'unit-silent': 'enheten svarar inte',
  },
  en: {
    fall: 'fall',
    'left-room': 'left the room',
    'not-in-bed': 'not gone to bed',
    blind: 'the camera sees nothing',
    'camera-lost': 'the camera does not answer',
    'unit-silent': 'the unit does not answer',
  },
};
const words = {
  sv: {
    alarm: (kind: string) => `Larm: ${kind}.`,
    overdue: (kind: string) => `Ingen har tagit larmet: ${kind}.`,
    something: 'något har hänt',
    open: 'Öppna Nattfrid.',
    trial: 'Ett prov: så här ringer ett larm.',
  },
  en: {
    alarm: (kind: string) => `Alarm: ${kind}.`,
    overdue: (kind: string) => `Nobody has taken the alarm: ${kind}.`,
    something: 'something has happened',
    open: 'Open Nattfrid.',
    trial: 'A trial: an alarm rings like this.',
  },
} as const;

/** @returns title and text; of a kind that is newer than this console, that something has happened */
export function pushWords(message: PushMessage): { readonly title: string; readonly text: string } {
  const say = words[message.language];
  if (message.type === 'trial') return { title: 'Nattfrid', text: say.trial };
  const known: Readonly<Record<string, string>> = kinds[message.language];
  const kind = known[message.kind ?? ''] ?? say.something;
  const title = message.overdue ? say.overdue(kind) : say.alarm(kind);
  return { title, text: message.client ? `${message.client}. ${say.open}` : say.open };
}
