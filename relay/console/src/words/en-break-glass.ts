/** Pure. The words of break-glass in English. */
import type { svBreakGlass } from './sv-break-glass.ts';

export const enBreakGlass: Readonly<Record<keyof typeof svBreakGlass, string>> = {
  'nav.breakGlass': 'Break-glass',
  'nav.breakGlass.about': 'An address, keys or alarms that your role does not give, when a second person says yes.',

  'breakGlass.what.visit-card': 'Address, keys and telephone numbers',
  'breakGlass.what.alarms': 'Answering the home’s alarms',
  'breakGlass.reason.nobody-answers': 'Whoever should go does not answer',
  'breakGlass.reason.danger': 'Danger to life or health',
  'breakGlass.reason.alarm-of-others': 'An alarm of others that nobody takes',
  'breakGlass.reason.technical-fault': 'Technical fault',
  'breakGlass.reason.other': 'Something else',

  'breakGlass.strip': 'Break-glass: {{who}} asks for your yes',
  'breakGlass.strip.words': '{{role}} · {{what}}, {{client}} · {{reason}} · {{length}} left',
  'breakGlass.strip.check':
    'Say yes only if you know that it is {{who}}, and that it is needed. Ring them if you are unsure.',
  'breakGlass.grant': 'Say yes',
  'breakGlass.grant.sure': 'Press again: open for 30 minutes',
  'breakGlass.decline': 'Say no',
  'breakGlass.strip.open': 'Break-glass for {{client}} is open until {{time}}',
  'breakGlass.strip.show': 'Show',
  'breakGlass.link': 'Do you need an address or keys that you may not see? Break-glass',
  'breakGlass.link.alarm': 'Does nobody else take the alarm? Ask to answer it',
  'breakGlassFault.not-allowed': 'Somebody else, at another computer, has to say yes.',
  'breakGlassFault.not-now': 'It has been answered already, or too long ago.',
  'breakGlassFault.not-found': 'That home is not here, or nothing is kept of who lives there.',
  'breakGlassFault.already-there': 'You have asked for it already.',
  'breakGlassFault.too-many-requests': 'You have asked for much in a short time. Ring the coordinator.',

  'breakGlass.review.notice_one': '{{count}} break-glass waits to be reviewed',
  'breakGlass.review.notice_other': '{{count}} break-glass wait to be reviewed',
};
