import type { Settings } from '../../platform/settings.ts';
import { SUBGRAPH_NAMES, type SubgraphName } from '../../schema/sdl.ts';
import type { GatewayContext } from '../context.ts';
import type { ExplorerOptions } from '../explorer/explorer.ts';
import { type Transport, localTransport } from '../federation/transport.ts';
import type { HttpService } from '../http/serve.ts';
import { Tokens } from '../identity/tokens.ts';
import { embeddedIssuer, oidcIssuer } from '../identity/trusted.ts';
import { pulling } from '../pulling.ts';
import { creditService } from '../service.ts';
import { dailyTidying } from '../tidying.ts';
import { type House, openHouse } from './house.ts';

export interface Running {
  house: House;
  service: HttpService<GatewayContext>;
  /** Base URL of the gateway. */
  url: string;
  close(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Runs before the gateway listens, such as filling in demonstration data. */
  prepare?: (house: House) => Promise<void>;
  /** What the explorer's tabs begin with; none, no explorer. */
  explorer?: (house: House) => Promise<ExplorerOptions>;
}

/** The embedded shape: one process, subgraphs called in memory, a real PostgreSQL in the data folder. */
export async function startEmbedded(
  settings: Settings,
  { prepare = async () => {}, explorer }: EmbeddedOptions = {},
): Promise<Running> {
  const house = await openHouse(settings);
  let pulls: Awaited<ReturnType<typeof pulling>> | undefined;
  try {
    await prepare(house);
    const { collection } = house.subgraphs;
    const databaseUrl = house.databases.collection.appUrl;
    pulls = await pulling({ ...house, settings, collection, databaseUrl });
    const transports = Object.fromEntries(
      SUBGRAPH_NAMES.map((name) => [
        name,
        localTransport(house.subgraphs[name], { timeout: settings.subgraphTimeoutMs }),
      ]),
    ) as Record<SubgraphName, Transport>;
    const issuer = oidcIssuer(settings);
    const service = await creditService({
      settings,
      transports,
      journal: house.journal,
      follower: house.follower,
      rights: house.rights,
      evidence: house.evidence,
      packs: house.packs,
      tokens: new Tokens(issuer ?? embeddedIssuer(house.secrets)),
      pseudonym: house.pseudonym,
      clock: house.clock,
      log: house.log,
      ready: Object.fromEntries(SUBGRAPH_NAMES.map((name) => [name, () => house.subgraphs[name].ready()])),
      ...(!issuer && { tokenKeys: house.secrets.tokenPublicKeys }),
      ...(explorer && { explorer: await explorer(house) }),
    });
    const url = await service.listen(settings.port, settings.host);
    const tidying = dailyTidying(Object.values(house.subgraphs), house.log);
    return {
      house,
      service,
      url,
      async close() {
        await service.close();
        await pulls?.close();
        await tidying.close();
        await house.close();
      },
    };
  } catch (error) {
    await pulls?.close();
    await house.close();
    throw error;
  }
}
