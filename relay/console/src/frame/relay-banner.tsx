/** What the relay says of itself: red where it cannot save, a quieter line where its clock was set or it stood still. */
import { may } from '@nattfrid/shared/desk/permissions';
import type { RelayView } from '@nattfrid/shared/desk/relay-view';
import { parseInstant } from '@nattfrid/shared/time/instant';
import { useDeskState, useNow, useSelf } from '../around/around.tsx';
import { AlarmSign } from '../parts/icons.tsx';
import { known } from '../words/known.ts';
import { clockTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './frame.module.css';

/** A clock that was set is told for so long: whoever reads a time of before then must know it. */
const told = 60 * 60_000;

export function RelayBanner() {
  const state = useDeskState();
  const now = useNow(10_000);
  const { organisation, role } = useSelf();
  if (state.name === 'unknown') return null;
  const { cannotSave, clockSet, stoodStill, receiversSilent, nodesUnwell } = state.relay;
  return (
    <>
      {cannotSave && <CannotSave {...cannotSave} />}
      {(may(role, 'see-desk') || may(role, 'manage-connections') ? (receiversSilent ?? []) : [])
        .filter((one) => organisation === undefined || one.organisation === organisation)
        .map((one) => (
          <ReceiverSilent key={`${one.name} ${one.since}`} {...one} />
        ))}
      {(may(role, 'see-nodes') ? (nodesUnwell ?? []) : []).map((one) => (
        <NodeUnwell key={`${one.node} ${one.why}`} {...one} />
      ))}
      {clockSet && now - parseInstant(clockSet.at) < told && <ClockSet {...clockSet} />}
      {stoodStill && now - parseInstant(stoodStill.at) < told && <StoodStill {...stoodStill} />}
    </>
  );
}

function CannotSave({ since, words, why }: NonNullable<RelayView['cannotSave']>) {
  const { say, language } = useWords();
  const reason = why === undefined ? undefined : known('relayWhy', why);
  return (
    <section className={css['cannotSave']} data-testid="cannot-save" aria-label={say('relay.cannotSave')}>
      <AlarmSign size={44} />
      <div>
        <strong role="alert">{say('relay.cannotSave')}</strong>
        <span>{say('relay.cannotSave.words', { time: clockTime(parseInstant(since), language) })}</span>
        <small>{reason ? `${say(reason)} ${say('relay.tell')}` : words}</small>
      </div>
    </section>
  );
}

function ReceiverSilent({ name, since }: NonNullable<RelayView['receiversSilent']>[number]) {
  const { say, language } = useWords();
  return (
    <p className={css['receiverSilent']} role="status" data-testid="receiver-silent">
      {say('relay.receiverSilent', { name, time: clockTime(parseInstant(since), language) })}
    </p>
  );
}

function NodeUnwell({ node, why, since }: NonNullable<RelayView['nodesUnwell']>[number]) {
  const { say, language } = useWords();
  return (
    <p className={css['receiverSilent']} role="status" data-testid="node-unwell">
      {say(`relay.node.${why}`, { node, time: clockTime(parseInstant(since), language) })}
    </p>
  );
}

function ClockSet({ at, bySeconds }: NonNullable<RelayView['clockSet']>) {
  const { say, language } = useWords();
  const minutes = Math.max(1, Math.round(Math.abs(bySeconds) / 60));
  const time = clockTime(parseInstant(at), language);
  return (
    <p className={css['relayNotice']} role="status">
      {say(bySeconds < 0 ? 'relay.clockSetBack' : 'relay.clockSetForward', { time, count: minutes })}
    </p>
  );
}

function StoodStill({ at, seconds }: NonNullable<RelayView['stoodStill']>) {
  const { say, language } = useWords();
  const time = clockTime(parseInstant(at), language);
  return (
    <p className={css['relayNotice']} role="status">
      {say('relay.stoodStill', { time, count: Math.max(1, Math.round(seconds / 60)) })}
    </p>
  );
}
