import {
  ApolloGateway,
  type GatewayConfig,
  type GraphQLDataSource,
  RemoteGraphQLDataSource,
} from '@apollo/gateway';
import type { ApolloServerOptionsWithGateway, ApolloServerPlugin, BaseContext } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { formatError, unavailable } from './errors.ts';
import type { Foresight } from './federation/compiled/ahead.ts';
import { CompiledGateway, type Way } from './federation/compiled/compiledGateway.ts';
import { textOf } from './http/slices.ts';
import { limits } from './limits.ts';
import { operationTold } from './operationTold.ts';

// The gateway would report to its maker; nothing of a city's queries leaves the house.
process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';

export interface GatewayOptions<C extends BaseContext = BaseContext> {
  supergraphSdl: string;
  /** How each subgraph is reached: a URL, or a data source of one's own. One that is not named is reached by the supergraph's URL. */
  subgraphs?: Record<string, string | GraphQLDataSource<C>>;
  /** Milliseconds a remote subgraph may take. */
  timeout?: number;
  plugins?: ApolloServerPlugin<C>[];
  /** `compiled` (the default) runs each operation's query plan compiled, and answers as `stock`, which is @apollo/gateway's own. */
  executor?: Way;
  /** Lets subgraphs be asked about an entity while another still looks it up, on the compiled way. */
  foresight?: Foresight;
  /** Told of every operation which way it was executed. */
  onExecuted?: (way: Way) => void;
  onUnexpected?: (error: unknown) => void;
}

/**
 * A remote subgraph with a deadline: there is none by default, and one slow agency must not hold the others' answers for ever. A failure
 * on the way is told by the subgraph's name alone: its own text holds addresses and bodies.
 */
const remoteSubgraph = <C extends BaseContext>(
  name: string,
  url: string | undefined,
  timeout: number,
  onUnexpected: (error: unknown) => void,
): GraphQLDataSource<C> =>
  new RemoteGraphQLDataSource<C>({
    url,
    fetcher: ((input: string, init: RequestInit) =>
      fetch(input, { ...init, signal: AbortSignal.timeout(timeout) })) as never,
    didEncounterError(cause) {
      onUnexpected(new Error(`subgraph ${name} did not answer`, { cause }));
      throw unavailable(name);
    },
  });

/**
 * A federation gateway over any supergraph, as options for Apollo Server. It knows nothing of credit information: policy comes as plugins
 * and data sources.
 */
export function createGateway<C extends BaseContext>(
  options: GatewayOptions<C>,
): ApolloServerOptionsWithGateway<C> {
  const { subgraphs = {}, timeout = 5_000, onUnexpected = () => {} } = options;
  const protection = limits();
  const config: GatewayConfig = {
    supergraphSdl: options.supergraphSdl,
    buildService: ({ name, url }) => {
      const way = subgraphs[name] ?? url;
      return (
        typeof way === 'object' ? way : remoteSubgraph<C>(name, way, timeout, onUnexpected)
      ) as GraphQLDataSource;
    },
  };
  const gateway =
    options.executor === 'stock'
      ? new ApolloGateway(config)
      : new CompiledGateway({ ...config, onExecuted: options.onExecuted, foresight: options.foresight });
  return {
    gateway,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stringifyResult: textOf,
    stopOnTerminationSignals: false,
    formatError: formatError(onUnexpected),
    ...protection.serverOptions,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      // Before all others: plugins rely on there being an operation.
      operationTold,
      ...(protection.plugins as ApolloServerPlugin<C>[]),
      ...(options.plugins ?? []),
    ],
  };
}
