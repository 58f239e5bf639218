import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import type { Metrics } from './metrics.ts';

/** `formatError` lets only a closed list of codes out, so that the label is bounded. */
const codeOf = (errors: readonly GraphQLFormattedError[] | undefined): string =>
  errors?.[0] ? String(errors[0].extensions?.['code'] ?? 'INTERNAL_SERVER_ERROR') : 'OK';

/**
 * The same plugin, with every request counted and timed after the plugin's last word on its answer: Apollo Server calls
 * `willSendResponse` of all plugins at once, so that a plugin beside the policy would neither see a refusal by the journal nor the wait
 * for it. Requests that never became an operation count under `none`.
 */
export function measured<C extends BaseContext>(
  metrics: Metrics,
  plugin: ApolloServerPlugin<C>,
): ApolloServerPlugin<C> {
  return {
    ...plugin,
    async requestDidStart(request) {
      const started = performance.now();
      const listener = await plugin.requestDidStart?.(request);
      return {
        ...listener,
        async willSendResponse(context) {
          await listener?.willSendResponse?.(context);
          const { body } = context.response;
          const { errors } = body.kind === 'single' ? body.singleResult : body.initialResult;
          metrics.request(
            context.operation?.operation ?? 'none',
            codeOf(errors),
            (performance.now() - started) / 1000,
          );
        },
      };
    },
    async contextCreationDidFail(failure) {
      await plugin.contextCreationDidFail?.(failure);
      const code = (failure.error as { extensions?: { code?: unknown } }).extensions?.code;
      metrics.request('none', code === 'UNAUTHENTICATED' ? code : 'INTERNAL_SERVER_ERROR', 0);
    },
    async invalidRequestWasReceived(failure) {
      await plugin.invalidRequestWasReceived?.(failure);
      metrics.request('none', 'BAD_REQUEST', 0);
    },
  };
}
