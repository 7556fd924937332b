/** Requests about other systems: webhooks, keys, and people out of a file. */
import type { Answered, Asked, RouteName } from '@nattfrid/shared/desk/routes';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../link/api.ts';
import { useAction } from './asking.ts';

const connectionsKey = ['connections'];
/** What fails meanwhile is seen within a minute. */
const renewed = 60_000;

export const useConnections = (may: boolean) =>
  useQuery({
    queryKey: connectionsKey,
    enabled: may,
    refetchInterval: renewed,
    placeholderData: keepPreviousData,
    staleTime: 0,
    queryFn: ({ signal }) => call('connections', {}, {}, { signal }),
  });

type Acts = Extract<
  RouteName,
  'setWebhook' | 'newWebhookSecret' | 'tryWebhook' | 'seeToWebhook' | 'removeWebhook' | 'revokeApiKey'
>;

/** What a person does with one of them; the list is asked for anew. @param then told what was answered */
export function useConnectionAct<Name extends Acts>(
  act: Name,
  params: Readonly<Record<string, string>>,
  then: (answer: Answered<Name>) => void = () => {},
) {
  const queries = useQueryClient();
  return useAction(
    (asked: Asked<Name>) => call(act, params as never, asked),
    (answer) => {
      then(answer);
      void queries.invalidateQueries({ queryKey: connectionsKey });
    },
  );
}

/** @param then told the secret, which is shown this once */
export function useAddWebhook(then: (name: string, secret: string) => void) {
  const queries = useQueryClient();
  return useAction(
    (asked: Asked<'addWebhook'>) => call('addWebhook', {}, asked),
    ({ webhook, secret }) => {
      then(webhook.name, secret);
      void queries.invalidateQueries({ queryKey: connectionsKey });
    },
  );
}

/** @param then told the key, which is shown this once */
export function useAddApiKey(then: (name: string, secret: string) => void) {
  const queries = useQueryClient();
  return useAction(
    (asked: Asked<'addApiKey'>) => call('addApiKey', {}, asked),
    ({ key, secret }) => {
      then(key.name, secret);
      void queries.invalidateQueries({ queryKey: connectionsKey });
    },
  );
}

export const usePushSetting = () =>
  useQuery({ queryKey: ['push-setting'], queryFn: ({ signal }) => call('pushSetting', {}, {}, { signal }) });

export function useSetPushSetting() {
  const queries = useQueryClient();
  return useAction(
    (asked: Asked<'setPushSetting'>) => call('setPushSetting', {}, asked),
    () => void queries.invalidateQueries({ queryKey: ['push-setting'] }),
  );
}
