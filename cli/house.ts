import { type Ground, type House, openGround, openHouse } from '../gateway/embedded/house.ts';
import { type Settings, loadSettings } from '../platform/settings.ts';

/** Commands say what they have to say themselves: of the log only what is wrong. */
const quiet = (): Settings => ({
  ...loadSettings(),
  logLevel: process.env['LOG_LEVEL'] ? loadSettings().logLevel : 'error',
});

/** Runs a command's work in a house of its own, beside a gateway that may be running on the same data. */
export async function inHouse<T>(work: (house: House) => Promise<T>): Promise<T> {
  const house = await openHouse(quiet());
  try {
    // A command may be the first thing that is ever run.
    if (house.follower.current()?.items.size === 0)
      await (await import('./demoData.ts')).loadOwnCatalogue(house);
    return await work(house);
  } finally {
    await house.close();
  }
}

export async function onGround<T>(work: (ground: Ground) => Promise<T>): Promise<T> {
  const ground = await openGround(quiet());
  try {
    return await work(ground);
  } finally {
    await ground.close();
  }
}
