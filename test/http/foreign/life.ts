import { ask, smallWorld } from '../world.ts';

// A gateway's whole life: made, asked, closed. With `--telemetry` what its maker would have it send is left on.
if (process.argv.includes('--telemetry')) delete process.env['APOLLO_TELEMETRY_DISABLED'];

const world = await smallWorld();
const answer = (await (await ask(world.url, '{ hello }')).json()) as { data: { hello: string } };
if (answer.data.hello !== 'hello world') throw new Error(JSON.stringify(answer));
await world.close();
