import { BlockList, isIP } from 'node:net';

/** Special-purpose addresses that no receiver on the Internet has (IANA's registry for IPv4, RFC 6890). */
const SPECIAL = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];
/** Of IPv6 only global unicast is open (RFC 4291), but for what stands for other addresses or nobody. */
const GLOBAL_V6 = '2000::/3';
const SPECIAL_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];
const LOOPBACK = ['127.0.0.0/8', '::1/128'];

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    list.addSubnet(address, Number(prefix), familyOf(address));
  }
  return list;
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
const within = (list: BlockList, address: string): boolean => list.check(address, familyOf(address));

const special = listOf([...SPECIAL, ...SPECIAL_V6]);
const globalV6 = listOf([GLOBAL_V6]);
const loopback = listOf(LOOPBACK);

/**
 * Whether a receiver may be at an address. Who records a webhook must not get the house to ask its own services: private, link-local and other
 * special addresses are open only where the operator names their network, and plain HTTP only on a loopback address so named.
 */
export class Networks {
  readonly #named: BlockList;

  /** @param named private networks that are open all the same, as `10.2.0.0/16` */
  constructor(named: readonly string[] = []) {
    this.#named = listOf(named);
  }

  allows(address: string, { encrypted }: { encrypted: boolean }): boolean {
    if (isIP(address) === 0) return false;
    if (!encrypted) return within(loopback, address) && within(this.#named, address);
    if (within(this.#named, address)) return true;
    return !within(special, address) && (isIP(address) === 4 || within(globalV6, address));
  }
}
