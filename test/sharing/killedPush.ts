import { startEmbedded } from '../../gateway/embedded/start.ts';
import { loadSettings } from '../../platform/settings.ts';
import { Poster } from '../../subgraphs/sharing/push/post.ts';
import { Webhooks } from '../../subgraphs/sharing/push/webhooks.ts';

/**
 * A gateway in a process of its own that is killed while it pushes: `KILLED` says whether before its second message is `sent`, or once the first
 * one was `answered`, or once that was `stored`. Who waits for a message to be received kills it from outside.
 */
const kill = (): void => void process.kill(process.pid, 'SIGKILL');
const post: Poster['post'] = Reflect.get(Poster.prototype, 'post');
const acknowledged: Webhooks['acknowledged'] = Reflect.get(Webhooks.prototype, 'acknowledged');
let posts = 0;

switch (process.env['KILLED']) {
  case 'sent':
    Poster.prototype.post = function (...args) {
      if (++posts === 2) kill();
      return post.apply(this, args);
    };
    break;
  case 'answered':
    Webhooks.prototype.acknowledged = async () => kill();
    break;
  case 'stored':
    Webhooks.prototype.acknowledged = async function (...args) {
      await acknowledged.apply(this, args);
      kill();
    };
}

await startEmbedded(loadSettings());
