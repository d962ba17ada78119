import { BlockList, isIP, isIPv6 } from 'node:net';

/** An IPv4 address in the form of a dual-stack socket. */
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * @param allowed addresses or networks, such as `185.183.140.195` or `10.0.0.0/28`; empty: all are allowed
 * @throws TypeError on any other text
 */
export function createAddressCheck(allowed: readonly string[]): (address: string) => boolean {
  if (allowed.length === 0) return () => true;
  const list = new BlockList();
  for (const written of allowed) add(list, written);
  return (address) => {
    const plain = plainOf(address);
    return isIP(plain) !== 0 && list.check(plain, kindOf(plain));
  };
}

function add(list: BlockList, written: string): void {
  const [address = '', prefix] = written.split('/');
  const plain = plainOf(address);
  const longest = isIPv6(plain) ? 128 : 32;
  const length = Number(prefix ?? longest);
  const isLength = /^\d{1,3}$/.test(prefix ?? '0') && length <= longest;
  if (isIP(plain) === 0 || !isLength)
    throw new TypeError(`${written} is neither an address nor a network`);
  list.addSubnet(plain, length, kindOf(plain));
}

function plainOf(address: string): string {
  return MAPPED.exec(address)?.[1] ?? address;
}

function kindOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}
