import type { Settings } from '../../platform/settings.ts';
import { SUBGRAPH_NAMES, type SubgraphName } from '../../schema/sdl.ts';
import type { GatewayContext } from '../context.ts';
import { creditContext, creditGateway } from '../credit.ts';
import { type Transport, localTransport } from '../federation/transport.ts';
import { type HttpService, httpService } from '../http/serve.ts';
import { Tokens } from '../identity/tokens.ts';
import { embeddedIssuer, oidcIssuer } from '../identity/trusted.ts';
import { type House, openHouse } from './house.ts';

export interface Running {
  house: House;
  service: HttpService<GatewayContext>;
  /** Base URL of the gateway. */
  url: string;
  close(): Promise<void>;
}

/**
 * The embedded shape: one process, subgraphs called in memory, a real PostgreSQL in the data folder.
 * @param prepare runs before the gateway listens, such as filling in demonstration data.
 */
export async function startEmbedded(settings: Settings, prepare: (house: House) => Promise<void> = async () => {}): Promise<Running> {
  const house = await openHouse(settings);
  try {
    await prepare(house);
    const transports = Object.fromEntries(
      SUBGRAPH_NAMES.map((name) => [name, localTransport(house.subgraphs[name])]),
    ) as Record<SubgraphName, Transport>;
    const tokens = new Tokens(oidcIssuer(settings) ?? embeddedIssuer(house.secrets));
    const service = await httpService(
      creditGateway({
        transports,
        journal: house.journal,
        follower: house.follower,
        tokens,
        pseudonym: house.pseudonym,
        clock: house.clock,
        log: house.log,
      }),
      {
        context: creditContext(tokens),
        before: (app) => void app.get('/.well-known/jwks.json', (_request, response) => void response.json(house.secrets.tokenPublicKeys)),
      },
    );
    const url = await service.listen(settings.port, settings.host);
    return {
      house,
      service,
      url,
      async close() {
        await service.close();
        await house.close();
      },
    };
  } catch (error) {
    await house.close();
    throw error;
  }
}
